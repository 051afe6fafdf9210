#pragma once

#include "common/routing/draft.h"
#include "common/routing/import/osm_network.h"

#include <absl/functional/function_ref.h>

#include <string>
#include <string_view>

namespace liandong::routing {

/// What is imported.
struct ImportRequest {
    /// .osm.pbf, .osm, .osm.gz (any other name: its bytes decide), a .csv of edges, or a folder or
    /// .zip of JEMSS tables.
    std::string input;
    /// The table of nodes, for a .csv; empty: the same name with "edges" replaced by "nodes".
    std::string nodes;
    BuildOptions build;
};

struct ImportReport {
    OsmNotes notes;  ///< all 0 for tables
    BuildReport build;
    std::size_t bytes = 0;  ///< of the file
};

/// Told the step ("read", "build", "write") and the share of it that is done, [0, 1].
using ImportProgress = absl::FunctionRef<void(std::string_view step, double share)>;

/// The network of that input. Errors of the readers.
Result<Draft> read_network(const ImportRequest& request, OsmNotes& notes, ImportProgress progress);

/// The bytes of the roads file of that input. Errors of the readers and of `build_roads`.
Result<std::string> import_bytes(const ImportRequest& request, ImportReport& report,
                                 ImportProgress progress);

/// Writes the roads file `out`: whole under another name first, then renamed, so that a server that
/// has the old one mapped keeps it, and nothing is left behind by a failure. Also UNAVAILABLE /
/// ROADS_FILE_NOT_WRITTEN.
Result<ImportReport> import_roads(const ImportRequest& request, const std::string& out,
                                  ImportProgress progress);

}  // namespace liandong::routing
