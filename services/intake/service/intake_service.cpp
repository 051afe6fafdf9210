#include "services/intake/service/intake_service.h"

#include "common/base/id.h"
#include "common/store/codec.h"
#include "common/store/find.h"
#include "common/store/newest.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::intake {
namespace {

using namespace domain;
using store::Decision;
using store::View;

/// What a resend gets after its request record expired: the report is there, so nothing is written
/// again.
Decision report_already_there(const Report& report, const Incident* incident) {
    Decision decision;
    decision.already_done = true;
    decision.outcome.report_id = report.id;
    decision.outcome.incident_id = report.incident_id;
    decision.outcome.report_serial = report.serial;
    decision.outcome.incident_serial = incident ? incident->serial : 0;
    decision.outcome.serial_date = report.serial_date;
    decision.outcome.corrections = report.corrections;
    return decision;
}

Decision open_incident(const TakenReport& taken) {
    Decision decision;
    decision.event_kind = "incident_reported";
    decision.occurred_at = taken.report.recorded_at;
    decision.writes.reserve(2);  // an initializer list would copy both twice
    decision.writes.emplace_back(taken.report);
    decision.writes.emplace_back(taken.incident);
    const std::string& date = taken.report.serial_date;
    decision.serials = {
        {"report:" + date, 0, store::kReportSerialTag, store::kOutcomeReportSerialTag},
        {"incident:" + date, 1, store::kIncidentSerialTag, store::kOutcomeIncidentSerialTag},
    };
    decision.outcome.report_id = taken.report.id;
    decision.outcome.incident_id = taken.incident.id;
    decision.outcome.serial_date = date;
    decision.outcome.corrections = taken.report.corrections;
    return decision;
}

}  // namespace

Task<Result<store::Settled>> IntakeService::report(Mutation mutation, RawReport raw) {
    const std::string scope = context_.scope.tag();
    const Taking taking{derive_id({scope, mutation.agency, mutation.request_id, "report"}),
                        derive_id({scope, mutation.agency, mutation.request_id, "incident"}),
                        mutation.actor, mutation.agency, context_.clock.now()};
    TakenReport taken = take_report(raw, taking);
    Sealed sealed = sealer_.seal(store::encode_reporter(taken.reporter_name, taken.reporter_phone),
                                 taken.report.id);
    taken.report.sealed_reporter = std::move(sealed.bytes);
    taken.report.sealed_key_id = std::move(sealed.key_id);

    store::Decide decide = [taken = std::move(taken)](View& view) -> Result<Decision> {
        const Report* report = view.get<Report>(taken.report.id);
        const Incident* incident = view.get<Incident>(taken.incident.id);
        if (report) return report_already_there(*report, incident);
        return open_incident(taken);
    };
    co_return co_await store::transact(context_, std::move(mutation), std::move(decide));
}

Task<Result<IncidentFound>> IntakeService::find(std::string incident_id, bool with_reports,
                                                MonotonicTime deadline) {
    auto incident = co_await store::find<Incident>(context_, std::move(incident_id), deadline);
    if (!incident) co_return fail(std::move(incident.error()));
    IncidentFound found{std::move(incident->held), {}, incident->revision};
    if (!with_reports) co_return found;
    auto reports = co_await read_all<Report>(found.incident.value->report_ids, deadline);
    if (!reports) co_return fail(std::move(reports.error()));
    found.reports = std::move(*reports);
    co_return found;
}

std::string IntakeService::sort_key(const Incident& incident) {
    return store::newest_first_key(incident.received_at, incident.id);
}

std::vector<store::Versioned<Incident>> IntakeService::list(const IncidentFilter& filter,
                                                            std::string_view after,
                                                            std::size_t count) const {
    const auto matches = [&](const Incident& incident) {
        return filter.matches(incident, context_.scope.district);
    };
    return store::page_of<Incident>(context_.mirror, matches, sort_key, after, count);
}

Reporter IntakeService::open_reporter(const Report& report) {
    const auto text = sealer_.open({report.sealed_key_id, report.sealed_reporter}, report.id);
    if (!text) return {};
    auto [name, phone] = store::decode_reporter(*text);
    return {std::move(name), std::move(phone)};
}

}  // namespace liandong::intake
