#include "services/intake/service/known_world.h"

#include "common/areas/yingcheng.h"
#include "services/intake/policy/duplicates/place_names_of.h"

namespace liandong::intake {
namespace {

constexpr std::string_view kYingcheng = "420981";

}  // namespace

KnownWorld::KnownWorld()
    : catalogue_(Catalogue::built_in()),
      lexicon_(Lexicon::built_in()),
      yingcheng_(areas::build_yingcheng_areas()),
      yingcheng_duties_(areas::build_yingcheng_duties(yingcheng_)),
      yingcheng_names_(place_names_of(yingcheng_)) {}

Knowledge KnownWorld::of(std::string_view district) const {
    const bool is_known = district == kYingcheng;
    return {.areas = is_known ? &yingcheng_ : nullptr,
            .duties = is_known ? &yingcheng_duties_ : nullptr,
            .catalogue = &catalogue_,
            .lexicon = &lexicon_,
            .names = is_known ? &yingcheng_names_ : &no_names_};
}

}  // namespace liandong::intake
