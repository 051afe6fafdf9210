#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"
#include "common/routing/closures.h"
#include "common/routing/snap.h"
#include "common/routing/weights.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace liandong::roads {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  ///< asked for soundly, and not so
inline constexpr int kExitUsage = 2;   ///< faulty options or files

/// One line on standard error: message and reason. Gives kExitUsage.
int complain(const Error& error);

/// What all questions to a roads file share: the file, whose roads, how large the vehicle is, what
/// is closed.
struct RoadOptions {
    std::string file;
    std::string profile = "emergency";
    std::string datum = "wgs84";
    double height_meters = 0, width_meters = 0, weight_tonnes = 0;
    std::vector<std::string> closed;  ///< "lat,lon" on roads that are closed now
    double snap_meters = 500;

    /// `app` writes into this object when it parses: it must outlive that.
    void add_to(CLI::App& app);

    /// INVALID_ARGUMENT / PLACE_MALFORMED: not "lat,lon" in degrees; errors of `to_wgs84`.
    Result<domain::Point> place(const std::string& text) const;
    /// Maps the file and leaves out what the vehicle may not use. Errors of RoadGraph::open, of
    /// `place` and of `snap`.
    Result<routing::Weights> open() const;
};

/// "3 m from Carrer Major (residential), both ways".
std::string describe(const routing::RoadGraph& graph, const routing::RoadPosition& at);

/// Writes a whole file. UNAVAILABLE / FILE_NOT_WRITTEN.
Status write_text(const std::string& file, const std::string& text);

}  // namespace liandong::roads
