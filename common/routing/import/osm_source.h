#pragma once

#include "common/routing/import/osm.h"

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace liandong::routing {

/// Bytes in order, from a file or from memory.
class OsmSource {
public:
    virtual ~OsmSource() = default;
    /// Up to `size` bytes into `to`; fewer only at the end. OSM_FILE_UNREADABLE.
    virtual Result<std::size_t> read(char* to, std::size_t size) = 0;
    /// How much was read, and of how much.
    virtual std::uint64_t position() const = 0;
    virtual std::uint64_t size() const = 0;
};

/// NOT_FOUND / OSM_FILE_UNREADABLE.
Result<std::unique_ptr<OsmSource>> open_source(const std::string& file);
/// `bytes` must outlive it.
std::unique_ptr<OsmSource> source_of(std::string_view bytes);

/// INVALID_ARGUMENT / OSM_FILE_BROKEN with one metadata pair.
std::unexpected<Error> osm_broken(std::string_view what, std::string key, std::uint64_t where);

/// `first` are bytes that were read from the source already, to find out its kind.
Status read_pbf(std::string_view first, OsmSource& source, OsmWanted wanted, OsmSink& sink,
                OsmProgress progress);
Status read_xml(std::string_view first, OsmSource& source, OsmWanted wanted, OsmSink& sink,
                OsmProgress progress);

/// Degrees → the stored form; false: outside the globe.
bool to_point(double latitude, double longitude, domain::Point& point);

}  // namespace liandong::routing
