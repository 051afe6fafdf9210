#include "simulator/agents/call_taker.h"

#include "simulator/agents/resend.h"

namespace liandong::simulator {
namespace {

using intake::v1::ReportIncidentRequest;

constexpr std::int64_t kAnswerAfterMicros = 4'000'000;  // T0 → T1

bool is_machine(domain::Channel channel) {
    return channel == domain::Channel::kCamera || channel == domain::Channel::kSensor ||
           channel == domain::Channel::kAlarm;
}

bool is_phone(domain::Channel channel) {
    return channel >= domain::Channel::kPhone110 && channel <= domain::Channel::kPhone12345;
}

}  // namespace

ReportIncidentRequest to_request(const ScenarioReport& report, std::int64_t world_micros) {
    ReportIncidentRequest request;
    request.set_channel(static_cast<intake::v1::Channel>(report.channel));
    request.set_source_id(report.source_id);
    request.set_words(report.words);
    request.set_words_charset(report.words_charset);
    if (!report.reporter_phone.empty())
        request.mutable_reporter()->set_phone(report.reporter_phone);
    request.set_type_code(report.type_code);
    request.set_level_scale(static_cast<common::v1::LevelScale>(report.level.scale));
    request.set_level_code(report.level.code);
    request.set_level_authority(report.level.authority);
    request.set_life_threatening(report.life_threatening);
    if (report.position) {
        request.mutable_position()->set_latitude(report.position->latitude);
        request.mutable_position()->set_longitude(report.position->longitude);
        request.mutable_position()->set_datum(
            static_cast<common::v1::Datum>(report.position->datum));
    }
    request.set_accuracy_meters(report.accuracy_meters);
    request.set_address(report.address);
    request.set_area_code(report.area_code);
    request.set_occurred_at_micros(world_micros);
    if (is_phone(report.channel) && world_micros != 0) {
        request.set_rung_at_micros(world_micros - kAnswerAfterMicros);
        request.set_answered_at_micros(world_micros);
    }
    return request;
}

CallTakers::CallTakers(Exercise& exercise, Ledger& ledger, std::size_t in_flight_max, Taken taken)
    : exercise_(exercise),
      ledger_(ledger),
      in_flight_max_(in_flight_max),
      taken_(std::move(taken)),
      person_(principal("sim.call-taker", "gongan", {domain::Role::kCallTaker})),
      machine_(principal("sim.gateway", "gongan", {domain::Role::kGateway})),
      calls_(exercise.executor) {}

Task<void> CallTakers::take_all(const std::vector<ScenarioReport>& reports) {
    exercise_.record.count(Counter::kReportsPlanned, reports.size());
    for (const ScenarioReport& report : reports) {
        const MonotonicTime intended = exercise_.pace.at(report.at);
        // Built before its time, so that only the call itself is measured.
        const auto passed = exercise_.pace.world(intended - exercise_.now());
        const std::int64_t world = exercise_.world.estimate(exercise_.now());
        auto request =
            to_request(report, world == 0 ? 0 : world + std::max(passed, Duration{}).count());
        *request.mutable_header() = exercise_.mutation_header();
        if (!co_await exercise_.sleep_until(intended)) break;
        if (calls_.running() >= in_flight_max_) {
            exercise_.record.count(Counter::kReportsDropped);
            ++done_;
            continue;
        }
        calls_.start(take_one(report, std::move(request), intended));
    }
    co_await calls_.join();
}

Task<void> CallTakers::take_one(const ScenarioReport& report, ReportIncidentRequest request,
                                MonotonicTime intended) {
    const MonotonicTime sent_at = exercise_.now();
    exercise_.record.took(Stage::kSendLag, sent_at - intended);
    exercise_.record.count(Counter::kReportsSent);
    const domain::Principal& who = is_machine(report.channel) ? machine_ : person_;
    const auto answer = co_await call_until_resolved<intake::v1::ReportIncidentResponse>(
        exercise_, "ReportIncident",
        [&] { return exercise_.client.report_incident(who, request); });
    ++done_;
    if (!answer) co_return;
    const MonotonicTime now = exercise_.now();
    exercise_.record.took(Stage::kReportAcknowledged, now - intended);
    exercise_.record.took(Stage::kReportService, now - sent_at);
    exercise_.record.count(Counter::kReportsAcknowledged);
    if (answer->corrections_size() > 0) exercise_.record.count(Counter::kReportsCorrected);
    ledger_.acknowledged(answer->incident_id(), answer->report_id(), report, intended);
    taken_(report, answer->incident_id(), intended);
}

}  // namespace liandong::simulator
