#include "simulator/matrix/outcome.h"
#include "simulator/matrix/read_model.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace liandong::simulator::matrix {
namespace {

std::string path_of(const std::string& file) {
    return std::string(LIANDONG_MATRIX_EXAMPLE) + "/" + file;
}

Model example() {
    auto model = load_model({.zones = path_of("zones.csv"),
                             .bases = path_of("bases.csv"),
                             .fleet = path_of("fleet.csv"),
                             .calls = path_of("calls.csv"),
                             .travel = path_of("travel.csv")});
    EXPECT_TRUE(model.has_value()) << model.error().message;
    return model ? *std::move(model) : Model{};
}

std::string outcome_of(const Model& model, const Policy& policy, RunRules rules = {}) {
    std::ostringstream out;
    write_outcomes(model, run(model, policy, rules), out);
    return out.str();
}

std::string text_of(const std::string& file) {
    std::ifstream in(path_of(file));
    EXPECT_TRUE(in) << file;
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(MatrixExample, ReturningUnitsGiveTheOutcomeWorkedOutInTheDocument) {
    // The example of docs/travel-matrix.md, byte for byte as it was worked out by hand.
    EXPECT_EQ(outcome_of(example(), nearest_or_returning()), text_of("outcome_returning.csv"));
}

TEST(MatrixExample, UnitsAtTheirBasesGiveTheOutcomeWorkedOutInTheDocument) {
    // The other table of the same document.
    EXPECT_EQ(outcome_of(example(), nearest_at_base()), text_of("outcome_at_base.csv"));
}

TEST(MatrixExample, WithoutAQueueCallThreeIsLostAndTheOthersStand) {
    // Nobody is free for call 3; the unit that took it is back before anyone else asks for it.
    const Model model = example();
    const auto queued = run(model, nearest_or_returning());
    const auto lost = run(model, nearest_or_returning(), {.queue = false});
    for (std::size_t i = 0; i < model.calls.size(); ++i) {
        EXPECT_EQ(lost[i].lost(), i == 2) << i;
        if (i == 2) continue;
        EXPECT_EQ(lost[i].unit, queued[i].unit) << i;
        EXPECT_EQ(lost[i].arrived, queued[i].arrived) << i;
    }
}

}  // namespace
}  // namespace liandong::simulator::matrix
