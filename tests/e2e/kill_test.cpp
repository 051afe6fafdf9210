#include "common/store/codec.h"
#include "tests/e2e/load.h"
#include "tests/e2e/platform.h"
#include "tests/e2e/store_view.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace liandong::test {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;

constexpr int kKills = 10;
constexpr std::uint64_t kAcksBetweenKills = 80;
constexpr std::uint64_t kFailuresBeforeRestart = 10;
constexpr auto kProgress_max = 30s;
constexpr std::string_view kDistrict = "420981";

/// The log of a scope, folded and judged, and how often each request stands in it.
struct Record {
    LogReplay replay;
    std::map<std::string, int> requests;  // request id → events

    explicit Record(const std::vector<store::LogEntry>& log) {
        for (const store::LogEntry& entry : log) {
            replay.apply(entry);
            ++requests[store::decode_event_header(entry.header).value().request_id];
        }
    }

    template <class T> std::map<std::string, T> all() const {
        std::map<std::string, T> entities;
        for (const auto& [key, value] : replay.values()) {
            if (key.kind != domain::kKindOf<T>) continue;
            entities[key.id] = std::get<T>(store::decode(key.kind, value.bytes).value().entity);
        }
        return entities;
    }
};

/// Every acknowledged report is there under the ids and numbers that were given, and nothing else.
void expect_reports(const Record& record, const std::vector<AckedReport>& acked) {
    const auto reports = record.all<domain::Report>();
    const auto incidents = record.all<domain::Incident>();
    std::set<std::string> ids, numbers;
    for (const AckedReport& ack : acked) {
        SCOPED_TRACE(ack.report_id);
        ASSERT_TRUE(reports.contains(ack.report_id)) << "an acknowledged report is lost";
        ASSERT_TRUE(incidents.contains(ack.incident_id)) << "an acknowledged incident is lost";
        const auto& report = reports.at(ack.report_id);
        const auto& incident = incidents.at(ack.incident_id);
        EXPECT_EQ(report.incident_id, ack.incident_id);
        EXPECT_EQ(domain::readable_number(kDistrict, report.serial_date, report.serial),
                  ack.report_number);
        EXPECT_EQ(domain::readable_number(kDistrict, incident.serial_date, incident.serial),
                  ack.incident_number);
        EXPECT_EQ(record.requests.at(ack.request_id), 1);
        EXPECT_TRUE(ids.insert(ack.report_id).second);
        EXPECT_TRUE(numbers.insert(ack.report_number).second);
    }
    EXPECT_EQ(reports.size(), acked.size()) << "a report that nobody made, or one made twice";
    EXPECT_EQ(incidents.size(), acked.size());
    EXPECT_EQ(record.replay.kinds().at("incident_reported"), acked.size());
}

/// Every acknowledged dispatch, and what its crews said, is there exactly once.
void expect_dispatches(const Record& record, const Load& load) {
    const auto orders = record.all<domain::Order>();
    std::set<std::string> given;
    for (const AckedDispatch& ack : load.dispatches()) {
        SCOPED_TRACE(ack.request_id);
        const auto events = record.requests.find(ack.request_id);
        ASSERT_TRUE(events != record.requests.end()) << "an acknowledged dispatch is lost";
        EXPECT_EQ(events->second, 1);
        for (const AckedOrder& order : ack.orders) {
            ASSERT_TRUE(orders.contains(order.order_id)) << "an acknowledged order is lost";
            EXPECT_EQ(orders.at(order.order_id).unit_id, order.unit_id);
            EXPECT_EQ(orders.at(order.order_id).incident_id, ack.incident_id);
            EXPECT_TRUE(given.insert(order.order_id).second) << "an order given twice";
        }
    }
    EXPECT_EQ(orders.size(), given.size()) << "an order that nobody gave";
    EXPECT_EQ(record.replay.kinds().at("units_dispatched"), load.dispatches().size());
    std::map<std::string, std::size_t> said;
    for (const AckedFact& ack : load.facts()) {
        const auto events = record.requests.find(ack.request_id);
        ASSERT_TRUE(events != record.requests.end()) << "an acknowledged fact is lost";
        EXPECT_EQ(events->second, 1);
        ++said[ack.order_id];
    }
    for (const auto& [id, order] : orders) EXPECT_EQ(order.entries.size(), said[id]) << id;
}

/// Readable numbers run from 1 without a gap, each day for itself.
template <class T> void expect_gapless_numbers(const Record& record) {
    std::map<std::string, std::set<std::int64_t>> serials;
    for (const auto& [id, entity] : record.all<T>()) {
        EXPECT_TRUE(serials[entity.serial_date].insert(entity.serial).second) << entity.serial;
    }
    for (const auto& [date, numbers] : serials) {
        EXPECT_EQ(*numbers.begin(), 1) << date;
        EXPECT_EQ(*numbers.rbegin(), static_cast<std::int64_t>(numbers.size())) << date;
    }
}

/// Only what the rules refuse: two crews of one incident both try to close it.
void expect_expected_refusals(const LoadCounts& counts) {
    for (const auto& [refusal, times] : counts.refusals) {
        EXPECT_TRUE(refusal == "CloseIncident ORDERS_STILL_OPEN" ||
                    refusal == "CloseIncident INCIDENT_CLOSED")
            << times << " times " << refusal;
    }
}

void print(const char* what, const Load& load, const Record& record, const Board& board) {
    const LoadCounts& counts = load.counts();
    fmt::print(
        "{}: {} kills; {} acknowledged ({} reports, {} dispatches, {} facts of crews); "
        "{} outcomes unknown, {} resolved, {} given up, {} resends; {} events; "
        "{} streams ended\n",
        what, kKills, load.acks(), load.reports().size(), load.dispatches().size(),
        load.facts().size(), counts.unknown, counts.resolved, counts.unresolved, counts.resends,
        record.replay.events(), counts.streams_ended);
    for (const auto& [reason, times] : counts.failures) {
        fmt::print("  sent again after {}: {}\n", reason, times);
    }
    for (const auto& [refusal, times] : counts.refusals) {
        fmt::print("  refused: {}: {}\n", refusal, times);
    }
    for (const auto& [kind, times] : record.replay.kinds()) {
        fmt::print("  events {}: {}\n", kind, times);
    }
    for (const auto& [reason, times] : board.starts()) {
        fmt::print("  a console's streams started {}: {}\n", reason.empty() ? "resumed" : reason,
                   times);
    }
}

/// All that must hold after any number of deaths.
void expect_nothing_lost(const char* what, Platform& platform, Load& load) {
    const common::v1::Revision last = load.finish();
    const std::vector<Board> boards = load.boards_at(last, 30s);
    StoreView view(platform.redis, {"exercise", std::string(kDistrict)});
    const Record record(view.log());

    EXPECT_TRUE(platform.server.is_running());
    EXPECT_EQ(platform.server.standard_error(), "") << "nothing but the log speaks, no sanitizer";
    EXPECT_EQ(load.counts().unresolved, 0U);
    EXPECT_EQ(load.counts().unknown, load.counts().resolved);
    EXPECT_GT(load.counts().unknown, 0U) << "the kills met nobody";
    expect_expected_refusals(load.counts());
    EXPECT_THAT(record.replay.faults(), IsEmpty());
    EXPECT_THAT(view.differences(record.replay), IsEmpty());
    expect_reports(record, load.reports());
    expect_dispatches(record, load);
    expect_gapless_numbers<domain::Report>(record);
    expect_gapless_numbers<domain::Incident>(record);

    ASSERT_EQ(boards.size(), static_cast<std::size_t>(Load::kConsoles)) << "a console hangs";
    const Board::Entities right = board_of(record.replay, kDistrict);
    for (const Board& board : boards) {
        EXPECT_EQ(board.resume()->seq(), record.replay.events());
        EXPECT_THAT(differences(board.entities(), right), IsEmpty());
    }
    print(what, load, record, boards.front());
}

// Whatever redis-server had acknowledged is on its disk: killed ten times under load it loses
// nothing, and nobody does anything twice.
TEST(Kill, RedisTenTimesUnderLoadLosesNothing) {
    Platform platform;
    Load load(platform.server.target());
    load.start();
    for (int i = 0; i < kKills; ++i) {
        ASSERT_TRUE(load.wait_for_acks(kAcksBetweenKills, kProgress_max)) << "before kill " << i;
        platform.redis.kill();
        ASSERT_TRUE(load.wait_for_failures(kFailuresBeforeRestart, kProgress_max)) << i;
        platform.redis.start();
    }
    ASSERT_TRUE(load.wait_for_acks(kAcksBetweenKills, kProgress_max)) << "after the last kill";
    ASSERT_TRUE(platform.server.is_running());
    expect_nothing_lost("redis-server", platform, load);
}

// The server holds nothing that is not in the store: killed ten times under load it loses nothing.
TEST(Kill, ServerTenTimesUnderLoadLosesNothing) {
    Platform platform;
    Load load(platform.server.target());
    load.start();
    for (int i = 0; i < kKills; ++i) {
        ASSERT_TRUE(load.wait_for_acks(kAcksBetweenKills, kProgress_max)) << "before kill " << i;
        platform.server.kill();
        ASSERT_TRUE(load.wait_for_failures(kFailuresBeforeRestart, kProgress_max)) << i;
        platform.server.start();
    }
    ASSERT_TRUE(load.wait_for_acks(kAcksBetweenKills, kProgress_max)) << "after the last kill";
    expect_nothing_lost("liandong-server", platform, load);
}

}  // namespace
}  // namespace liandong::test
