#include "services/intake/policy/desk/transfers.h"

#include "tests/unit/intake_desk/desk_samples.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;

Offer to_fire(TransferKind kind = TransferKind::kAgency) {
    return {"transfer-1", kind, "xiaofang", "119", "起火", SharingTier::kWorking, {}, {}, {}};
}

struct Case {
    Incident incident = fresh_incident();
    Transfer transfer;
};

Case offered(TransferKind kind = TransferKind::kAgency) {
    Case c;
    auto made = offer(c.incident, to_fire(kind), actor());
    EXPECT_TRUE(made) << made.error().reason;
    c.transfer = made->transfer;
    return c;
}

Actor fire(std::chrono::seconds after = 10s) { return actor(after, "wang", "xiaofang"); }

// The owner is who it was until the other side accepts, and never nobody.
TEST(Transfers, MoveTheOwnerOnAcceptanceAlone) {
    Case c = offered();
    EXPECT_EQ(c.incident.agency, "gongan");
    EXPECT_EQ(c.incident.transfer_id, "transfer-1");
    EXPECT_EQ(c.transfer.answer_by, at(3min));
    ASSERT_TRUE(*deliver(c.transfer, c.incident, fire()));
    EXPECT_EQ(c.incident.agency, "gongan") << "delivery is not acceptance";
    c.incident.claimed_by = "li";
    const auto note = answer(c.transfer, c.incident, true, "一中队", fire());
    ASSERT_TRUE(note && *note);
    EXPECT_EQ(c.incident.agency, "xiaofang");
    EXPECT_EQ(c.incident.claimed_by, "");
    EXPECT_EQ(c.incident.transfer_id, "");
    EXPECT_EQ((*note)->changes.at(0).after, "xiaofang");
    EXPECT_FALSE(*answer(c.transfer, c.incident, true, "", fire())) << "known";
    EXPECT_EQ(refusal(answer(c.transfer, c.incident, false, "不", fire())), "TRANSFER_ANSWERED");
    EXPECT_EQ(refusal(complete(c.transfer, c.incident, "", fire())), "TEXT_REQUIRED outcome");
    ASSERT_TRUE(*complete(c.transfer, c.incident, "扑灭", fire()));
    EXPECT_FALSE(*complete(c.transfer, c.incident, "扑灭", fire()));
    EXPECT_EQ(c.transfer.state, TransferState::kCompleted);
    EXPECT_TRUE(is_set(ended_at(c.transfer)));
}

// Rejected, expired or taken back, the incident stays with who has it; the first two ring.
TEST(Transfers, LeaveTheOwnerWhereTheyFail) {
    Case rejected = offered();
    EXPECT_EQ(refusal(answer(rejected.transfer, rejected.incident, false, "", fire())),
              "REASON_REQUIRED answer");
    ASSERT_TRUE(*answer(rejected.transfer, rejected.incident, false, "不归我管", fire(20s)));
    EXPECT_EQ(rejected.incident.agency, "gongan");
    EXPECT_EQ(rejected.incident.transfer_failed_at, at(20s));
    EXPECT_EQ(refusal(deliver(rejected.transfer, rejected.incident, fire())), "TRANSFER_ENDED");
    EXPECT_EQ(refusal(answer(rejected.transfer, rejected.incident, true, "", fire())),
              "TRANSFER_ENDED");

    Case expired = offered();
    EXPECT_EQ(due_at(expired.transfer), at(3min));
    EXPECT_FALSE(*run_out(expired.transfer, expired.incident, at(2min)));
    ASSERT_TRUE(*run_out(expired.transfer, expired.incident, at(3min)));
    EXPECT_EQ(expired.transfer.state, TransferState::kExpired);
    EXPECT_EQ(expired.incident.agency, "gongan");
    EXPECT_EQ(expired.incident.transfer_failed_at, at(3min));
    EXPECT_FALSE(due_at(expired.transfer)) << "once";
    EXPECT_TRUE(offer(expired.incident, to_fire(), actor(4min))) << "and it may be offered again";
    EXPECT_FALSE(is_set(expired.incident.transfer_failed_at));

    Case withdrawn = offered();
    EXPECT_EQ(refusal(withdraw(withdrawn.transfer, withdrawn.incident, "弄错", fire())),
              "NOT_THE_OFFERER");
    EXPECT_EQ(refusal(withdraw(withdrawn.transfer, withdrawn.incident, "", actor())),
              "REASON_REQUIRED reason");
    ASSERT_TRUE(*withdraw(withdrawn.transfer, withdrawn.incident, "弄错", actor()));
    EXPECT_FALSE(is_set(withdrawn.incident.transfer_failed_at));
    EXPECT_EQ(withdrawn.incident.transfer_id, "");
}

// Only the addressee answers, or somebody who says on whose behalf.
TEST(Transfers, AreAnsweredByTheAddressee) {
    Case c = offered();
    const auto refused = answer(c.transfer, c.incident, true, "", actor());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "NOT_THE_ADDRESSEE");
    EXPECT_EQ(refused.error().find("addressee"), "xiaofang");
    Actor told = actor(15s);
    told.on_behalf_of = "119 值班员";
    EXPECT_TRUE(*answer(c.transfer, c.incident, true, "电话接受", told));
    EXPECT_EQ(refusal(complete(c.transfer, c.incident, "扑灭", actor())), "NOT_THE_ADDRESSEE");
}

// A directive and a referral leave the owner; a directive that nobody signs for stays, and rings.
TEST(Transfers, LeaveTheOwnerOfDirectivesAndReferrals) {
    for (const TransferKind kind : {TransferKind::kDirective, TransferKind::kReferral}) {
        Case c = offered(kind);
        EXPECT_EQ(c.incident.transfer_id, "");
        ASSERT_TRUE(*answer(c.transfer, c.incident, true, "", fire()));
        EXPECT_EQ(c.incident.agency, "gongan");
        ASSERT_TRUE(*complete(c.transfer, c.incident, "双方和解", fire()));
    }
    Case directive = offered(TransferKind::kDirective);
    ASSERT_TRUE(*run_out(directive.transfer, directive.incident, at(30min)));
    EXPECT_EQ(directive.transfer.state, TransferState::kOffered);
    EXPECT_EQ(directive.incident.transfer_failed_at, at(30min));
    EXPECT_FALSE(due_at(directive.transfer));
    ASSERT_TRUE(*answer(directive.transfer, directive.incident, true, "", fire(31min)));
    EXPECT_FALSE(is_set(directive.incident.transfer_failed_at));
}

// What was accepted and is not completed in time rings once more.
TEST(Transfers, RingWhenTheyAreNotCompleted) {
    Case c;
    Offer wanted = to_fire(TransferKind::kDirective);
    wanted.complete_by = at(2h);
    auto made = offer(c.incident, wanted, actor());
    ASSERT_TRUE(made);
    c.transfer = made->transfer;
    ASSERT_TRUE(*run_out(c.transfer, c.incident, at(30min)));
    ASSERT_TRUE(*answer(c.transfer, c.incident, true, "", fire(31min)));
    EXPECT_EQ(due_at(c.transfer), at(2h));
    ASSERT_TRUE(*run_out(c.transfer, c.incident, at(2h)));
    EXPECT_EQ(c.transfer.state, TransferState::kAccepted);
    EXPECT_FALSE(due_at(c.transfer));
}

// What makes no sense is refused, with the field's name, and changes nothing.
TEST(Transfers, RefuseWhatMakesNoSense) {
    const auto refused = [](auto change) {
        Incident incident = fresh_incident();
        Offer wanted = to_fire();
        change(incident, wanted);
        return refusal(offer(incident, wanted, actor()));
    };
    using I = Incident&;
    using O = Offer&;
    EXPECT_EQ(refused([](I, O o) { o.to_agency = "gongan"; }), "TRANSFER_TO_ITSELF to_agency");
    EXPECT_EQ(refused([](I, O o) { o.reason = ""; }), "REASON_REQUIRED reason");
    EXPECT_EQ(refused([](I, O o) { o.kind = TransferKind::kUnspecified; }), "KIND_REQUIRED kind");
    EXPECT_EQ(refused([](I, O o) { o.sharing = SharingTier::kUnspecified; }),
              "SHARING_REQUIRED sharing");
    EXPECT_EQ(refused([](I, O o) { o.answer_by = at(5s); }), "DUE_OUT_OF_RANGE answer_by_micros");
    EXPECT_EQ(refused([](I, O o) { o.answer_by = at(24h * 8); }),
              "DUE_OUT_OF_RANGE answer_by_micros");
    EXPECT_EQ(refused([](I, O o) { o.complete_by = at(1min); }),
              "DUE_OUT_OF_RANGE complete_by_micros");
    EXPECT_EQ(refused([](I i, O) { i.transfer_id = "transfer-0"; }), "TRANSFER_PENDING");
    EXPECT_EQ(refused([](I i, O) { i.state = IncidentState::kClosed; }), "INCIDENT_CLOSED");
    EXPECT_EQ(refused([](I i, O o) {
                  i.transfer_id = "transfer-0";
                  o.kind = TransferKind::kReferral;
              }),
              "")
        << "a referral does not wait for it";
}

// The other side sees what its tier shows, while it is theirs.
TEST(Transfers, ShareByTierAndTime) {
    Case c = offered();
    c.transfer.shared_until = at(1h);
    EXPECT_EQ(visible_tier(c.transfer, "xiaofang", at(30min)), SharingTier::kWorking);
    EXPECT_FALSE(visible_tier(c.transfer, "jiuhu", at(30min)));
    EXPECT_FALSE(visible_tier(c.transfer, "xiaofang", at(1h)));
    c.transfer.state = TransferState::kRejected;
    EXPECT_FALSE(visible_tier(c.transfer, "xiaofang", at(30min)));
}

// I and II take a duty commander, both to raise and to leave them; III and IV a shift supervisor.
TEST(ResponseLevels, AreRaisedByWhoMay) {
    const Role supervisor[] = {Role::kShiftSupervisor}, commander[] = {Role::kDutyCommander},
               dispatcher[] = {Role::kDispatcher};
    Incident incident = fresh_incident();
    const auto set = [&](int level, std::span<const Role> roles) {
        return refusal(set_response(incident, level, roles, "火势蔓延", actor(5s)));
    };
    EXPECT_EQ(set(5, commander), "LEVEL_OUT_OF_RANGE level");
    EXPECT_EQ(set(4, dispatcher), "RESPONSE_LEVEL_BEYOND_ROLE");
    EXPECT_EQ(set(2, supervisor), "RESPONSE_LEVEL_BEYOND_ROLE");
    EXPECT_EQ(set(4, supervisor), "");
    EXPECT_FALSE(is_set(incident.duty_report_since));
    EXPECT_EQ(set(2, commander), "");
    EXPECT_EQ(incident.duty_report_since, at(5s)) << "it must be reported upwards (D25)";
    EXPECT_EQ(set(3, supervisor), "RESPONSE_LEVEL_BEYOND_ROLE") << "II is not theirs to leave";
    EXPECT_EQ(set(0, commander), "");
    EXPECT_EQ(incident.response_level, 0);
    EXPECT_EQ(refusal(set_response(incident, 4, supervisor, "", actor())),
              "REASON_REQUIRED reason");
}

}  // namespace
}  // namespace liandong::intake
