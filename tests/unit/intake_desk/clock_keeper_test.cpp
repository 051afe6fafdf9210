#include "services/intake/service/clock_keeper.h"

#include "tests/unit/intake_desk/desk_rpc_fixture.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using namespace std::chrono_literals;

/// Clocks ring, in virtual time.
class Keeper : public DeskRpc {
protected:
    Keeper() { desk_.start_clocks(); }

    std::string urgent() {
        auto request = good_report();
        request.set_life_threatening(true);
        return report(request).incident_id();
    }
    /// "KIND×steps ROLE" of the alarms that stand of the only incident.
    std::string standing() {
        std::string text;
        const pb::ListAlarmsResponse all = alarms();
        for (const auto& group : all.groups()) {
            for (const auto& alarm : group.alarms()) {
                text += fmt::format("{}x{}@{} ", static_cast<int>(alarm.kind()), alarm.steps(),
                                    static_cast<int>(alarm.rung_for()));
            }
        }
        return text;
    }
};

// An incident that nobody takes up rings by itself, climbs, and is quiet once somebody acts.
TEST_F(Keeper, RingsWhatNobodyTakesUp) {
    const std::string id = urgent();
    desk_.advance(29s);
    EXPECT_EQ(standing(), "");
    desk_.advance(2s);
    EXPECT_EQ(standing(), "1x1@1 ");  // NOT_TAKEN_UP, once, for the seat
    desk_.advance(30s);
    EXPECT_EQ(standing(), "1x2@2 3x1@2 ");  // and NOT_DISPATCHED, both for the shift supervisor
    pb::ClaimIncidentRequest claim;
    *claim.mutable_header() = desk_.mutation_header();
    claim.set_incident_id(id);
    ASSERT_TRUE(desk_.run(desk_.intake().claim_incident(taker(), claim)));
    desk_.loop().settle();
    EXPECT_EQ(standing(), "3x1@2 ");
    auto take = about<pb::TakeAlarmRequest>(id);
    take.set_kind(pb::CLOCK_KIND_NOT_DISPATCHED);
    ASSERT_TRUE(ask(&DeskHandlers::take_alarm, take, supervisor()));
    EXPECT_EQ(standing(), "");
    const std::uint32_t notes = incident(id).note_count();
    desk_.advance(2h);
    EXPECT_EQ(incident(id).note_count(), notes) << "owned: it rings no more";
}

// Each step is recorded once, also when the store fails and when another process rings as well.
TEST_F(Keeper, RingsEachStepOnce) {
    ClockKeeper other(desk_.desk_service(), 99);
    spawn_forever(desk_.loop().executor(), other.run(), "other_keeper");
    const std::string id = urgent();
    desk_.advance(10min);
    const pb::Incident found = incident(id);
    std::uint32_t steps = 0;
    for (const auto& alarm : found.alarms()) steps += alarm.steps();
    EXPECT_EQ(found.note_count(), steps);
    EXPECT_EQ(desk_.clocks().rung() + other.rung(), steps);
}

// The alarm names who is on duty by the roster, and nobody where it has a hole.
TEST_F(Keeper, NamesWhoIsOnDuty) {
    auto put = mutation<pb::PutRosterRequest>();
    const Timestamp now = desk_.clock().now();
    put.set_date(china_date(now));
    auto& shift = *put.add_shifts();
    shift.set_role(pb::DUTY_ROLE_SHIFT_SUPERVISOR);
    shift.set_person("zhang");
    shift.set_from_micros(to_micros(now));
    shift.set_to_micros(to_micros(now + 8h));
    const auto response = ask(&DeskHandlers::put_roster, put, supervisor());
    ASSERT_TRUE(response) << response.error().message;
    urgent();
    desk_.advance(62s);
    const auto all = alarms();
    ASSERT_EQ(all.groups_size(), 1);
    EXPECT_EQ(all.groups(0).alarms(0).person(), "zhang");
    pb::GetRosterRequest ask_now;
    const auto roster = ask(&DeskHandlers::get_roster, ask_now, inspector());
    ASSERT_TRUE(roster);
    EXPECT_EQ(roster->on_duty_size(), 1);
    EXPECT_EQ(roster->holes_size(), 4);
    desk_.advance(8h);
    const auto later = ask(&DeskHandlers::get_roster, ask_now, inspector());
    EXPECT_EQ(later->on_duty_size(), 0);
}

// Suspended clocks are quiet until the suspension ends; lifted, they ring at once.
TEST_F(Keeper, IsQuietInASurge) {
    auto suspend = mutation<pb::SuspendClocksRequest>();
    suspend.set_kind(pb::CLOCK_KIND_NOT_TAKEN_UP);
    suspend.set_urgency_max(2);
    suspend.set_until_micros(to_micros(desk_.clock().now() + 1h));
    suspend.set_reason("洪水");
    ASSERT_TRUE(ask(&DeskHandlers::suspend_clocks, suspend, commander()));
    report();
    desk_.advance(5min);
    EXPECT_EQ(standing(), "");
    EXPECT_EQ(alarms().suspensions_size(), 1);
    auto resume = mutation<pb::ResumeClocksRequest>();
    resume.set_kind(pb::CLOCK_KIND_NOT_TAKEN_UP);
    ASSERT_TRUE(ask(&DeskHandlers::resume_clocks, resume, commander()));
    desk_.advance(2s);
    EXPECT_EQ(standing(), "1x1@1 ");
}

// An offer that nobody answers expires by itself, and who has the incident hears of it.
TEST_F(Keeper, LetsOffersExpire) {
    const std::string id = report().incident_id();
    auto offer = about<pb::OfferTransferRequest>(id);
    offer.set_kind(pb::TRANSFER_KIND_AGENCY);
    offer.set_to_agency("xiaofang");
    offer.set_reason("起火");
    offer.set_sharing(pb::SHARING_TIER_WORKING);
    const auto offered = ask(&DeskHandlers::offer_transfer, offer, taker());
    ASSERT_TRUE(offered) << offered.error().reason;
    desk_.advance(181s);
    pb::ListTransfersRequest list;
    list.set_include_ended(true);
    const auto transfers = ask(&DeskHandlers::list_transfers, list, inspector());
    ASSERT_EQ(transfers->transfers_size(), 1);
    EXPECT_EQ(transfers->transfers(0).transfer().state(), pb::TRANSFER_STATE_EXPIRED);
    EXPECT_EQ(incident(id).agency(), "gongan");
    EXPECT_EQ(incident(id).transfer_id(), "");
    EXPECT_NE(standing().find("7x1"), std::string::npos) << standing();
}

}  // namespace
}  // namespace liandong::intake
