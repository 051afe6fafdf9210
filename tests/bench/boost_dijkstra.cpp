#include "tests/bench/boost_dijkstra.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>

#include <limits>
#include <utility>

namespace liandong::bench {
namespace {

struct Arc {
    std::uint32_t millis = 0;
};
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arc,
                                                 boost::no_property, std::uint32_t, std::uint32_t>;

Graph reversed(const routing::RoadGraph& graph, routing::Profile profile) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<Arc> arcs;
    const auto times = graph.times(profile);
    for (routing::ArcId arc = 0; arc < graph.arc_count(); ++arc) {
        if (times[arc] == routing::kNoEntry) continue;
        ends.emplace_back(graph.head(arc), graph.tail(arc));
        arcs.push_back({times[arc]});
    }
    return {boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), arcs.begin(),
            static_cast<std::uint32_t>(graph.node_count())};
}

}  // namespace

struct BoostDijkstra::Impl {
    Graph graph;
    std::vector<std::uint32_t> times;
};

BoostDijkstra::BoostDijkstra(const routing::RoadGraph& graph, routing::Profile profile)
    : impl_(new Impl{reversed(graph, profile), std::vector<std::uint32_t>(graph.node_count())}) {}

BoostDijkstra::~BoostDijkstra() = default;

const std::vector<std::uint32_t>& BoostDijkstra::times_to(routing::NodeId node) {
    const auto index = get(boost::vertex_index, impl_->graph);
    boost::dijkstra_shortest_paths_no_color_map(
        impl_->graph, node,
        boost::weight_map(get(&Arc::millis, impl_->graph))
            .distance_map(boost::make_iterator_property_map(impl_->times.begin(), index))
            .distance_inf(std::numeric_limits<std::uint32_t>::max()));
    return impl_->times;
}

}  // namespace liandong::bench
