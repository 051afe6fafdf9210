#include "common/routing/time/time_model.h"

namespace liandong::routing {

Calibration TimeModel::road(Profile profile) const {
    const auto& own = calibrations[index_of(profile)];
    return own ? *own : class_speeds(profile);
}

}  // namespace liandong::routing
