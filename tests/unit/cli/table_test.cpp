#include "cli/table.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

// Columns line up under Chinese text, and lines end without spaces.
TEST(Table, LinesUp) {
    Table table({"unit", "status", "station"});
    EXPECT_TRUE(table.empty());
    table.add({"fire-1", "在站", "古城"});
    table.add({"a", "on scene", ""});
    EXPECT_EQ(table.text(),
              "unit    status    station\n"
              "fire-1  在站      古城\n"
              "a       on scene\n");
}

// A long cell is cut, so that the others stay in sight.
TEST(Table, CutsLongCells) {
    Table table({"a", "b"});
    table.add({std::string(100, 'x'), std::string(200, 'y')});
    const std::string text = table.text();
    EXPECT_NE(text.find(std::string(39, 'x') + "…  "), std::string::npos);
    EXPECT_NE(text.find(std::string(99, 'y') + "…\n"), std::string::npos);
}

// A row of another length is a bug.
TEST(TableDeathTest, WantsWholeRows) {
    Table table({"a", "b"});
    EXPECT_DEATH(table.add({"only one"}), "size");
}

// Fields without a value are left out and do not widen the column.
TEST(FieldLines, LeaveOutWhatIsEmpty) {
    EXPECT_EQ(field_lines({{"state", "到场"}, {"a long name", ""}, {"id", "x"}}),
              "state  到场\nid     x\n");
}

}  // namespace
}  // namespace liandong::cli
