#include "roads/info_command.h"

#include "common/routing/road_graph.h"
#include "roads/places.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace liandong::roads {
namespace {

using namespace routing;

void print_classes(const RoadGraph& graph) {
    std::array<std::size_t, kRoadClasses> roads{};
    MetersByClass meters{};
    for (RoadId road = 0; road < graph.road_count(); ++road) {
        if ((graph.flags(road) & kBarrier) != 0) continue;
        ++roads[index_of(graph.road_class(road))];
        meters[index_of(graph.road_class(road))] += graph.length_meters(road);
    }
    for (std::size_t i = 0; i < kRoadClasses; ++i) {
        if (roads[i] == 0) continue;
        fmt::print("  {:<12} {:>8} roads {:>10.1f} km\n", to_string(static_cast<RoadClass>(i)),
                   roads[i], meters[i] / 1000);
    }
}

void print_profiles(const RoadGraph& graph) {
    for (std::size_t i = 0; i < kProfiles; ++i) {
        const auto profile = static_cast<Profile>(i);
        const auto open = std::ranges::count_if(
            graph.times(profile), [](std::uint32_t time) { return time != kNoEntry; });
        fmt::print("  {:<12} {:>8} arcs open\n", to_string(profile), open);
    }
}

void print_box(const RoadGraph& graph) {
    domain::Point low = graph.point(0), high = low;
    std::size_t barriers = 0, limited = 0;
    for (NodeId node = 0; node < graph.node_count(); ++node) {
        const domain::Point point = graph.point(node);
        low = {std::min(low.latitude_e7, point.latitude_e7),
               std::min(low.longitude_e7, point.longitude_e7)};
        high = {std::max(high.latitude_e7, point.latitude_e7),
                std::max(high.longitude_e7, point.longitude_e7)};
    }
    for (RoadId road = 0; road < graph.road_count(); ++road) {
        barriers += (graph.flags(road) & kBarrier) != 0 ? 1 : 0;
        limited += (graph.flags(road) & kLimited) != 0 ? 1 : 0;
    }
    fmt::print("  latitude {:.5f} to {:.5f}, longitude {:.5f} to {:.5f}\n", low.latitude(),
               high.latitude(), low.longitude(), high.longitude());
    fmt::print("  {} barriers, {} roads with limits of size\n", barriers, limited);
}

}  // namespace

InfoCommand::InfoCommand(CLI::App& app)
    : command_(app.add_subcommand("info", "Tells what a roads file holds")) {
    command_->add_option("roads", file_, "The roads file")->required();
}

std::optional<int> InfoCommand::run() const {
    if (!command_->parsed()) return std::nullopt;
    const auto begun = std::chrono::steady_clock::now();
    const auto graph = RoadGraph::open(file_);
    if (!graph) return complain(graph.error());
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    fmt::print("{} of {}: {} nodes, {} arcs, {} roads\n", file_, (*graph)->source(),
               (*graph)->node_count(), (*graph)->arc_count(), (*graph)->road_count());
    fmt::print(
        "  {} bytes, {:.1f} an arc; loaded in {:.1f} ms\n", (*graph)->file_bytes(),
        static_cast<double>((*graph)->file_bytes()) / static_cast<double>((*graph)->arc_count()),
        took.count());
    print_box(**graph);
    print_classes(**graph);
    print_profiles(**graph);
    return kExitOk;
}

}  // namespace liandong::roads
