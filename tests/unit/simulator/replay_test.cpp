#include "simulator/agents/replay.h"

#include "simulator/generate/random_incidents.h"
#include "simulator/report/verdict.h"
#include "tests/support/virtual_loop.h"
#include "tests/unit/simulator/fake_platform.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace liandong::simulator {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;

domain::Unit unit(std::string id, domain::UnitKind kind) {
    domain::Unit unit;
    unit.id = std::move(id);
    unit.agency = "exercise";
    unit.kind = kind;
    unit.status = domain::UnitStatus::kInStation;
    return unit;
}

ScenarioReport report(std::string id, Duration at, std::vector<Need> needs) {
    ScenarioReport report;
    report.id = std::move(id);
    report.at = at;
    report.needs = std::move(needs);
    report.travel = minutes{2};
    report.scene = minutes{5};
    return report;
}

const Need kAnyAmbulance{"", {domain::UnitKind::kAmbulance}, 1};

/// A scenario against the fake platform in virtual time.
struct Rehearsal {
    test::VirtualLoop loop;
    FakePlatform platform{loop.executor()};
    SeededRandom random{1};
    SeededRandom id_random{2};
    Record record;
    Scenario scenario;
    ReplayOptions options{.speed = 60};

    Rehearsal() { scenario.units = {unit("a1", domain::UnitKind::kAmbulance)}; }

    Status run() {
        Replay replay(platform, loop.timers(), random, id_random, record, loop.executor(), scenario,
                      {"exercise", "420981"}, options);
        return loop.run(replay.run());
    }
    std::uint64_t count(Counter counter) const { return record.counter(counter); }
};

// A report leads to an order that is delivered, carried out and cleared, and its incident is
// closed.
TEST(Replay, OneIncidentFromReportToClosure) {
    Rehearsal rehearsal;
    rehearsal.scenario.reports = {report("r1", seconds{60}, {kAnyAmbulance})};
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_THAT(failures_of(rehearsal.record), IsEmpty());
    EXPECT_EQ(rehearsal.count(Counter::kReportsAcknowledged), 1U);
    EXPECT_EQ(rehearsal.count(Counter::kOrdersDelivered), 1U);
    EXPECT_EQ(rehearsal.count(Counter::kOrdersCleared), 1U);
    EXPECT_EQ(rehearsal.count(Counter::kFactsSent), 5U);
    EXPECT_EQ(rehearsal.count(Counter::kIncidentsClosed), 1U);
    EXPECT_EQ(rehearsal.count(Counter::kVerifiedReports), 1U);
    EXPECT_EQ(rehearsal.count(Counter::kVerifiedOrders), 1U);
    EXPECT_EQ(rehearsal.record.stage(Stage::kSeenOnConsole).count(), 1U);
}

// A second incident waits for the only unit and gets it when it is freed; danger of life goes
// first.
TEST(Replay, FreedUnitsGoToWhoeverWaitsMostUrgently) {
    Rehearsal rehearsal;
    rehearsal.scenario.reports = {report("r1", seconds{0}, {kAnyAmbulance}),
                                  report("r2", seconds{10}, {kAnyAmbulance}),
                                  report("r3", seconds{20}, {kAnyAmbulance})};
    rehearsal.scenario.reports[2].life_threatening = true;
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_THAT(failures_of(rehearsal.record), IsEmpty());
    EXPECT_EQ(rehearsal.count(Counter::kOrdersCleared), 3U);
    EXPECT_EQ(rehearsal.count(Counter::kNeedsUnfilled), 0U);
    EXPECT_EQ(rehearsal.platform.orders.at("order-1").incident_id(), "incident-2");
}

// What nobody has is not waited for: the incident is closed and the need counted.
TEST(Replay, NeedsThatNobodyCanMeetAreCounted) {
    Rehearsal rehearsal;
    rehearsal.scenario.reports = {
        report("r1", seconds{0}, {{"", {domain::UnitKind::kMilitia}, 2}})};
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_THAT(failures_of(rehearsal.record), IsEmpty());
    EXPECT_EQ(rehearsal.count(Counter::kNeedsUnfilled), 2U);
    EXPECT_EQ(rehearsal.count(Counter::kIncidentsClosed), 1U);
}

// A repeat of an earlier report is closed as such and draws no unit.
TEST(Replay, RepeatsAreClosedWithoutUnits) {
    Rehearsal rehearsal;
    rehearsal.scenario.reports = {report("r1", seconds{0}, {kAnyAmbulance}),
                                  report("r2", seconds{5}, {kAnyAmbulance})};
    rehearsal.scenario.reports[1].duplicate_of = "r1";
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_EQ(rehearsal.count(Counter::kOrdersAcknowledged), 1U);
    EXPECT_EQ(rehearsal.platform.closed.at("incident-1"), intake::v1::DISPOSITION_DUPLICATE);
}

// An unknown outcome is resent with the same request id until it is resolved: nothing is created
// twice, nothing lost.
TEST(Replay, UnknownOutcomesAreResentWithTheSameId) {
    Rehearsal rehearsal;
    rehearsal.scenario.reports = {report("r1", seconds{0}, {kAnyAmbulance})};
    for (const char* rpc : {"ReportIncident", "RecommendUnits", "DispatchUnits", "ConfirmDelivery",
                            "ClearOrder", "CloseIncident", "ImportUnits"}) {
        rehearsal.platform.troubles[rpc] = {Trouble::kRefusedBefore, Trouble::kLostAfter};
    }
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_THAT(failures_of(rehearsal.record), IsEmpty());
    EXPECT_EQ(rehearsal.platform.incidents.size(), 1U);
    EXPECT_EQ(rehearsal.platform.orders.size(), 1U);
    EXPECT_EQ(rehearsal.count(Counter::kResends), 14U);
    for (const char* rpc : {"ReportIncident", "DispatchUnits", "ClearOrder"}) {
        const auto& ids = rehearsal.platform.request_ids.at(rpc);
        ASSERT_EQ(ids.size(), 3U) << rpc;
        EXPECT_TRUE(ids[0] == ids[1] && ids[1] == ids[2]) << rpc;
    }
}

// Resending ends: what is still unknown after its time is counted and fails the replay.
TEST(Replay, AnOutcomeThatStaysUnknownIsCounted) {
    Rehearsal rehearsal;
    rehearsal.scenario.reports = {report("r1", seconds{0}, {kAnyAmbulance})};
    rehearsal.platform.troubles["ReportIncident"] =
        std::deque<Trouble>(1'000, Trouble::kRefusedBefore);
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_EQ(rehearsal.count(Counter::kOutcomesUnknown), 1U);
    EXPECT_FALSE(failures_of(rehearsal.record).empty());
    EXPECT_LT(rehearsal.platform.request_ids.at("ReportIncident").size(), 100U);
}

// A refusal is not resent; it is counted under the call and its reason.
TEST(Replay, RefusalsAreCountedByReason) {
    Rehearsal rehearsal;
    rehearsal.scenario.reports = {report("r1", seconds{0}, {kAnyAmbulance})};
    rehearsal.platform.troubles["DispatchUnits"] = {Trouble::kForbidden};
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_EQ(rehearsal.record.refusals().at("DispatchUnits PERMISSION_DENIED/PERMISSION_MISSING"),
              1U);
    EXPECT_EQ(rehearsal.platform.request_ids.at("DispatchUnits").size(), 1U);
}

// Without units loaded there is no replay: the refusal is the result.
TEST(Replay, ARefusedImportIsTheResult) {
    Rehearsal rehearsal;
    rehearsal.platform.troubles["ImportUnits"] = {Trouble::kForbidden};
    EXPECT_EQ(rehearsal.run().error().reason, "PERMISSION_MISSING");
}

// Streams that are cut again and again are resumed behind the last message: every order is carried
// out once.
TEST(Replay, CutStreamsResume) {
    Rehearsal rehearsal;
    for (int i = 0; i < 20; ++i) {
        rehearsal.scenario.reports.push_back(
            report(fmt::format("r{}", i), minutes{i}, {kAnyAmbulance}));
    }
    std::function<void()> cut = [&] {
        rehearsal.platform.cut_streams();
        rehearsal.loop.timers().at(rehearsal.loop.timers().now() + seconds{2}, cut);
    };
    rehearsal.loop.timers().at(MonotonicTime{seconds{1}}, cut);
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_THAT(failures_of(rehearsal.record), IsEmpty());
    EXPECT_GT(rehearsal.count(Counter::kStreamsResumed), 10U);
    EXPECT_EQ(rehearsal.count(Counter::kOrdersDelivered), 20U);
    EXPECT_EQ(rehearsal.count(Counter::kMessagesRepeated), 0U);
}

// Recorded units go at their recorded times; one that is not free is counted, listed and not waited
// for.
TEST(Replay, RecordedUnitsThatAreTakenAreListed) {
    Rehearsal rehearsal;
    rehearsal.options.assign = Assign::kRecorded;
    rehearsal.scenario.units.push_back(unit("a2", domain::UnitKind::kAmbulance));
    rehearsal.scenario.reports = {report("r1", seconds{0}, {kAnyAmbulance}),
                                  report("r2", seconds{10}, {kAnyAmbulance})};
    rehearsal.scenario.reports[0].recorded = {
        {"a1", seconds{60}, seconds{90}, seconds{200}, seconds{900}}};
    rehearsal.scenario.reports[1].recorded = {
        {"a1", seconds{300}, seconds{330}, seconds{400}, seconds{500}},
        {"a2", seconds{300}, std::nullopt, std::nullopt, seconds{600}}};
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_THAT(failures_of(rehearsal.record), IsEmpty());
    EXPECT_THAT(rehearsal.record.lost_units(),
                testing::ElementsAre("a1 for r2: UNIT_TAKEN, as recorded, held by r1"));
    EXPECT_EQ(rehearsal.count(Counter::kOrdersCleared), 2U);
}

// Regression: units that were all lost after the incident had been handled do not keep it open.
TEST(Replay, AVainDispatchDoesNotKeepAHandledIncidentOpen) {
    Rehearsal rehearsal;
    rehearsal.options.assign = Assign::kRecorded;
    rehearsal.scenario.units.push_back(unit("a2", domain::UnitKind::kAmbulance));
    rehearsal.scenario.reports = {report("r1", seconds{0}, {kAnyAmbulance}),
                                  report("r2", seconds{10}, {kAnyAmbulance})};
    rehearsal.scenario.reports[0].recorded = {
        {"a1", seconds{60}, seconds{90}, seconds{200}, seconds{2'000}}};
    rehearsal.scenario.reports[1].recorded = {
        {"a2", seconds{60}, seconds{90}, seconds{120}, seconds{300}},
        {"a1", seconds{900}, seconds{930}, seconds{990}, seconds{1'000}}};
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_THAT(failures_of(rehearsal.record), IsEmpty());
    EXPECT_EQ(rehearsal.count(Counter::kIncidentsClosed), 2U);
}

// Beyond the cap reports are dropped and counted, and the replay fails.
TEST(Replay, ReportsBeyondTheCapAreDroppedAndCounted) {
    Rehearsal rehearsal;
    rehearsal.options.in_flight_max = 1;
    rehearsal.scenario.reports = {report("r1", seconds{0}, {}), report("r2", seconds{1}, {})};
    rehearsal.platform.troubles["ReportIncident"] = {Trouble::kRefusedBefore,
                                                     Trouble::kRefusedBefore};
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_EQ(rehearsal.count(Counter::kReportsDropped), 1U);
    EXPECT_FALSE(failures_of(rehearsal.record).empty());
}

// A bulletin is approved by another person than its author, and published.
TEST(Replay, BulletinsNeedTwoPeople) {
    Rehearsal rehearsal;
    ScenarioBulletin bulletin;
    bulletin.at = seconds{30};
    rehearsal.scenario.bulletins = {bulletin};
    ASSERT_TRUE(rehearsal.run().has_value());
    EXPECT_EQ(rehearsal.count(Counter::kBulletinsPublished), 1U);
    const auto& sent = rehearsal.platform.bulletins.at("bulletin");
    EXPECT_FALSE(sent.approver().empty());
    EXPECT_NE(sent.author(), sent.approver());
}

// Hundreds of incidents that compete for the same units are all closed, whatever the seed.
TEST(Replay, ManyIncidentsCompete) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        Rehearsal rehearsal;
        rehearsal.scenario = random_incidents(seed, 300);
        ASSERT_TRUE(rehearsal.run().has_value());
        EXPECT_THAT(failures_of(rehearsal.record), IsEmpty()) << seed;
        EXPECT_EQ(rehearsal.count(Counter::kIncidentsClosed), 300U) << seed;
        EXPECT_EQ(rehearsal.count(Counter::kNeedsUnfilled), 0U) << seed;
    }
}

}  // namespace
}  // namespace liandong::simulator
