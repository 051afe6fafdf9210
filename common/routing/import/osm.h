#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"

#include <absl/functional/function_ref.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liandong::routing {

/// Tags of one element. Views: valid during the call that hands them over.
class OsmTags {
public:
    void clear() { tags_.clear(); }
    void add(std::string_view key, std::string_view value) { tags_.emplace_back(key, value); }
    /// Empty: there is no such tag.
    std::string_view find(std::string_view key) const;
    bool has(std::string_view key, std::string_view value) const { return find(key) == value; }
    std::span<const std::pair<std::string_view, std::string_view>> all() const { return tags_; }

private:
    std::vector<std::pair<std::string_view, std::string_view>> tags_;
};

struct OsmNode {
    std::int64_t id = 0;
    domain::Point point;
    OsmTags tags;
};

struct OsmWay {
    std::int64_t id = 0;
    std::vector<std::int64_t> nodes;
    OsmTags tags;
};

enum class OsmKind : std::uint8_t { kNode, kWay, kRelation };

struct OsmMember {
    OsmKind kind = OsmKind::kNode;
    std::int64_t id = 0;
    std::string_view role;
};

struct OsmRelation {
    std::int64_t id = 0;
    std::vector<OsmMember> members;
    OsmTags tags;
};

/// Takes the elements of a file, in the file's order. Nodes whose position lies outside the globe
/// and deleted elements are left out.
class OsmSink {
public:
    virtual ~OsmSink() = default;
    virtual void node(const OsmNode&) {}
    virtual void way(const OsmWay&) {}
    virtual void relation(const OsmRelation&) {}
};

/// What of a file is read; PBF skips the rest without decoding it.
struct OsmWanted {
    bool nodes = true, ways = true, relations = true;
};

/// Told the share of the file that was read, [0, 1]; called now and then.
using OsmProgress = absl::FunctionRef<void(double share)>;

inline constexpr std::size_t kOsmWayNodes_max = 100'000;
inline constexpr std::size_t kOsmMembers_max = 100'000;
inline constexpr std::size_t kOsmTags_max = 10'000;

/// Reads OpenStreetMap data: PBF (with zlib or uncompressed blobs), or XML (0.5, 0.6), also
/// gzipped; which, its first bytes say. NOT_FOUND / OSM_FILE_UNREADABLE. INVALID_ARGUMENT /
/// OSM_FILE_BROKEN with metadata "byte" (PBF: of the block) or "line" (XML): cut short, damaged,
/// above a limit, or of another kind. The sink may have been given a part by then.
Status read_osm(const std::string& file, OsmWanted wanted, OsmSink& sink, OsmProgress progress);

/// The same from bytes in memory, for tests.
Status read_osm_bytes(std::string_view bytes, OsmWanted wanted, OsmSink& sink);

}  // namespace liandong::routing
