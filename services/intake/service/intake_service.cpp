#include "services/intake/service/intake_service.h"

#include "common/store/codec.h"
#include "common/store/find.h"
#include "common/store/newest.h"

#include <algorithm>

namespace liandong::intake {
using namespace domain;

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
    return store::decode_reporter(*text);
}

}  // namespace liandong::intake
