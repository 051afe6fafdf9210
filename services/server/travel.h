#pragma once

#include "common/base/log.h"
#include "common/routing/time/time_model.h"
#include "services/dispatch/policy/road_travel.h"

#include <memory>
#include <string>

namespace liandong::server {

/// What this process knows of roads and travel times.
struct Travel {
    std::unique_ptr<dispatch::Roads> roads;  ///< nullptr: none; recommendations then say NO_ROADS
    routing::TimeModel times;

    /// For one scope. This must outlive it.
    std::unique_ptr<dispatch::TravelModel> model() const;
};

/// Maps the road file and reads the travel model; an empty path is none. What cannot be used is one
/// error line in the log, and the server serves without it: a map never keeps anybody from being
/// sent.
Travel load_travel(const std::string& roads_file, const std::string& model_file, Log& log);

}  // namespace liandong::server
