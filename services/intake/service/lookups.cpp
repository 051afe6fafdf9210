#include "services/intake/service/lookups.h"

#include "common/areas/duty_table.h"
#include "services/intake/policy/area_fill.h"
#include "services/intake/policy/duplicates/lexicon.h"
#include "services/intake/policy/understand.h"

#include <fmt/format.h>

namespace liandong::intake {

using areas::NamedArea;

namespace {

FoundArea found(const areas::AreaMap& map, const NamedArea& area) {
    return {area.code, area.name, names_above(map, area.code)};
}

std::vector<FoundArea> all_found(const areas::AreaMap& map,
                                 const std::vector<const NamedArea*>& areas) {
    std::vector<FoundArea> all;
    for (const NamedArea* area : areas) all.push_back(found(map, *area));
    return all;
}

}  // namespace

std::optional<Responsible> responsible_for(const domain::Place& place, const Knowledge& knowledge) {
    if (!knowledge.duties || place.area_code.empty()) return std::nullopt;
    using areas::DutyRole;
    bool is_any = false;
    const auto holder = [&](DutyRole role) {
        std::string who(knowledge.duties->find(place.area_code, role));
        is_any = is_any || !who.empty();
        return who;
    };
    Responsible out;
    out.grid_worker = holder(DutyRole::kGridWorker);
    out.police_station = holder(DutyRole::kPoliceStation);
    out.fire_station = holder(DutyRole::kFireStation);
    out.ambulance_post = holder(DutyRole::kAmbulancePost);
    out.duty_desk = holder(DutyRole::kDutyDesk);
    out.mediation = holder(DutyRole::kMediation);
    if (!is_any) return std::nullopt;
    return out;
}

std::vector<FoundArea> areas_of_name(std::string_view name, const Knowledge& knowledge) {
    if (!knowledge.areas) return {};
    return all_found(*knowledge.areas, knowledge.areas->named(name));
}

std::vector<FoundArea> areas_of_address(const domain::Place& place, const Knowledge& knowledge) {
    if (!knowledge.areas || place.position || !place.area_code.empty()) return {};
    return all_found(*knowledge.areas, areas_named_in(*knowledge.areas, place.address));
}

AreaAt area_at(domain::Point point, const Knowledge& knowledge) {
    if (!knowledge.areas) return {};
    const areas::Location location = knowledge.areas->locate(point);
    AreaAt at{{}, location.distance};
    if (location.grid) at.area = found(*knowledge.areas, *location.grid);
    return at;
}

const IncidentType* type_of(std::string_view code, const Knowledge& knowledge) {
    return knowledge.catalogue ? knowledge.catalogue->find(code) : nullptr;
}

std::vector<const IncidentType*> types_after(std::string_view operational_class,
                                             std::string_view after, std::size_t count,
                                             const Knowledge& knowledge) {
    std::vector<const IncidentType*> types;
    if (!knowledge.catalogue) return types;
    for (const IncidentType& type : knowledge.catalogue->types()) {
        if (types.size() == count) break;
        const bool is_wanted =
            operational_class.empty() || operational_class == to_string(type.operational);
        if (is_wanted && sort_key(type) > after) types.push_back(&type);
    }
    return types;
}

std::string sort_key(const IncidentType& type) { return fmt::format("{:08}", type.line); }

SuggestedTypes suggest_types(std::string_view words, std::size_t most, const Knowledge& knowledge) {
    SuggestedTypes out;
    if (!knowledge.catalogue) return out;
    out.types = suggest_types(*knowledge.catalogue, words, most);
    FactSet facts = 0;
    if (knowledge.reads_words()) {
        facts = facts_of(read_features(*knowledge.lexicon, *knowledge.names, words, ""),
                         *knowledge.lexicon);
    }
    out.proposal =
        propose(*knowledge.catalogue, out.types.empty() ? "" : out.types.front().type->code, facts,
                kCatalogueAuthority);
    for (int i = 0; i < kFacts; ++i) {
        if ((facts >> i & 1U) != 0) out.facts.push_back(to_string(static_cast<Fact>(i)));
    }
    return out;
}

std::string_view catalogue_authority() { return kCatalogueAuthority; }

}  // namespace liandong::intake
