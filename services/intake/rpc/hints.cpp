#include "services/intake/rpc/hints.h"

#include "common/api/convert.h"
#include "common/areas/duty_table.h"
#include "services/intake/policy/area_fill.h"

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

std::optional<pb::Responsible> responsible_for(const Place& place, const Knowledge& knowledge) {
    if (!knowledge.duties || place.area_code.empty()) return std::nullopt;
    using areas::DutyRole;
    const auto holder = [&](DutyRole role) {
        return std::string(knowledge.duties->find(place.area_code, role));
    };
    pb::Responsible out;
    out.set_grid_worker(holder(DutyRole::kGridWorker));
    out.set_police_station(holder(DutyRole::kPoliceStation));
    out.set_fire_station(holder(DutyRole::kFireStation));
    out.set_ambulance_post(holder(DutyRole::kAmbulancePost));
    out.set_duty_desk(holder(DutyRole::kDutyDesk));
    out.set_mediation(holder(DutyRole::kMediation));
    if (out.ByteSizeLong() == 0) return std::nullopt;
    return out;
}

pb::Area area_message(const areas::AreaMap& map, const areas::NamedArea& area) {
    pb::Area out;
    out.set_code(area.code);
    out.set_name(area.name);
    for (const std::string& name : names_above(map, area.code)) out.add_within(name);
    return out;
}

void put_area_candidates(const Place& place, const Knowledge& knowledge,
                         google::protobuf::RepeatedPtrField<pb::Area>& out) {
    if (!knowledge.areas || place.position || !place.area_code.empty()) return;
    for (const areas::NamedArea* area : areas_named_in(*knowledge.areas, place.address))
        *out.Add() = area_message(*knowledge.areas, *area);
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
        *out.mutable_responsible() = *who;
    put_area_candidates(incident.place, knowledge, *out.mutable_area_candidates());
    for (const std::string& code : incident.intake.suggested_types) {
        const IncidentType* type = knowledge.catalogue ? knowledge.catalogue->find(code) : nullptr;
        if (type) *out.add_suggested_types() = type_message(*type, 0);
    }
    if (suggestions == 0) return;
    put_candidates(service.suggest_for(incident, suggestions), incident.place.position,
                   service.context(), *out.mutable_suggestions());
}

}  // namespace liandong::intake
