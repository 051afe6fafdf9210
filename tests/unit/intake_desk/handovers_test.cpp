#include "services/intake/policy/desk/handovers.h"

#include "tests/unit/intake_desk/desk_samples.h"

#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;

Handover given(Worklist work = {{"incident-1"}, {}, {}, 2}) {
    auto handover = give({"handover-1", "110-3", {"十分钟内回电"}, ""}, std::move(work), actor());
    EXPECT_TRUE(handover);
    return handover.value_or(Handover{});
}

// Until it is taken both own it: the claim changes with the second signature, not before.
TEST(Handovers, PassOnWhatIsClaimedWhenTheyAreTaken) {
    Handover handover = given();
    Incident incident = fresh_incident();
    incident.claimed_by = "li";
    ASSERT_TRUE(take(handover, actor(1min, "wang")));
    const auto note = pass_on(handover, incident, actor(1min, "wang"));
    ASSERT_TRUE(note && *note);
    EXPECT_EQ(incident.claimed_by, "wang");
    EXPECT_EQ((*note)->kind, NoteKind::kHandedOver);
    EXPECT_EQ(handover.taken_by, "wang");
    EXPECT_EQ(ended_at(handover), at(1min));
}

// What was closed, or taken over by somebody else meanwhile, is not passed on.
TEST(Handovers, LeaveWhatIsNotTheirsAnyMore) {
    const Handover handover = given();
    Incident other = fresh_incident();
    other.claimed_by = "zhao";
    EXPECT_FALSE(*pass_on(handover, other, actor(1min, "wang")));
    Incident closed = fresh_incident();
    closed.claimed_by = "li";
    closed.state = IncidentState::kClosed;
    EXPECT_FALSE(*pass_on(handover, closed, actor(1min, "wang")));
    EXPECT_EQ(closed.claimed_by, "li");
}

// It is signed by two persons, once.
TEST(Handovers, AreSignedByTwo) {
    Handover handover = given();
    EXPECT_EQ(refusal(take(handover, actor())), "HANDOVER_TO_ONESELF handover_id");
    EXPECT_EQ(refusal(withdraw(handover, actor(0s, "wang"))), "NOT_YOUR_HANDOVER");
    ASSERT_TRUE(take(handover, actor(1min, "wang")));
    const auto again = take(handover, actor(2min, "zhao"));
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().reason, "HANDOVER_ENDED");
    EXPECT_EQ(again.error().find("taken_by"), "wang");
    EXPECT_EQ(refusal(withdraw(handover, actor())), "HANDOVER_ENDED");
    Handover kept = given();
    EXPECT_TRUE(withdraw(kept, actor(1min)));
    EXPECT_EQ(refusal(take(kept, actor(2min, "wang"))), "HANDOVER_ENDED");
}

// One commit carries it: what is more than fits is refused with the limit.
TEST(Handovers, HaveALimit) {
    Worklist work;
    work.incident_ids.resize(kHandoverIncidents_max);
    EXPECT_TRUE(give({"h", "110-3", {}, ""}, work, actor()));
    work.incident_ids.emplace_back();
    const auto refused = give({"h", "110-3", {}, ""}, work, actor());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "TOO_MUCH_TO_HAND_OVER");
    EXPECT_EQ(refused.error().find("what"), "incidents");
    EXPECT_EQ(refused.error().find("limit"), "200");
}

}  // namespace
}  // namespace liandong::intake
