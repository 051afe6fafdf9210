#include "services/intake/policy/take_report.h"
#include "tests/unit/intake/intake_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <string>

/// D1: no emergency report is refused for its content.
namespace liandong::intake {
namespace {

using namespace std::chrono_literals;
using Request = pb::ReportIncidentRequest;

const std::string kNotUtf8 = "\xff\xfe";
const std::string kGbk = "\xbb\xf0\xd4\xd6";  // 火灾

std::int64_t micros_from_opening(Duration offset) { return to_micros(test::kDeskOpens + offset); }

struct Fault {
    const char* name;
    void (*damage)(Request&);
    const char* field;
    const char* reason;
};

const Fault kFaults[] = {
    {"no channel", [](Request& r) { r.clear_channel(); }, "channel", "CHANNEL_UNKNOWN"},
    {"unknown channel", [](Request& r) { r.set_channel(static_cast<pb::Channel>(99)); }, "channel",
     "CHANNEL_UNKNOWN"},
    {"negative channel", [](Request& r) { r.set_channel(static_cast<pb::Channel>(-1)); }, "channel",
     "CHANNEL_UNKNOWN"},
    {"malformed source", [](Request& r) { r.set_source_id("camera {7}"); }, "source_id",
     "SOURCE_MALFORMED"},
    {"long source", [](Request& r) { r.set_source_id(std::string(65, '7')); }, "source_id",
     "SOURCE_MALFORMED"},
    {"no words", [](Request& r) { r.clear_words(); }, "words", "TEXT_EMPTY"},
    {"long words", [](Request& r) { r.set_words(std::string(4'001, 'a')); }, "words",
     "TEXT_TOO_LONG"},
    {"GBK unsaid", [](Request& r) { r.set_words(kGbk); }, "words", "CHARSET_UNKNOWN"},
    {"no UTF-8 as said",
     [](Request& r) {
         r.set_words(kNotUtf8);
         r.set_words_charset("utf-8");
     },
     "words", "NOT_UTF8"},
    {"unknown charset",
     [](Request& r) {
         r.set_words(kGbk);
         r.set_words_charset("klingon");
     },
     "words", "NOT_UTF8"},
    {"long type", [](Request& r) { r.set_type_code(std::string(33, '1')); }, "type_code",
     "TEXT_TOO_LONG"},
    {"unreadable type", [](Request& r) { r.set_type_code(kNotUtf8); }, "type_code", "NOT_UTF8"},
    {"unknown scale",
     [](Request& r) { r.set_level_scale(static_cast<liandong::common::v1::LevelScale>(9)); },
     "level_code", "LEVEL_OUT_OF_RANGE"},
    {"level beyond its scale",
     [](Request& r) {
         r.set_level_scale(liandong::common::v1::LEVEL_SCALE_INCIDENT);
         r.set_level_code(5);
     },
     "level_code", "LEVEL_OUT_OF_RANGE"},
    {"level without scale", [](Request& r) { r.set_level_code(1); }, "level_code",
     "LEVEL_OUT_OF_RANGE"},
    {"unreadable authority", [](Request& r) { r.set_level_authority(kNotUtf8); }, "level_authority",
     "NOT_UTF8"},
    {"long authority", [](Request& r) { r.set_level_authority(std::string(65, 'a')); },
     "level_authority", "TEXT_TOO_LONG"},
    {"untagged datum", [](Request& r) { r.mutable_position()->clear_datum(); }, "position.datum",
     "DATUM_UNSPECIFIED"},
    {"unknown datum",
     [](Request& r) {
         r.mutable_position()->set_datum(static_cast<liandong::common::v1::Datum>(77));
     },
     "position.datum", "DATUM_UNSPECIFIED"},
    {"latitude beyond the pole", [](Request& r) { r.mutable_position()->set_latitude(90.1); },
     "position.latitude", "LATITUDE_OUT_OF_RANGE"},
    {"latitude no number", [](Request& r) { r.mutable_position()->set_latitude(std::nan("")); },
     "position.latitude", "LATITUDE_OUT_OF_RANGE"},
    {"longitude beyond the date line",
     [](Request& r) { r.mutable_position()->set_longitude(-180.1); }, "position.longitude",
     "LONGITUDE_OUT_OF_RANGE"},
    {"longitude infinite",
     [](Request& r) {
         r.mutable_position()->set_longitude(std::numeric_limits<double>::infinity());
     },
     "position.longitude", "LONGITUDE_OUT_OF_RANGE"},
    {"no place",
     [](Request& r) {
         r.clear_position();
         r.clear_address();
     },
     "position", "PLACE_MISSING"},
    {"negative accuracy", [](Request& r) { r.set_accuracy_meters(-1); }, "accuracy_meters",
     "ACCURACY_OUT_OF_RANGE"},
    {"accuracy no number", [](Request& r) { r.set_accuracy_meters(std::nan("")); },
     "accuracy_meters", "ACCURACY_OUT_OF_RANGE"},
    {"accuracy too wide", [](Request& r) { r.set_accuracy_meters(100'000.1); }, "accuracy_meters",
     "ACCURACY_OUT_OF_RANGE"},
    {"unreadable address", [](Request& r) { r.set_address(kNotUtf8); }, "address", "NOT_UTF8"},
    {"long address", [](Request& r) { r.set_address(std::string(501, 'a')); }, "address",
     "TEXT_TOO_LONG"},
    {"heading", [](Request& r) { r.set_heading_degrees(360); }, "heading_degrees",
     "HEADING_OUT_OF_RANGE"},
    {"malformed area", [](Request& r) { r.set_area_code("42098a"); }, "area_code",
     "AREA_MALFORMED"},
    {"short area", [](Request& r) { r.set_area_code("42098"); }, "area_code", "AREA_MALFORMED"},
    {"long area", [](Request& r) { r.set_area_code(std::string(16, '4')); }, "area_code",
     "AREA_MALFORMED"},
    {"occurred too long ago",
     [](Request& r) { r.set_occurred_at_micros(micros_from_opening(-7 * 24h - 1us)); },
     "occurred_at_micros", "TIME_OUT_OF_RANGE"},
    {"occurred in the future",
     [](Request& r) { r.set_occurred_at_micros(micros_from_opening(5min + 1us)); },
     "occurred_at_micros", "TIME_OUT_OF_RANGE"},
    {"rang before time began",
     [](Request& r) { r.set_rung_at_micros(std::numeric_limits<std::int64_t>::min()); },
     "rung_at_micros", "TIME_OUT_OF_RANGE"},
    {"answered after time ends",
     [](Request& r) { r.set_answered_at_micros(std::numeric_limits<std::int64_t>::max()); },
     "answered_at_micros", "TIME_OUT_OF_RANGE"},
    {"answered before it rang",
     [](Request& r) {
         r.set_rung_at_micros(micros_from_opening(-1s));
         r.set_answered_at_micros(micros_from_opening(-2s));
     },
     "answered_at_micros", "TIME_IMPOSSIBLE"},
    {"long name", [](Request& r) { r.mutable_reporter()->set_name(std::string(201, 'n')); },
     "reporter.name", "TEXT_TOO_LONG"},
    {"long phone", [](Request& r) { r.mutable_reporter()->set_phone(std::string(33, '1')); },
     "reporter.phone", "TEXT_TOO_LONG"},
    {"unreadable on_behalf_of", [](Request& r) { r.mutable_header()->set_on_behalf_of(kNotUtf8); },
     "header.on_behalf_of", "NOT_UTF8"},
    {"long on_behalf_of",
     [](Request& r) { r.mutable_header()->set_on_behalf_of(std::string(65, 'u')); },
     "header.on_behalf_of", "TEXT_TOO_LONG"},
};

class D1 : public IntakeFixture {
protected:
    pb::Incident listed(const std::string& id) {
        for (const pb::Incident& incident : list().incidents()) {
            if (incident.id() == id) return incident;
        }
        ADD_FAILURE() << id << " is not listed";
        return {};
    }
};

// A report without a fault is taken as it is.
TEST_F(D1, AGoodReportNeedsNoCorrection) {
    const auto response = report();
    EXPECT_EQ(response.corrections_size(), 0);
    const pb::Incident incident = listed(response.incident_id());
    EXPECT_FALSE(incident.needs_correction());
    EXPECT_EQ(incident.state(), pb::INCIDENT_STATE_RECEIVED);
    EXPECT_EQ(incident.summary(), "古城大道 8 号着火");
    EXPECT_DOUBLE_EQ(incident.place().position().latitude(), 30.93);
    EXPECT_EQ(incident.received_at_micros(), to_micros(test::kDeskOpens));
}

// Each fault is accepted, set aside with its field and reason, and only it; the incident is in the
// normal queue and says that it needs correction.
TEST_F(D1, EachFaultIsSetAside) {
    for (const Fault& fault : kFaults) {
        SCOPED_TRACE(fault.name);
        Request request = good_report();
        fault.damage(request);
        const auto response = send(request);
        ASSERT_TRUE(response) << response.error().reason;
        desk_.loop().settle();
        ASSERT_EQ(response->corrections_size(), 1);
        EXPECT_EQ(response->corrections(0).field(), fault.field);
        EXPECT_EQ(response->corrections(0).reason(), fault.reason);
        EXPECT_LE(response->corrections(0).received().size(), 200U);
        EXPECT_TRUE(listed(response->incident_id()).needs_correction());
        const auto found = get(response->incident_id(), dispatcher());
        ASSERT_TRUE(found);
        ASSERT_EQ(found->reports_size(), 1);
        EXPECT_EQ(found->reports(0).corrections_size(), 1);
        EXPECT_TRUE(found->incident().SerializeAsString() ==
                    listed(response->incident_id()).SerializeAsString());
    }
}

// Everything wrong at once, and everything missing at once, is a report all the same.
TEST_F(D1, EverythingAtOnce) {
    Request request = good_report();
    for (const Fault& fault : kFaults) fault.damage(request);
    EXPECT_GT(report(request).corrections_size(), 10);
    Request empty;
    *empty.mutable_header() = desk_.mutation_header();
    EXPECT_EQ(report(empty).corrections_size(), 3);
    EXPECT_EQ(list().incidents_size(), 2);
}

// The largest report there can be fits into what is stored.
TEST_F(D1, TheLargestReportFits) {
    const std::string long_bytes(100'000, '\xff');
    Request request = good_report();
    for (auto* field :
         {request.mutable_source_id(), request.mutable_words(), request.mutable_words_charset(),
          request.mutable_type_code(), request.mutable_level_authority(), request.mutable_address(),
          request.mutable_area_code(), request.mutable_reporter()->mutable_name(),
          request.mutable_reporter()->mutable_phone()}) {
        *field = long_bytes;
    }
    const auto response = report(request);
    const auto found = get(response.incident_id(), dispatcher());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->reports(0).words().size(), domain::kWords_max);
}

// The limits themselves are fine.
TEST_F(D1, TheLimitsAreInside) {
    Request request = good_report();
    request.set_words(std::string(4'000, 'a'));
    request.set_type_code(std::string(32, '1'));
    request.set_address(std::string(500, 'a'));
    request.set_area_code(std::string(15, '4'));
    request.set_accuracy_meters(100'000);
    request.set_occurred_at_micros(micros_from_opening(-7 * 24h));
    request.set_rung_at_micros(micros_from_opening(5min));
    request.set_answered_at_micros(micros_from_opening(5min));
    request.mutable_position()->set_latitude(-90);
    request.mutable_position()->set_longitude(180);
    request.mutable_reporter()->set_name(std::string(200, 'n'));
    request.mutable_reporter()->set_phone(std::string(32, '1'));
    request.mutable_header()->set_on_behalf_of(std::string(64, 'u'));
    EXPECT_EQ(report(request).corrections_size(), 0);
}

// Words in GBK are kept as they came and can be read, whether the charset was said or has to be
// guessed.
TEST_F(D1, GbkWordsAreReadable) {
    for (const char* charset : {"gbk", "gb18030", ""}) {
        SCOPED_TRACE(charset);
        Request request = good_report();
        request.set_words(kGbk);
        request.set_words_charset(charset);
        const auto response = report(request);
        EXPECT_EQ(response.corrections_size(), *charset == '\0' ? 1 : 0);
        const auto found = get(response.incident_id(), dispatcher());
        ASSERT_TRUE(found);
        EXPECT_EQ(found->incident().summary(), "火灾");
        EXPECT_EQ(found->reports(0).words(), kGbk);
    }
}

// Only the header can refuse a report, and then nothing is written.
TEST_F(D1, OnlyTheHeaderRefuses) {
    Request request = good_report();
    request.mutable_header()->set_request_id("1");
    const auto refused = send(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "REQUEST_ID_MALFORMED");
    EXPECT_EQ(refused.error().find("field"), "header.request_id");
    EXPECT_EQ(desk_.state().last_seq(), 0U);
}

}  // namespace
}  // namespace liandong::intake
