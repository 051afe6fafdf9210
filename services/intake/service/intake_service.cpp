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

bool IncidentFilter::matches(const Incident& incident) const {
    if (!include_closed && !is_open(incident)) return false;
    if (!states.empty() && std::ranges::find(states, incident.state) == states.end()) return false;
    return incident.place.area_code.starts_with(area_code);
}

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

Task<Result<store::Settled>> IntakeService::close(Mutation mutation, std::string incident_id,
                                                  Disposition disposition, std::string note) {
    const Timestamp now = context_.clock.now();
    const std::string actor = mutation.actor;
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Incident* before = view.get<Incident>(incident_id);
            if (!before) return store::unknown<Incident>(incident_id);
            Incident incident = *before;
            if (auto status = domain::close(incident, disposition, actor, note, now); !status) {
                return fail(std::move(status.error()));
            }
            Decision decision;
            decision.event_kind = "incident_closed";
            decision.reason = note;
            decision.outcome.incidents = {incident};
            decision.writes = {std::move(incident)};
            return decision;
        });
}

Task<Result<IncidentFound>> IntakeService::find(std::string incident_id, bool with_reports,
                                                MonotonicTime deadline) {
    auto incident = co_await store::find<Incident>(context_, std::move(incident_id), deadline);
    if (!incident) co_return fail(std::move(incident.error()));
    IncidentFound found{std::move(incident->held), {}, incident->revision};
    if (!with_reports) co_return found;
    std::vector<Key> keys;
    for (const std::string& id : found.incident.value->report_ids)
        keys.push_back(key_of<Report>(id));
    const auto read = co_await context_.store.read(std::move(keys), std::nullopt, deadline);
    if (!read) co_return fail(read.error());
    for (const store::StoredValue& value : read->values) {
        if (value.version == 0) continue;
        auto decoded = store::decode(Kind::kReport, value.bytes);
        if (!decoded) co_return fail(std::move(decoded.error()));
        found.reports.push_back(std::get<Report>(std::move(decoded->entity)));
    }
    co_return found;
}

std::string IntakeService::sort_key(const Incident& incident) {
    return store::newest_first_key(incident.received_at, incident.id);
}

std::vector<store::Versioned<Incident>> IntakeService::list(const IncidentFilter& filter,
                                                            std::string_view after,
                                                            std::size_t count) const {
    const auto matches = [&](const Incident& incident) { return filter.matches(incident); };
    return store::page_of<Incident>(context_.mirror, matches, sort_key, after, count);
}

Reporter IntakeService::open_reporter(const Report& report) {
    const auto text = sealer_.open({report.sealed_key_id, report.sealed_reporter}, report.id);
    if (!text) return {};
    auto [name, phone] = store::decode_reporter(*text);
    return {std::move(name), std::move(phone)};
}

}  // namespace liandong::intake
