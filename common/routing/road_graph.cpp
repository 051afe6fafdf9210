#include "common/routing/road_graph.h"

#include "common/routing/road_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace liandong::routing {

struct RoadGraph::Bytes {
    const char* begin = nullptr;
    std::size_t size = 0;
    bool mapped = false;

    Bytes() = default;
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;
    ~Bytes() {
        if (mapped) {
            ::munmap(const_cast<char*>(begin), size);
        } else {
            ::operator delete(const_cast<char*>(begin));
        }
    }
};

namespace {

std::unexpected<Error> unreadable(const std::string& file, std::string_view why) {
    return fail(Code::kNotFound, "ROADS_FILE_UNREADABLE", fmt::format("{}: {}", file, why));
}

}  // namespace

RoadGraph::RoadGraph(std::unique_ptr<Bytes> bytes, std::unique_ptr<RoadGraphData> data)
    : bytes_(std::move(bytes)), data_(std::move(data)) {}

RoadGraph::~RoadGraph() = default;

Result<std::shared_ptr<const RoadGraph>> RoadGraph::over(std::unique_ptr<Bytes> bytes) {
    auto data = decode_roads({bytes->begin, bytes->size});
    if (!data) return std::unexpected(data.error());
    return std::shared_ptr<const RoadGraph>(
        new RoadGraph(std::move(bytes), std::make_unique<RoadGraphData>(*data)));
}

Result<std::shared_ptr<const RoadGraph>> RoadGraph::open(const std::string& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return unreadable(file, std::strerror(errno));
    struct stat facts{};
    const bool usable = ::fstat(descriptor, &facts) == 0 && S_ISREG(facts.st_mode);
    if (!usable || facts.st_size == 0) {
        ::close(descriptor);
        return unreadable(file, usable ? "is empty" : "is no regular file");
    }
    auto bytes = std::make_unique<Bytes>();
    const auto size = static_cast<std::size_t>(facts.st_size);
    void* begin = ::mmap(nullptr, size, PROT_READ, MAP_SHARED | MAP_POPULATE, descriptor, 0);
    const int error = errno;
    ::close(descriptor);
    if (begin == MAP_FAILED) return unreadable(file, std::strerror(error));
    bytes->begin = static_cast<const char*>(begin);
    bytes->size = size;
    bytes->mapped = true;
    auto graph = over(std::move(bytes));
    if (!graph) {
        Error named = graph.error();
        named.message = fmt::format("{}: {}", file, named.message);
        return fail(std::move(named));
    }
    return graph;
}

Result<std::shared_ptr<const RoadGraph>> RoadGraph::from_bytes(std::string_view text) {
    auto bytes = std::make_unique<Bytes>();
    char* copy = static_cast<char*>(::operator new(std::max<std::size_t>(text.size(), 1)));
    bytes->begin = copy;
    bytes->size = text.size();
    std::memcpy(copy, text.data(), text.size());
    return over(std::move(bytes));
}

std::size_t RoadGraph::node_count() const { return data_->counts.nodes; }
std::size_t RoadGraph::arc_count() const { return data_->counts.arcs; }
std::size_t RoadGraph::road_count() const { return data_->counts.roads; }
std::string_view RoadGraph::source() const { return {data_->source.data(), data_->source.size()}; }
std::size_t RoadGraph::file_bytes() const { return bytes_->size; }

domain::Point RoadGraph::point(NodeId node) const { return data_->node_points[node]; }
NodeId RoadGraph::tail(ArcId arc) const { return data_->tails[arc]; }
NodeId RoadGraph::head(ArcId arc) const { return data_->heads[arc]; }
std::span<const NodeId> RoadGraph::tails() const { return data_->tails; }
std::span<const NodeId> RoadGraph::heads() const { return data_->heads; }
std::span<const ArcId> RoadGraph::first_in() const { return data_->first_in; }

std::span<const ArcId> RoadGraph::arcs_out(NodeId node) const {
    const std::uint32_t begin = data_->first_out[node];
    return data_->arcs_out.subspan(begin, data_->first_out[node + 1] - begin);
}

std::span<const std::uint32_t> RoadGraph::times(Profile profile) const {
    return data_->times[index_of(profile)];
}

RoadId RoadGraph::road(ArcId arc) const { return data_->arc_roads[arc] / 2; }
bool RoadGraph::is_forward(ArcId arc) const { return data_->arc_roads[arc] % 2 == 1; }

ArcId RoadGraph::arc_of(RoadId road, bool forward) const {
    return forward ? data_->forward_arc[road] : data_->backward_arc[road];
}

std::ranges::iota_view<ArcId, ArcId> RoadGraph::twins(ArcId original) const {
    const auto roads = data_->arc_roads;
    ArcId end = original + 1;
    while (end < roads.size() && roads[end] == roads[original]) ++end;
    return {original + 1, end};
}

double RoadGraph::length_meters(RoadId road) const { return data_->length_cm[road] / 100.0; }
RoadClass RoadGraph::road_class(RoadId road) const { return data_->classes[road]; }
std::uint8_t RoadGraph::flags(RoadId road) const { return data_->flags[road]; }
std::string_view RoadGraph::name(RoadId road) const {
    return data_->names.data() + data_->name_begin[road];
}

bool is_above(const SizeLimits& vehicle, const SizeLimits& limits) {
    const auto above = [](std::uint32_t size, std::uint32_t limit) {
        return limit != 0 && size > limit;
    };
    return above(vehicle.height_cm, limits.height_cm) || above(vehicle.width_cm, limits.width_cm) ||
           above(vehicle.weight_kg, limits.weight_kg);
}

SizeLimits RoadGraph::limits(RoadId road) const {
    const auto found = std::ranges::lower_bound(data_->limited_roads, road);
    if (found == data_->limited_roads.end() || *found != road) return {};
    return data_->limits[static_cast<std::size_t>(found - data_->limited_roads.begin())];
}

std::span<const domain::Point> RoadGraph::line(RoadId road) const {
    const std::uint32_t begin = data_->first_point[road];
    return data_->points.subspan(begin, data_->first_point[road + 1] - begin);
}

}  // namespace liandong::routing
