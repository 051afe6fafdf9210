#pragma once

#include "common/areas/area_map.h"
#include "common/domain/place.h"
#include "services/intake/policy/catalogue/catalogue.h"
#include "services/intake/policy/catalogue/triage.h"
#include "services/intake/policy/duplicates/candidate_index.h"
#include "services/intake/policy/knowledge.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Questions to what the process knows: neither store nor mirror is asked. What is not known gives
/// empty answers.
namespace liandong::intake {

/// Who answers for a place; empty: nobody is set for it.
struct Responsible {
    std::string grid_worker;
    std::string police_station, fire_station, ambulance_post;
    std::string duty_desk;
    std::string mediation;
};
/// Nothing when no area is known, or nobody at all is set for it.
std::optional<Responsible> responsible_for(const domain::Place& place, const Knowledge& knowledge);

struct FoundArea {
    std::string code;
    std::string name;
    std::vector<std::string> within;  ///< names of the areas above it, smallest first
};
/// That bear the name, in order of code.
std::vector<FoundArea> areas_of_name(std::string_view name, const Knowledge& knowledge);
/// That the address names, when the place has neither position nor code (`areas_named_in`).
std::vector<FoundArea> areas_of_address(const domain::Place& place, const Knowledge& knowledge);
struct AreaAt {
    std::optional<FoundArea> area;  ///< the grid, or the nearest one
    domain::Meters outside;         ///< 0: the point lies in it
};
AreaAt area_at(domain::Point point, const Knowledge& knowledge);

/// nullptr: not in the catalogue.
const IncidentType* type_of(std::string_view code, const Knowledge& knowledge);
/// Of an operational class (empty: all) behind a sort key, in the catalogue's order, at most
/// `count`.
std::vector<const IncidentType*> types_after(std::string_view operational_class,
                                             std::string_view after, std::size_t count,
                                             const Knowledge& knowledge);
std::string sort_key(const IncidentType& type);

struct SuggestedTypes {
    std::vector<TypeSuggestion> types;  ///< best first
    Proposal proposal;                  ///< for the best of them
    std::vector<std::string_view> facts;
};
SuggestedTypes suggest_types(std::string_view words, std::size_t most, const Knowledge& knowledge);

/// Who issues a level that the catalogue proposes.
std::string_view catalogue_authority();

}  // namespace liandong::intake
