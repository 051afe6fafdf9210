#pragma once

#include "common/base/error.h"
#include "simulator/scenario/scenario.h"

#include <istream>
#include <map>
#include <string>
#include <vector>

namespace liandong::simulator {

/// What is odd in a record, kept as it is and listed for people.
struct ImportFlaws {
    std::vector<std::string> overlaps;  ///< a unit dispatched before its previous call released it
    std::vector<std::string> out_of_order;              ///< rows whose stamps run backwards
    std::map<std::string, std::size_t> missing_stamps;  ///< by column
};

struct Imported {
    Scenario scenario;
    std::size_t rows = 0;  ///< one unit on one call each
    ImportFlaws flaws;
};

/// Reads the San Francisco Fire Department's "Fire Department Calls for Service" (DataSF; one row =
/// one unit on one call) and its stations. A call becomes a report that needs as many units of each
/// type as were sent; the recorded stamps are kept beside it. Where a unit stood is not recorded,
/// so engines and trucks start at the station of their number (else of the call's station area) and
/// all others are spread over the stations in order of their ids. INVALID_ARGUMENT with metadata
/// "line": the reasons of `CsvReader`, COLUMN_MISSING, FIELD_COUNT, TIME_MALFORMED,
/// LOCATION_MALFORMED, STATION_MALFORMED, STAMP_MISSING (Received or Dispatch), UNIT_ID_MALFORMED,
/// STATIONS_MISSING, ROWS_MISSING.
Result<Imported> import_san_francisco(std::istream& calls, std::istream& stations);

}  // namespace liandong::simulator
