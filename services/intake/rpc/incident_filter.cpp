#include "services/intake/rpc/incident_filter.h"

#include "common/api/convert.h"

namespace liandong::intake {
namespace {

using namespace domain;
namespace pb = liandong::intake::v1;

constexpr double kRadius_max = 100'000;

Status check_texts(const pb::IncidentFilter& in) {
    struct Text {
        const std::string& value;
        std::size_t max;
        const char* field;
    };
    for (const Text& text :
         {Text{in.area_code(), 15, "filter.area_code"},
          Text{in.type_code(), kTypeCode_max, "filter.type_code"},
          Text{in.agency(), 32, "filter.agency"}, Text{in.text(), 100, "filter.text"},
          Text{in.claimed_by(), 64, "filter.claimed_by"}}) {
        if (auto status = api::check_text(text.value, text.max, text.field); !status) return status;
    }
    if (in.linked_to().empty() || in.linked_to() == "-") return {};
    return api::check_id(in.linked_to(), "filter.linked_to");
}

Result<std::optional<IncidentFilter::Near>> read_near(const pb::IncidentFilter& in) {
    if (!in.has_near()) return std::nullopt;
    if (!(in.radius_meters() > 0 && in.radius_meters() <= kRadius_max)) {
        return invalid_field("filter.radius_meters", "RADIUS_OUT_OF_RANGE",
                             "more than 0, at most 100,000 metres");
    }
    const auto point = api::read_position(in.near(), "filter.near");
    if (!point) return fail(point.error());
    return IncidentFilter::Near{*point, Meters{in.radius_meters()}};
}

}  // namespace

Result<IncidentFilter> read_filter(const pb::IncidentFilter& in) {
    IncidentFilter filter;
    for (const int state : in.states()) {
        if (state < pb::INCIDENT_STATE_RECEIVED || state > pb::INCIDENT_STATE_CLOSED) {
            return invalid_field("filter.states", "ENUM_UNKNOWN", "no such state");
        }
        filter.states.push_back(static_cast<IncidentState>(state - 1));
    }
    for (const int phase : in.phases()) {
        if (phase < pb::INCIDENT_PHASE_RECEIVED || phase > pb::INCIDENT_PHASE_CLOSED) {
            return invalid_field("filter.phases", "ENUM_UNKNOWN", "no such phase");
        }
        filter.phases.push_back(static_cast<IncidentPhase>(phase - 1));
    }
    if (auto status = check_texts(in); !status) return fail(std::move(status.error()));
    if (in.only_unverified_alarms() && in.without_unverified_alarms()) {
        return invalid_field("filter.without_unverified_alarms", "FILTER_CONTRADICTS",
                             "either nothing but unverified alarms, or everything but them");
    }
    auto near = read_near(in);
    if (!near) return fail(std::move(near.error()));
    filter.near = *near;
    filter.area_code = in.area_code();
    filter.type_code = in.type_code();
    filter.agency = in.agency();
    filter.text = in.text();
    filter.claimed_by = in.claimed_by();
    filter.linked_to = in.linked_to();
    filter.received_after = from_micros(in.received_after_micros());
    filter.received_before = from_micros(in.received_before_micros());
    filter.include_closed = in.include_closed();
    filter.only_life_threatening = in.only_life_threatening();
    filter.only_unread = in.only_unread();
    filter.only_unverified_alarms = in.only_unverified_alarms();
    filter.without_unverified_alarms = in.without_unverified_alarms();
    filter.only_callback_due = in.only_callback_due();
    return filter;
}

}  // namespace liandong::intake
