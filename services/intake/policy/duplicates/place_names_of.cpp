#include "services/intake/policy/duplicates/place_names_of.h"

#include "common/areas/area_code.h"
#include "common/areas/area_map.h"

namespace liandong::intake {
namespace {

/// A name of one character would be found in any text.
constexpr std::size_t kShortest_bytes = 6;

std::string_view as_people_say(std::string_view name) {
    for (const std::string_view suffix : {"街道", "镇", "乡"}) {
        if (!name.ends_with(suffix) || name.size() < suffix.size() + kShortest_bytes) continue;
        return name.substr(0, name.size() - suffix.size());
    }
    return name;
}

}  // namespace

PlaceNames place_names_of(const areas::AreaMap& areas) {
    PlaceNames names;
    for (const areas::NamedArea& area : areas.areas()) {
        if (areas::level_of(area.code) == areas::AreaLevel::kTownship)
            names.townships.emplace_back(as_people_say(area.name));
    }
    names.ambiguous = areas.ambiguous_village_names();
    return names;
}

}  // namespace liandong::intake
