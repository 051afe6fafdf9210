#include "services/intake/policy/area_fill.h"

#include "common/areas/area_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace liandong::intake {
namespace {

using areas::AreaLevel;
using areas::NamedArea;

constexpr std::array<std::string_view, 4> kSuffixes = {"社区", "街道", "村", "镇"};
constexpr std::size_t kNameBytes_min = 6;  // two characters: one alone stands in any sentence

std::string_view without_suffix(std::string_view name) {
    for (const std::string_view suffix : kSuffixes) {
        if (name.ends_with(suffix) && name.size() - suffix.size() >= kNameBytes_min)
            return name.substr(0, name.size() - suffix.size());
    }
    return name;
}

bool is_named(std::string_view text, const NamedArea& area) {
    const std::string_view name = without_suffix(area.name);
    return name.size() >= kNameBytes_min && text.find(name) != std::string_view::npos;
}

/// The place lies where the code says, as far as the code goes.
bool agrees(std::string_view code, std::string_view located) {
    return areas::is_in_subtree(located, code);
}

}  // namespace

std::vector<domain::Correction> fill_area(domain::Place& place, const areas::AreaMap& map) {
    std::vector<domain::Correction> corrections;
    const bool was_given = !place.area_code.empty();
    if (was_given && map.find(place.area_code) == nullptr)
        corrections.push_back({"area_code", "AREA_UNKNOWN", place.area_code});
    if (!place.position) return corrections;
    const areas::Location found = map.locate(*place.position);
    if (found.is_outside) {
        corrections.push_back({"position", "AREA_OUTSIDE",
                               fmt::format("{:.0f} m from {}", found.distance.value,
                                           found.grid ? found.grid->code : std::string())});
    }
    if (found.grid == nullptr || kAreaReach < found.distance) return corrections;
    if (!was_given) {
        place.area_code = found.grid->code;
        if (found.is_outside) place.area_distance = found.distance;
    } else if (corrections.empty() && !agrees(place.area_code, found.grid->code)) {
        corrections.push_back({"area_code", "AREA_CONFLICT", found.grid->code});
    }
    return corrections;
}

std::vector<const NamedArea*> areas_named_in(const areas::AreaMap& map, std::string_view text) {
    std::vector<const NamedArea*> townships, villages;
    for (const NamedArea& area : map.areas()) {
        const AreaLevel level = areas::level_of(area.code);
        if (level != AreaLevel::kTownship && level != AreaLevel::kVillage) continue;
        if (!is_named(text, area)) continue;
        (level == AreaLevel::kTownship ? townships : villages).push_back(&area);
    }
    const auto is_within_named = [&](const NamedArea* village) {
        return std::ranges::any_of(townships, [&](const NamedArea* township) {
            return village->code.starts_with(township->code);
        });
    };
    if (std::ranges::any_of(villages, is_within_named))
        std::erase_if(villages,
                      [&](const NamedArea* village) { return !is_within_named(village); });
    if (villages.empty()) villages = std::move(townships);
    if (villages.size() > kAreaCandidates_max) villages.resize(kAreaCandidates_max);
    return villages;
}

std::vector<std::string> names_above(const areas::AreaMap& map, std::string_view code) {
    std::vector<std::string> names;
    for (const AreaLevel level :
         {AreaLevel::kVillage, AreaLevel::kTownship, AreaLevel::kDistrict}) {
        const std::string_view above = areas::at_level(code, level);
        if (above.empty() || above == code) continue;
        if (const NamedArea* area = map.find(above)) names.push_back(area->name);
    }
    return names;
}

}  // namespace liandong::intake
