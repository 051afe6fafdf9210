#include "services/intake/policy/duplicates/lexicon.h"

#include "services/intake/policy/duplicates/text.h"

#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

std::string fault(std::string_view text) {
    const auto lexicon = Lexicon::parse(text);
    if (lexicon) return "";
    return std::string(lexicon.error().find("line")) + " " +
           std::string(lexicon.error().find("rule"));
}

// A fault names its line and the rule it breaks.
TEST(Lexicon, FaultsNameLineAndRule) {
    EXPECT_EQ(fault("# nothing\n\nfamily fire: fire\n"), "");
    EXPECT_EQ(fault("family fire: fire\nfamily fire"), "2 line_form");
    EXPECT_EQ(fault("family: fire"), "1 line_form");
    EXPECT_EQ(fault("family thunder: bang"), "1 name_unknown");
    EXPECT_EQ(fault("say hello: hello"), "1 name_unknown");
    EXPECT_EQ(fault("spirit good: angel"), "1 sort_unknown");
    EXPECT_EQ(fault("\nstop: a,,b"), "2 phrase_empty");
    std::string many;
    for (int i = 0; i < 33; ++i) many += "hazard h" + std::to_string(i) + ": x\n";
    EXPECT_EQ(fault(many), "33 too_many_names");
}

// The built-in one is sound, and a Latin phrase stands for its forms and for whole words only.
TEST(Lexicon, WordsAndForms) {
    const Lexicon lexicon = Lexicon::built_in();
    EXPECT_TRUE(lexicon.is_stop(U"the"));
    EXPECT_TRUE(stands_at(U"two cars crashed", 9, U"crash"));
    EXPECT_TRUE(stands_at(U"crashing", 0, U"crash"));
    EXPECT_FALSE(stands_at(U"firework", 0, U"fire"));
    EXPECT_FALSE(stands_at(U"misfire", 3, U"fire"));
    EXPECT_TRUE(stands_at(U"大着火了", 1, U"着火"));
}

// Numbers are read in both scripts.
TEST(Lexicon, Numerals) {
    EXPECT_EQ(read_numeral(U"二十一栋", 0).value, 21);
    EXPECT_EQ(read_numeral(U"十五楼", 0).value, 15);
    EXPECT_EQ(read_numeral(U"一百零三", 0).value, 103);
    EXPECT_EQ(read_numeral(U"三〇二", 0).value, 302);
    EXPECT_EQ(read_numeral(U"两人", 0).value, 2);
    EXPECT_EQ(read_numeral(U"1234567", 0).length, 0U);
    EXPECT_EQ(read_numeral_before(U"第28", 3).value, 28);
}

}  // namespace
}  // namespace liandong::intake
