#include "tests/unit/intake/knowing_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>

namespace liandong::intake {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class Alarms : public KnowingFixture {
protected:
    Result<liandong::dispatch::v1::DispatchUnitsResponse> send(const std::string& id,
                                                               bool accept = false) {
        auto request = about<liandong::dispatch::v1::DispatchUnitsRequest>(id);
        request.add_unit_ids("car");
        request.set_accept_unverified_alarm(accept);
        auto response =
            desk_.run(desk_.dispatch().dispatch_units(dispatcher(), std::move(request)));
        desk_.loop().settle();
        return response;
    }
    void import_car() {
        liandong::dispatch::v1::ImportUnitsRequest request;
        *request.mutable_header() = desk_.mutation_header();
        auto& unit = *request.add_units();
        unit.set_id("car");
        unit.set_call_sign("car");
        unit.set_agency("gongan");
        unit.set_kind(liandong::dispatch::v1::UNIT_KIND_POLICE_PATROL);
        unit.set_relation(liandong::dispatch::v1::COMMAND_RELATION_DIRECT);
        unit.set_status(liandong::dispatch::v1::UNIT_STATUS_ON_PATROL);
        unit.mutable_home()->set_latitude(30.93);
        unit.mutable_home()->set_longitude(113.57);
        unit.mutable_home()->set_datum(liandong::common::v1::DATUM_WGS84);
        const auto response = desk_.run(desk_.dispatch().import_units(
            desk_.call("operator", {domain::Role::kOperator}), std::move(request)));
        ASSERT_TRUE(response) << response.error().reason << response.error().message;
        desk_.loop().settle();
    }
    Result<pb::VerifyAlarmResponse> verify(const std::string& id,
                                           const std::string& reason = "看过视频") {
        auto request = about<pb::VerifyAlarmRequest>(id);
        request.set_reason(reason);
        return ask(&IntakeHandlers::verify_alarm, request);
    }
};

// Alarms of one site are one incident with a counter; every report stays and has its own number.
TEST_F(Alarms, OfOneSiteAreCounted) {
    std::string entry;
    std::vector<std::string> numbers;
    for (int i = 0; i < 70; ++i) {
        const auto response = report(alarm("烟感报警"));
        if (entry.empty()) entry = response.incident_id();
        EXPECT_EQ(response.incident_id(), entry);
        numbers.push_back(response.report_number());
    }
    EXPECT_EQ(numbers.back(), fmt::format("{}000070", numbers.front().substr(0, 16)));
    const auto incident = get(entry);
    EXPECT_EQ(incident.report_count(), 70U);
    EXPECT_EQ(incident.report_ids_size(), 64);
    EXPECT_TRUE(incident.alarm_unverified());
    EXPECT_NE(incident.alarm_site(), "");
    EXPECT_EQ(listed({}).size(), 1U);
    std::size_t reports = 0;
    for (const auto& [key, value] : desk_.state().values())
        reports += key.kind == domain::Kind::kReport ? 1U : 0U;
    EXPECT_EQ(reports, 70U);
}

// Another site, another entry; what rings after half an hour is new.
TEST_F(Alarms, SitesAndTimesKeepThemApart) {
    const auto first = report(alarm("烟感报警"));
    auto elsewhere = alarm("烟感报警");
    at(elsewhere, 30.95, 113.58);
    EXPECT_NE(report(elsewhere).incident_id(), first.incident_id());
    desk_.advance(31min);
    const auto later = report(alarm("烟感报警"));
    EXPECT_NE(later.incident_id(), first.incident_id());
    EXPECT_EQ(report(alarm("烟感报警")).incident_id(), later.incident_id());
}

// After the entry was closed the next alarm begins another one, in the same half hour.
TEST_F(Alarms, AClosedEntryTakesNoMore) {
    std::string before = report(alarm("烟感报警")).incident_id();
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(close(before, dispatcher(), "误报"));
        const std::string next = report(alarm("烟感报警")).incident_id();
        EXPECT_NE(next, before);
        before = next;
    }
    EXPECT_EQ(get(before).report_count(), 1U);
}

// However many entries of its site have ended today, and with a mirror that is being filled, so
// that each is looked up in the store: an alarm is taken (D1).
TEST_F(Alarms, OfASiteThatRangAllDayIsTaken) {
    for (int i = 0; i < 9; ++i) {
        ASSERT_TRUE(close(report(alarm("烟感报警")).incident_id(), dispatcher(), "误报"));
        desk_.advance(31min);
    }
    desk_.mirror().invalidate();
    EXPECT_EQ(reason_of(ask(&IntakeHandlers::report_incident, alarm("烟感报警"))), "");
}

// A person's report never joins an alarm, nor an alarm what people have reported (D16).
TEST_F(Alarms, PeopleStandAlone) {
    const auto person = report(call("三楼着火了"));
    const auto machine = report(alarm("烟感报警"));
    const auto other = report(call("三楼着火了"));
    EXPECT_NE(machine.incident_id(), person.incident_id());
    EXPECT_NE(other.incident_id(), machine.incident_id());
    EXPECT_FALSE(get(person.incident_id()).alarm_unverified());

    pb::IncidentFilter queue, rest;
    queue.set_only_unverified_alarms(true);
    rest.set_without_unverified_alarms(true);
    EXPECT_THAT(listed(queue), ElementsAre(machine.incident_id()));
    EXPECT_EQ(listed(rest).size(), 2U);
}

// Nobody is sent before somebody has checked, unless the plan says so.
TEST_F(Alarms, NobodyIsSentBeforeItIsChecked) {
    import_car();
    const std::string id = report(alarm("烟感报警")).incident_id();
    EXPECT_EQ(reason_of(send(id)), "ALARM_UNVERIFIED");
    liandong::dispatch::v1::RecommendUnitsRequest ask_whom;
    ask_whom.set_incident_id(id);
    ask_whom.add_needs()->set_count(1);
    EXPECT_EQ(reason_of(desk_.run(desk_.dispatch().recommend_units(dispatcher(), ask_whom))),
              "ALARM_UNVERIFIED");
    EXPECT_EQ(get(id).state(), pb::INCIDENT_STATE_RECEIVED);

    EXPECT_EQ(reason_of(verify(id, "")), "REASON_REQUIRED");
    const auto verified = verify(id);
    ASSERT_TRUE(verified);
    EXPECT_FALSE(verified->incident().alarm_unverified());
    ASSERT_TRUE(verify(id));  // again: it is so already
    EXPECT_EQ(get(id).note_count(), 1U);
    ASSERT_TRUE(send(id));
    // More of the same site are still counted there, and change nothing of it.
    EXPECT_EQ(report(alarm("烟感报警")).incident_id(), id);
    EXPECT_FALSE(get(id).alarm_unverified());
}

TEST_F(Alarms, ThePlanMaySendAtOnce) {
    import_car();
    const std::string id = report(alarm("烟感报警")).incident_id();
    ASSERT_TRUE(send(id, true));
    EXPECT_TRUE(get(id).alarm_unverified());
}

// What rings after the crew has left is new, not more of what was handled.
TEST_F(Alarms, AHandledEntryTakesNoMore) {
    import_car();
    const std::string id = report(alarm("烟感报警")).incident_id();
    const auto sent = send(id, true);
    ASSERT_TRUE(sent);
    liandong::dispatch::v1::ClearOrderRequest clear;
    *clear.mutable_header() = desk_.mutation_header();
    clear.mutable_fact()->set_order_id(sent->orders(0).id());
    ASSERT_TRUE(desk_.run(desk_.dispatch().clear_order(dispatcher(), clear)));
    desk_.loop().settle();
    EXPECT_NE(report(alarm("烟感报警")).incident_id(), id);
}

// A linked entry takes no more: the reports of a link stay what was linked.
TEST_F(Alarms, ALinkedEntryTakesNoMore) {
    const std::string person = report(call("三楼着火了")).incident_id();
    const std::string id = report(alarm("烟感报警")).incident_id();
    auto link = about<pb::LinkIncidentRequest>(id);
    link.set_to_incident_id(person);
    link.set_reason("同一起");
    ASSERT_TRUE(ask(&IntakeHandlers::link_incident, link));
    EXPECT_NE(report(alarm("烟感报警")).incident_id(), id);
    EXPECT_EQ(get(person).linked_report_count(), 1U);
}

TEST_F(Alarms, OnlyMachinesAreChecked) {
    const std::string id = report(call("三楼着火了")).incident_id();
    EXPECT_EQ(reason_of(verify(id)), "NOT_A_MACHINE_ALARM");
    EXPECT_EQ(reason_of(verify("nobody")), "INCIDENT_UNKNOWN");
    pb::ListIncidentsRequest both;
    both.mutable_filter()->set_only_unverified_alarms(true);
    both.mutable_filter()->set_without_unverified_alarms(true);
    EXPECT_EQ(reason_of(ask(&IntakeHandlers::list_incidents, both)), "FILTER_CONTRADICTS");
}

// A burst from one site: all at once, each counted, none refused, one entry.
TEST_F(Alarms, ABurstIsCountedWhole) {
    constexpr int kBurst = 300;
    int taken = 0;
    for (int i = 0; i < kBurst; ++i) {
        desk_.loop().start([](KnowingFixture* self, IntakeHandlers& intake, CallContext caller,
                              pb::ReportIncidentRequest request, int& count) -> Task<Status> {
            (void)self;
            const auto response = co_await intake.report_incident(caller, std::move(request));
            if (response) ++count;
            co_return Status();
        }(this, desk_.intake(), taker(), alarm("烟感报警"), taken));
    }
    desk_.loop().settle();
    EXPECT_EQ(taken, kBurst);
    const auto ids = listed({});
    ASSERT_EQ(ids.size(), 1U);
    EXPECT_EQ(get(ids[0]).report_count(), static_cast<std::uint32_t>(kBurst));
}

// A camera says which one it is with 20 digits; another id is set aside (D1).
TEST_F(Alarms, CamerasHaveTwentyDigits) {
    auto request = alarm("有人翻墙");
    request.set_channel(pb::CHANNEL_CAMERA);
    request.set_source_id("camera-7");
    EXPECT_THAT(reasons(report(request)), ElementsAre("CAMERA_ID_MALFORMED"));
    auto good = alarm("有人翻墙");
    good.set_channel(pb::CHANNEL_CAMERA);
    good.set_source_id("42098100001320000001");
    EXPECT_THAT(reasons(report(good)), IsEmpty());
}

}  // namespace
}  // namespace liandong::intake
