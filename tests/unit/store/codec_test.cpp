#include "common/store/codec.h"

#include "common/store/limits.h"
#include "liandong/storage/v1/storage.pb.h"
#include "tests/unit/store/desk_samples.h"
#include "tests/unit/store/samples.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace liandong::store {
namespace {

using namespace domain;

std::string hex(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text += fmt::format("{:02x}", static_cast<unsigned char>(bytes[i]));
        if (i % 32 == 31 || i + 1 == bytes.size()) text += '\n';
    }
    return text;
}

/// The bytes of golden/<name>.hex.
std::string golden(const std::string& name) {
    std::ifstream file(fmt::format("{}/{}.hex", LIANDONG_GOLDEN, name));
    std::string bytes, line;
    while (std::getline(file, line)) {
        for (std::size_t i = 0; i + 1 < line.size(); i += 2) {
            bytes += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
        }
    }
    return bytes;
}

// Whatever is stored comes back as it was, and equal values give equal bytes.
TEST(Codec, EveryEntityComesBack) {
    for (const Entity& entity : entities_to_encode()) {
        SCOPED_TRACE(name_of(entity));
        const std::string bytes = encode(entity);
        const auto back = decode(key_of(entity).kind, bytes);
        ASSERT_TRUE(back);
        EXPECT_TRUE(back->entity == entity);
        EXPECT_EQ(back->schema, kSchema);
        EXPECT_EQ(encode(back->entity), bytes);
    }
}

TEST(Codec, HeaderAndOutcomeComeBack) {
    EXPECT_EQ(decode_event_header(encode(sample_event_header())), sample_event_header());
    EXPECT_EQ(decode_event_header(encode(EventHeader{})), EventHeader{});
    EXPECT_EQ(decode_outcome(encode(sample_outcome())), sample_outcome());
    EXPECT_EQ(decode_outcome(encode(Outcome{})), Outcome{});
    const PersonalData back = decode_reporter(encode_reporter({"张\xff", "138", "ug", 6}));
    EXPECT_EQ(back.name, "张\xff");
    EXPECT_EQ(back.phone, "138");
    EXPECT_EQ(back.language, "ug");
    EXPECT_EQ(back.needs, 6U);
    EXPECT_EQ(encode_reporter({}), "");
}

// A position of 0° N 0° E is a position, not a missing one.
TEST(Codec, TellsTheNullIslandFromNowhere) {
    Report report;
    report.place.position = Point{};
    const auto back = decode(Kind::kReport, encode(Entity(report)));
    ASSERT_TRUE(back);
    EXPECT_TRUE(std::get<Report>(back->entity).place.position.has_value());
}

// Serials that the commit appends are read, and win over what stood there.
TEST(Codec, ReadsAppendedSerials) {
    for (const std::int64_t serial : {1L, 127L, 128L, 300L, 1'000'000L}) {
        Report report = sample_report();
        Incident incident = sample_incident();
        const auto report_back =
            decode(Kind::kReport, encode(Entity(report)) + serial_field(kReportSerialTag, serial));
        const auto incident_back = decode(
            Kind::kIncident, encode(Entity(incident)) + serial_field(kIncidentSerialTag, serial));
        const auto outcome_back =
            decode_outcome(encode(Outcome{}) + serial_field(kOutcomeReportSerialTag, serial) +
                           serial_field(kOutcomeIncidentSerialTag, serial + 1));
        ASSERT_TRUE(report_back && incident_back && outcome_back);
        EXPECT_EQ(std::get<Report>(report_back->entity).serial, serial);
        EXPECT_EQ(std::get<Incident>(incident_back->entity).serial, serial);
        EXPECT_EQ(outcome_back->report_serial, serial);
        EXPECT_EQ(outcome_back->incident_serial, serial + 1);
    }
}

// Bytes that are no such message are said to be corrupt, and which kind they should have been.
TEST(Codec, SaysWhatIsCorrupt) {
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        const auto back = decode(static_cast<Kind>(kind), "\xff\xff\xff");
        ASSERT_FALSE(back);
        EXPECT_EQ(back.error().reason, "STORE_CORRUPT");
        EXPECT_EQ(back.error().find("kind"), to_string(static_cast<Kind>(kind)));
    }
    EXPECT_EQ(decode_event_header("\xff").error().reason, "STORE_CORRUPT");
    EXPECT_EQ(decode_outcome("\xff").error().reason, "STORE_CORRUPT");
}

// What a newer release wrote is served as far as it is understood, with its schema number.
TEST(Codec, ServesANewerForm) {
    liandong::storage::v1::Incident newer;
    newer.set_id("incident-1");
    newer.set_summary("从未来来");
    newer.set_schema(kSchema + 1);
    const std::string unknown_field = "\xfa\x3f\x01x";  // field 1023, bytes
    const auto back = decode(Kind::kIncident, newer.SerializeAsString() + unknown_field);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->schema, kSchema + 1);
    EXPECT_EQ(std::get<Incident>(back->entity).summary, "从未来来");
}

// Schema 1 is read as it was written, byte for byte, and written so today. When this fails because
// the form changed: raise kSchema, keep these files and add new ones (storage.proto).
TEST(Golden, Schema1) {
    std::vector<Entity> samples = {sample_report(), sample_incident(), sample_unit(),
                                   sample_order(),  sample_bulletin(), sample_world_setting(),
                                   sample_epoch(),  sample_note(),     sample_closure()};
    for (Entity& sample : desk_samples()) samples.push_back(std::move(sample));
    ASSERT_EQ(samples.size(), kKinds);
    for (const Entity& sample : samples) {
        const std::string name = fmt::format("{}_1", name_of(sample));
        SCOPED_TRACE(name);
        EXPECT_EQ(hex(encode(sample)), hex(golden(name)));
        const auto back = decode(key_of(sample).kind, golden(name));
        ASSERT_TRUE(back);
        EXPECT_TRUE(back->entity == sample);
        EXPECT_EQ(back->schema, 1U);
    }
}

// Fields that were added without raising the schema: an older file is still what it was (above).
TEST(Golden, WorkedIncidentOfSchema1) {
    const Entity sample = sample_worked_incident();
    EXPECT_EQ(hex(encode(sample)), hex(golden("worked_incident_1")));
    const auto back = decode(Kind::kIncident, golden("worked_incident_1"));
    ASSERT_TRUE(back);
    EXPECT_TRUE(back->entity == sample);
}

TEST(Golden, AlarmedIncidentOfSchema1) {
    const Entity sample = sample_alarmed_incident();
    EXPECT_EQ(hex(encode(sample)), hex(golden("alarmed_incident_1")));
    const auto back = decode(Kind::kIncident, golden("alarmed_incident_1"));
    ASSERT_TRUE(back);
    EXPECT_TRUE(back->entity == sample);
}

TEST(Golden, HeadedReportOfSchema1) {
    const Entity sample = sample_headed_report();
    EXPECT_EQ(hex(encode(sample)), hex(golden("headed_report_1")));
    const auto back = decode(Kind::kReport, golden("headed_report_1"));
    ASSERT_TRUE(back);
    EXPECT_TRUE(back->entity == sample);
}

TEST(Golden, TakenIncidentAndLostCallOfSchema1) {
    Incident taken;
    taken.id = "i-1";
    taken.place.area_distance = Meters{12.5};
    taken.intake = {Channel::kText12110, 5, {"house_fire"}, {{"pump", 2}}, {7, 9}, from_micros(11),
                    CallEnd::kSilent, {CallbackState::kDue, from_micros(12), 3}, "place/1/2", true};
    Report lost;
    lost.id = "r-1";
    lost.call_end = CallEnd::kAbandoned;
    const std::pair<const char*, Entity> samples[] = {{"taken_incident_1", taken},
                                                      {"lost_call_1", lost}};
    for (const auto& [name, sample] : samples) {
        SCOPED_TRACE(name);
        EXPECT_EQ(hex(encode(sample)), hex(golden(name)));
        const auto back = decode(key_of(sample).kind, golden(name));
        ASSERT_TRUE(back);
        EXPECT_TRUE(back->entity == sample);
    }
}

TEST(Golden, HeaderAndOutcomeOfSchema1) {
    EXPECT_EQ(hex(encode(sample_event_header())), hex(golden("event_header_1")));
    EXPECT_EQ(decode_event_header(golden("event_header_1")), sample_event_header());
    EXPECT_EQ(hex(encode(sample_outcome())), hex(golden("outcome_1")));
    EXPECT_EQ(decode_outcome(golden("outcome_1")), sample_outcome());
}

}  // namespace
}  // namespace liandong::store
