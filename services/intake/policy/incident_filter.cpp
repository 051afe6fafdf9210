#include "services/intake/policy/incident_filter.h"

#include <algorithm>

namespace liandong::intake {
namespace {

using namespace domain;

template <class T> bool is_among(const std::vector<T>& wanted, T value) {
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

bool is_wanted(const std::string& wanted, const std::string& value) {
    if (wanted.empty()) return true;
    return wanted == "-" ? value.empty() : value == wanted;
}

bool contains(const Incident& incident, std::string_view text, std::string_view district) {
    if (text.empty()) return true;
    const auto has = [text](std::string_view where) {
        return where.find(text) != std::string_view::npos;
    };
    return has(incident.summary) || has(incident.place.address) ||
           std::ranges::any_of(incident.hazards, has) ||
           has(readable_number(district, incident.serial_date, incident.serial));
}

bool is_near(const Incident& incident, const std::optional<IncidentFilter::Near>& near) {
    if (!near) return true;
    return incident.place.position &&
           distance(*incident.place.position, near->point) <= near->radius;
}

}  // namespace

bool IncidentFilter::matches(const Incident& incident, std::string_view district) const {
    if (!include_closed && !is_open(incident)) return false;
    if (only_life_threatening && !incident.life_threatening) return false;
    if (only_unread && !incident.unread) return false;
    if (only_unverified_alarms && !incident.intake.unverified) return false;
    if (without_unverified_alarms && incident.intake.unverified) return false;
    if (only_callback_due && incident.intake.callback.state != CallbackState::kDue) return false;
    if (is_set(received_after) && incident.received_at < received_after) return false;
    if (is_set(received_before) && incident.received_at >= received_before) return false;
    return is_among(states, incident.state) && is_among(phases, phase_of(incident)) &&
           incident.place.area_code.starts_with(area_code) &&
           incident.type_code.starts_with(type_code) &&
           (agency.empty() || incident.agency == agency) &&
           is_wanted(claimed_by, incident.claimed_by) && is_wanted(linked_to, incident.linked_to) &&
           contains(incident, text, district) && is_near(incident, near);
}

void IncidentCounts::add(const Incident& incident, std::size_t area_digits) {
    const auto count = [&](Count& counted) {
        ++(is_open(incident) ? counted.open : counted.closed);
    };
    count(by_area[incident.place.area_code.substr(0, area_digits)]);
    count(by_type[incident.type_code]);
    count(by_phase[phase_of(incident)]);
    count(all);
    if (incident.life_threatening && is_open(incident)) ++life_threatening_open;
    if (incident.unread) ++unread;
}

}  // namespace liandong::intake
