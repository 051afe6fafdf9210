#pragma once

#include "common/routing/draft.h"
#include "common/routing/import/osm.h"

#include <string>

namespace liandong::routing {

/// What was found in a map, and what of it was passed over.
struct OsmNotes {
    std::size_t ways = 0;              ///< that are roads for somebody
    std::size_t barriers = 0;          ///< on them
    std::size_t turn_bans = 0;         ///< restrictions that hold
    std::size_t bans_by_way = 0;       ///< passed over: via a way
    std::size_t bans_conditional = 0;  ///< passed over: only at times
    std::size_t bans_unclear = 0;      ///< passed over: members that do not meet, or not just once
    std::size_t cut_ways = 0;          ///< nodes of theirs are not in the file
};

/// Reads the roads of a map (docs/roads.md): two passes over the file, ways and relations first, so
/// that only the nodes of roads are kept. Errors of `read_osm`.
Result<Draft> read_osm_network(const std::string& file, OsmNotes& notes, OsmProgress progress);
/// The same from bytes in memory.
Result<Draft> read_osm_network_bytes(std::string_view bytes, OsmNotes& notes);

}  // namespace liandong::routing
