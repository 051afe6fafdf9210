#include "services/intake/policy/desk/rosters.h"

#include "tests/unit/intake_desk/desk_samples.h"

#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;

Roster roster(std::vector<DutyShift> shifts) {
    return {china_date(at()), std::move(shifts), "", {}};
}

DutyShift shift(std::chrono::seconds from, std::chrono::seconds to, const char* person = "li") {
    return {DutyRole::kSeat, person, "", "", at(from), at(to)};
}

// Holes and empty days are legal; two seats at a time too.
TEST(Rosters, MayHaveHoles) {
    EXPECT_TRUE(check_roster(roster({})));
    EXPECT_TRUE(check_roster(roster({shift(0s, 1h), shift(2h, 3h), shift(0s, 1h, "wang")})));
}

// What contradicts itself is refused, with the shift and the field.
TEST(Rosters, MayNotContradictThemselves) {
    EXPECT_EQ(refusal(check_roster({"2026-07-14", {}, "", {}})), "DATE_MALFORMED date");
    EXPECT_EQ(refusal(check_roster(roster(std::vector(kShifts_max + 1, shift(0s, 1h))))),
              "TOO_MANY shifts");
    EXPECT_EQ(refusal(check_roster(roster({shift(0s, 0s)}))),
              "SHIFT_MALFORMED shifts[0].to_micros");
    EXPECT_EQ(refusal(check_roster(roster({shift(0s, 49h)}))),
              "SHIFT_MALFORMED shifts[0].to_micros");
    EXPECT_EQ(refusal(check_roster(roster({shift(0s, 1h, "李")}))),
              "SHIFT_MALFORMED shifts[0].person");
    EXPECT_EQ(refusal(check_roster(roster({shift(48h, 49h)}))),
              "SHIFT_OUT_OF_DAY shifts[0].from_micros");
    EXPECT_EQ(refusal(check_roster(roster({shift(0s, 2h), shift(1h, 3h)}))),
              "SHIFT_OVERLAPS shifts[1].person");
    DutyShift nameless = shift(0s, 1h);
    nameless.role = DutyRole::kUnspecified;
    EXPECT_EQ(refusal(check_roster(roster({nameless}))), "SHIFT_MALFORMED shifts[0].role");
}

}  // namespace
}  // namespace liandong::intake
