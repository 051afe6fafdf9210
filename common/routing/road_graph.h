#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"
#include "common/routing/road_class.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <string_view>

namespace liandong::routing {

using NodeId = std::uint32_t;  ///< [0, graph.node_count())
using ArcId = std::uint32_t;   ///< [0, graph.arc_count())
using RoadId = std::uint32_t;  ///< [0, graph.road_count())
inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// The time of an arc that a profile may not use.
inline constexpr std::uint32_t kNoEntry = std::numeric_limits<std::uint32_t>::max();
/// No arc takes longer than this (about 12 days), so that a path's time fits into 32 bits until a
/// search stops at it.
inline constexpr std::uint32_t kArcMillis_max = 1'000'000'000;

/// How large a vehicle may be on a road; 0: the road does not say.
struct SizeLimits {
    std::uint16_t height_cm = 0;
    std::uint16_t width_cm = 0;
    std::uint32_t weight_kg = 0;
    friend bool operator==(const SizeLimits&, const SizeLimits&) = default;
};
/// Whether a vehicle of these sizes (0: no matter) is above one of the limits.
bool is_above(const SizeLimits& vehicle, const SizeLimits& limits);

/// Facts of a road, as bits.
enum RoadFlag : std::uint8_t {
    kRoundabout = 1,
    kBarrier = 2,  ///< a gate or bollard: a road of no length between two nodes at one place
    kTunnel = 4,
    kBridge = 8,
    kLimited = 16,  ///< has SizeLimits
};

/// The part of the file that a search reads: columns over the mapped bytes.
struct RoadGraphData;

/// A road network, read only, mapped from a file that `liandong-roads import` wrote.
///
/// *Node*: a junction, dead end or barrier. *Road*: what lies between two nodes, with its line,
/// class, name and limits. *Arc*: a road in one direction; every profile has a time for it or no
/// entry. For each profile, the arcs it may use form one strongly connected network: from any of
/// them every other can be reached.
///
/// Turn restrictions are part of the network: where arriving by one arc forbids leaving by another,
/// that arc ends in a node of its own (at the same place), whose outgoing arcs are twins of the
/// original ones, without the forbidden. A plain search over nodes is therefore exact. A twin has
/// its original's road and head; places on roads name originals only.
///
/// Arcs are numbered by head: those into node `v` are [first_in(v), first_in(v + 1)). Immutable and
/// free of locks: may be shared between threads.
class RoadGraph {
public:
    /// Maps `file`. NOT_FOUND / ROADS_FILE_UNREADABLE; FAILED_PRECONDITION / ROADS_FILE_BROKEN (not
    /// such a file, cut short, or damaged), ROADS_FILE_VERSION (written by another release).
    /// The file may be replaced (renamed over) while it is mapped, but never written to.
    static Result<std::shared_ptr<const RoadGraph>> open(const std::string& file);
    /// The same from bytes in memory, for tests; they are copied.
    static Result<std::shared_ptr<const RoadGraph>> from_bytes(std::string_view bytes);

    ~RoadGraph();
    RoadGraph(const RoadGraph&) = delete;
    RoadGraph& operator=(const RoadGraph&) = delete;

    std::size_t node_count() const;
    std::size_t arc_count() const;
    std::size_t road_count() const;
    /// Where the data came from ("andorra.osm.pbf") and the size of the file in bytes.
    std::string_view source() const;
    std::size_t file_bytes() const;

    domain::Point point(NodeId node) const;
    NodeId tail(ArcId arc) const;
    NodeId head(ArcId arc) const;
    /// The columns that searches run over: by arc, and by node (size node_count() + 1).
    std::span<const NodeId> tails() const;
    std::span<const NodeId> heads() const;
    std::span<const ArcId> first_in() const;
    /// Arcs out of `node`, ascending.
    std::span<const ArcId> arcs_out(NodeId node) const;
    /// By arc: milliseconds at the map's or the class's speed, in [0, kArcMillis_max], or kNoEntry.
    std::span<const std::uint32_t> times(Profile profile) const;

    RoadId road(ArcId arc) const;
    /// True if the arc runs with the road's line.
    bool is_forward(ArcId arc) const;
    /// The road's arc with or against its line (never a twin); kNone: nobody may go that way.
    ArcId arc_of(RoadId road, bool forward) const;
    /// The arcs with the same road, direction and head as `original`, itself excepted.
    std::ranges::iota_view<ArcId, ArcId> twins(ArcId original) const;

    double length_meters(RoadId road) const;
    RoadClass road_class(RoadId road) const;
    std::uint8_t flags(RoadId road) const;  ///< bits of RoadFlag
    /// UTF-8, as the map writes it; empty: none. Valid as long as the graph.
    std::string_view name(RoadId road) const;
    SizeLimits limits(RoadId road) const;
    /// At least two points; the ends are those of the road's nodes.
    std::span<const domain::Point> line(RoadId road) const;

    const RoadGraphData& data() const { return *data_; }

private:
    struct Bytes;
    RoadGraph(std::unique_ptr<Bytes> bytes, std::unique_ptr<RoadGraphData> data);
    static Result<std::shared_ptr<const RoadGraph>> over(std::unique_ptr<Bytes> bytes);

    std::unique_ptr<Bytes> bytes_;
    std::unique_ptr<RoadGraphData> data_;
};

}  // namespace liandong::routing
