#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/domain/geo.h"

#include <array>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::simulator {

/// The stamps of a row in the order in which they should happen.
enum class SfStamp : std::uint8_t {
    kReceived,
    kEntry,
    kDispatch,
    kResponse,
    kOnScene,
    kTransport,
    kHospital,
    kAvailable
};
inline constexpr std::array<std::string_view, 8> kSfStampColumns = {
    "Received DtTm", "Entry DtTm",     "Dispatch DtTm", "Response DtTm",
    "On Scene DtTm", "Transport DtTm", "Hospital DtTm", "Available DtTm"};

/// One unit on one call.
struct SfRow {
    std::size_t line = 0;
    std::string call;
    std::string unit;
    std::string unit_type;
    std::string call_type;
    std::string call_group;
    std::string address;
    std::string station_area;
    std::string priority;
    domain::Point location;
    std::array<std::optional<Timestamp>, 8> stamps;

    std::optional<Timestamp> stamp(SfStamp which) const {
        return stamps[static_cast<std::size_t>(which)];
    }
};

struct SfStation {
    int number = 0;
    std::string name;
    domain::Point position;
};

/// All rows in file order. Errors: see `import_san_francisco`.
Result<std::vector<SfRow>> read_sf_rows(std::istream& in);

/// The stations that have a number, in order of it.
Result<std::vector<SfStation>> read_sf_stations(std::istream& in);

/// The station whose number the digits of a unit's or an area's name are ("E38" → 38); nullptr:
/// none.
const SfStation* station_with(const std::vector<SfStation>& stations, std::string_view text);

}  // namespace liandong::simulator
