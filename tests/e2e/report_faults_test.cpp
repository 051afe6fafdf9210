#include "tests/e2e/desk.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace liandong::test {
namespace {

using intake_pb::ReportIncidentRequest;

/// A report with one fault, and the correction that must say so.
struct Fault {
    std::string name;
    std::function<void(ReportIncidentRequest&)> spoil;
    std::string field;
    std::string reason;
};

std::int64_t now_micros(std::chrono::hours ahead) {
    const auto wall = std::chrono::system_clock::now() + ahead;
    return std::chrono::duration_cast<std::chrono::microseconds>(wall.time_since_epoch()).count();
}

std::vector<Fault> faults_of_who_and_what() {
    return {
        {"no channel", [](auto& r) { r.clear_channel(); }, "channel", "CHANNEL_UNKNOWN"},
        {"channel 99", [](auto& r) { r.set_channel(static_cast<intake_pb::Channel>(99)); },
         "channel", "CHANNEL_UNKNOWN"},
        {"source", [](auto& r) { r.set_source_id("a{b}"); }, "source_id", "SOURCE_MALFORMED"},
        {"on behalf of bytes", [](auto& r) { r.mutable_header()->set_on_behalf_of("\xff"); },
         "header.on_behalf_of", "NOT_UTF8"},
        {"no words", [](auto& r) { r.clear_words(); }, "words", "TEXT_EMPTY"},
        {"too many words", [](auto& r) { r.set_words(std::string(5'000, 'x')); }, "words",
         "TEXT_TOO_LONG"},
        {"GBK without saying so", [](auto& r) { r.set_words("\xb4\xf3\xcb\xae"); }, "words",
         "CHARSET_UNKNOWN"},
        {"not what it says",
         [](auto& r) {
             r.set_words("\xff\xff");
             r.set_words_charset("utf-8");
         },
         "words", "NOT_UTF8"},
        {"long name", [](auto& r) { r.mutable_reporter()->set_name(std::string(201, 'x')); },
         "reporter.name", "TEXT_TOO_LONG"},
        {"long number", [](auto& r) { r.mutable_reporter()->set_phone(std::string(33, '1')); },
         "reporter.phone", "TEXT_TOO_LONG"},
        {"type of bytes", [](auto& r) { r.set_type_code("\xff"); }, "type_code", "NOT_UTF8"},
        {"long type", [](auto& r) { r.set_type_code(std::string(33, 'x')); }, "type_code",
         "TEXT_TOO_LONG"},
        {"level of no scale", [](auto& r) { r.set_level_code(2); }, "level_code",
         "LEVEL_OUT_OF_RANGE"},
        {"level 9 of 4",
         [](auto& r) {
             r.set_level_scale(common_pb::LEVEL_SCALE_POLICE);
             r.set_level_code(9);
         },
         "level_code", "LEVEL_OUT_OF_RANGE"},
        {"authority of bytes", [](auto& r) { r.set_level_authority("\xff"); }, "level_authority",
         "NOT_UTF8"},
    };
}

std::vector<Fault> faults_of_where_and_when() {
    const auto at = [](double latitude, double longitude) {
        return [=](ReportIncidentRequest& r) {
            r.mutable_position()->set_latitude(latitude);
            r.mutable_position()->set_longitude(longitude);
        };
    };
    return {
        {"no place", [](auto& r) { r.clear_position(); }, "position", "PLACE_MISSING"},
        {"no datum", [](auto& r) { r.mutable_position()->clear_datum(); }, "position.datum",
         "DATUM_UNSPECIFIED"},
        {"datum 99",
         [](auto& r) { r.mutable_position()->set_datum(static_cast<common_pb::Datum>(99)); },
         "position.datum", "DATUM_UNSPECIFIED"},
        {"latitude 91", at(91, 113), "position.latitude", "LATITUDE_OUT_OF_RANGE"},
        {"latitude NaN", at(std::nan(""), 113), "position.latitude", "LATITUDE_OUT_OF_RANGE"},
        {"longitude 181", at(30, 181), "position.longitude", "LONGITUDE_OUT_OF_RANGE"},
        {"longitude inf", at(30, std::numeric_limits<double>::infinity()), "position.longitude",
         "LONGITUDE_OUT_OF_RANGE"},
        {"accuracy", [](auto& r) { r.set_accuracy_meters(-1); }, "accuracy_meters",
         "ACCURACY_OUT_OF_RANGE"},
        {"address of bytes", [](auto& r) { r.set_address("\xff"); }, "address", "NOT_UTF8"},
        {"long address", [](auto& r) { r.set_address(std::string(501, 'x')); }, "address",
         "TEXT_TOO_LONG"},
        {"area", [](auto& r) { r.set_area_code("Yingcheng"); }, "area_code", "AREA_MALFORMED"},
        {"last year",
         [](auto& r) { r.set_occurred_at_micros(now_micros(std::chrono::hours{-9'000})); },
         "occurred_at_micros", "TIME_OUT_OF_RANGE"},
        {"tomorrow", [](auto& r) { r.set_rung_at_micros(now_micros(std::chrono::hours{24})); },
         "rung_at_micros", "TIME_OUT_OF_RANGE"},
        {"before all time",
         [](auto& r) { r.set_answered_at_micros(std::numeric_limits<std::int64_t>::min()); },
         "answered_at_micros", "TIME_OUT_OF_RANGE"},
        {"answered before it rang",
         [](auto& r) {
             r.set_rung_at_micros(now_micros(std::chrono::hours{-1}));
             r.set_answered_at_micros(now_micros(std::chrono::hours{-2}));
         },
         "answered_at_micros", "TIME_IMPOSSIBLE"},
    };
}

class ReportFaults : public Desk {
protected:
    /// Everything a console sees when it opens the board.
    std::map<std::string, intake_pb::Incident> board() {
        std::map<std::string, intake_pb::Incident> incidents;
        const auto request = read_of<dispatch_pb::WatchBoardRequest>();
        // One chunk: this board is far below 256 KiB.
        const auto chunk = wire_.ask<dispatch_pb::WatchBoardResponse>(request).value();
        EXPECT_TRUE(chunk.snapshot_complete());
        for (const auto& incident : chunk.incidents()) incidents[incident.id()] = incident;
        return incidents;
    }

    void expect_taken(const std::vector<Fault>& faults) {
        const std::size_t before = board().size();
        std::map<std::string, std::string> taken;  // incident → name of the fault
        for (const Fault& fault : faults) {
            SCOPED_TRACE(fault.name);
            auto request = report("水漫进一楼了");
            fault.spoil(request);
            const auto answer = wire_.ask<intake_pb::ReportIncidentResponse>(request);
            ASSERT_TRUE(answer) << answer.error().reason;
            ASSERT_EQ(answer->corrections_size(), 1);
            EXPECT_EQ(answer->corrections(0).field(), fault.field);
            EXPECT_EQ(answer->corrections(0).reason(), fault.reason);
            taken[answer->incident_id()] = fault.name;
        }
        EXPECT_EQ(taken.size(), faults.size());
        EXPECT_TRUE(eventually([&] { return board().size() == taken.size() + before; },
                               std::chrono::seconds{10}));
        const auto incidents = board();
        for (const auto& [id, name] : taken) {
            SCOPED_TRACE(name);
            ASSERT_TRUE(incidents.contains(id));
            EXPECT_TRUE(incidents.at(id).needs_correction());
            EXPECT_EQ(incidents.at(id).state(), intake_pb::INCIDENT_STATE_RECEIVED);
        }
    }
};

// D1: no emergency report is refused for its content; it stands in the normal queue, marked.
TEST_F(ReportFaults, OfWhoAndWhatAreTakenAndMarked) { expect_taken(faults_of_who_and_what()); }

TEST_F(ReportFaults, OfWhereAndWhenAreTakenAndMarked) { expect_taken(faults_of_where_and_when()); }

TEST_F(ReportFaults, AllAtOnceAreTakenToo) {
    auto request = report("");
    for (const auto& faults : {faults_of_who_and_what(), faults_of_where_and_when()}) {
        for (const Fault& fault : faults) fault.spoil(request);
    }
    const auto answer = wire_.ask<intake_pb::ReportIncidentResponse>(request);
    ASSERT_TRUE(answer) << answer.error().reason;
    EXPECT_GE(answer->corrections_size(), 10);
    EXPECT_FALSE(answer->incident_number().empty());
}

// What a newer client says in a field that we do not know is lost, the report is not.
TEST_F(ReportFaults, FieldsFromTheFutureAreTaken) {
    const auto& method = Wire::method_of(report(""));
    const std::string future("\xba\x3e\x01x", 4);  // field 999, length-delimited
    const Answer answer = wire_.call(method, report("水").SerializeAsString() + future);
    EXPECT_FALSE(answer.error);
}

// A faultless report carries no mark: the cases above prove something.
TEST_F(ReportFaults, AFaultlessReportIsNotMarked) {
    const auto answer = wire_.ask<intake_pb::ReportIncidentResponse>(report("水漫进一楼了"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->corrections_size(), 0);
    const auto incident =
        wire_.ask<intake_pb::GetIncidentResponse>(get_incident(answer->incident_id()));
    ASSERT_TRUE(incident);
    EXPECT_FALSE(incident->incident().needs_correction());
}

}  // namespace
}  // namespace liandong::test
