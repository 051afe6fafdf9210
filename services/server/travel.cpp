#include "services/server/travel.h"

#include "common/routing/road_graph.h"
#include "services/dispatch/policy/distance.h"

namespace liandong::server {
namespace {

void complain(Log& log, std::string_view event, const std::string& file, const Error& error,
              std::string_view effect) {
    log.error(event, {{"file", std::string_view(file)},
                      {"reason", std::string_view(error.reason)},
                      {"why", std::string_view(error.message)},
                      {"effect", effect}});
}

}  // namespace

std::unique_ptr<dispatch::TravelModel> Travel::model() const {
    if (roads) return std::make_unique<dispatch::RoadTravel>(*roads, times);
    return std::make_unique<dispatch::StraightLine>(times);
}

Travel load_travel(const std::string& roads_file, const std::string& model_file, Log& log) {
    Travel travel;
    if (!roads_file.empty()) {
        if (auto graph = routing::RoadGraph::open(roads_file)) {
            travel.roads = std::make_unique<dispatch::Roads>(std::move(*graph));
            const routing::RoadGraph& roads = travel.roads->graph();
            log.info("roads_loaded", {{"file", std::string_view(roads_file)},
                                      {"source", roads.source()},
                                      {"roads", static_cast<std::int64_t>(roads.road_count())},
                                      {"bytes", static_cast<std::int64_t>(roads.file_bytes())}});
        } else {
            complain(log, "roads_unusable", roads_file, graph.error(),
                     "times are by straight line");
        }
    }
    if (!model_file.empty()) {
        if (auto times = routing::load_time_model(model_file)) {
            travel.times = std::move(*times);
            log.info("travel_model_loaded", {{"file", std::string_view(model_file)},
                                             {"name", std::string_view(travel.times.name)}});
        } else {
            complain(log, "travel_model_unusable", model_file, times.error(),
                     "times are not corrected by records");
        }
    }
    return travel;
}

}  // namespace liandong::server
