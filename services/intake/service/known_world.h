#pragma once

#include "common/areas/area_map.h"
#include "common/areas/duty_table.h"
#include "services/intake/policy/catalogue/catalogue.h"
#include "services/intake/policy/duplicates/lexicon.h"
#include "services/intake/policy/duplicates/place_names.h"
#include "services/intake/policy/knowledge.h"

#include <optional>
#include <string_view>

namespace liandong::intake {

/// The data that is compiled in, read once a process: the catalogue of types and the lexicon for
/// every district, and the areas and duties of Yingcheng (420981, synthetic boundaries). Immutable.
/// Some 50 ms to build.
class KnownWorld {
public:
    KnownWorld();

    /// Of a district: one that is not built in has no map, and nothing is filled in there. Points
    /// into this, which must outlive it.
    Knowledge of(std::string_view district) const;

private:
    Catalogue catalogue_;
    Lexicon lexicon_;
    areas::AreaMap yingcheng_;
    areas::DutyTable yingcheng_duties_;
    PlaceNames yingcheng_names_;
    PlaceNames no_names_;
};

}  // namespace liandong::intake
