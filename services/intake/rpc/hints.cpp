#include "services/intake/rpc/hints.h"

#include "common/api/convert.h"

#include <algorithm>

namespace liandong::intake {

using namespace domain;

namespace {

pb::DuplicateReason reason_message(DuplicateReason reason, double weight) {
    pb::DuplicateReason out;
    out.set_reason(std::string(to_string(reason)));
    out.set_weight(weight);
    out.set_text_zh(std::string(describe(reason, Language::kChinese)));
    out.set_text_en(std::string(describe(reason, Language::kEnglish)));
    return out;
}

double distance_between(const std::optional<Point>& a, const std::optional<Point>& b) {
    return a && b ? distance(*a, *b).value : -1;
}

}  // namespace

pb::Responsible message_of(const Responsible& responsible) {
    pb::Responsible out;
    out.set_grid_worker(responsible.grid_worker);
    out.set_police_station(responsible.police_station);
    out.set_fire_station(responsible.fire_station);
    out.set_ambulance_post(responsible.ambulance_post);
    out.set_duty_desk(responsible.duty_desk);
    out.set_mediation(responsible.mediation);
    return out;
}

pb::Area message_of(const FoundArea& area) {
    pb::Area out;
    out.set_code(area.code);
    out.set_name(area.name);
    for (const std::string& name : area.within) out.add_within(name);
    return out;
}

void put_areas(const std::vector<FoundArea>& areas,
               google::protobuf::RepeatedPtrField<pb::Area>& out) {
    for (const FoundArea& area : areas) *out.Add() = message_of(area);
}

pb::TypeSuggestion type_message(const IncidentType& type, double score) {
    pb::TypeSuggestion out;
    out.set_type_code(type.code);
    out.set_name_zh(type.name.chinese);
    out.set_name_en(type.name.english);
    out.set_score(score);
    return out;
}

void put_candidates(const std::vector<Suggestion>& suggestions, const std::optional<Point>& origin,
                    const store::ScopeContext& context,
                    google::protobuf::RepeatedPtrField<pb::DuplicateCandidate>& out) {
    for (const Suggestion& suggestion : suggestions) {
        const auto* held = context.mirror.find<Incident>(suggestion.incident_id);
        if (!held) continue;
        const Incident& incident = *held->value;
        pb::DuplicateCandidate& item = *out.Add();
        item.set_incident_id(incident.id);
        item.set_number(
            readable_number(context.scope.district, incident.serial_date, incident.serial));
        item.set_score(suggestion.score);
        for (const Ground& ground : suggestion.grounds)
            *item.add_reasons() = reason_message(ground.reason, ground.weight);
        for (const DuplicateReason bar : suggestion.bars) *item.add_bars() = reason_message(bar, 0);
        item.set_type_code(incident.type_code);
        item.set_summary(incident.summary);
        item.set_state(static_cast<pb::IncidentState>(static_cast<int>(incident.state) + 1));
        item.set_is_master(incident.is_master);
        item.set_received_at_micros(to_micros(incident.received_at));
        item.set_report_count(static_cast<std::uint32_t>(incident.report_count));
        item.set_distance_meters(distance_between(origin, incident.place.position));
    }
}

void put_hints(const Incident& incident, std::size_t suggestions, IntakeService& service,
               pb::ReportIncidentResponse& out) {
    const Knowledge& knowledge = service.knowledge();
    if (const auto who = responsible_for(incident.place, knowledge))
        *out.mutable_responsible() = message_of(*who);
    put_areas(areas_of_address(incident.place, knowledge), *out.mutable_area_candidates());
    for (const std::string& code : incident.intake.suggested_types) {
        if (const IncidentType* type = type_of(code, knowledge))
            *out.add_suggested_types() = type_message(*type, 0);
    }
    if (suggestions == 0) return;
    put_candidates(service.suggest_for(incident, suggestions), incident.place.position,
                   service.context(), *out.mutable_suggestions());
}

}  // namespace liandong::intake
