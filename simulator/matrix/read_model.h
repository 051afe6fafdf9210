#pragma once

#include "common/base/error.h"
#include "simulator/matrix/model.h"

#include <istream>
#include <string>

namespace liandong::simulator::matrix {

/// A file by the name that its faults give.
struct NamedStream {
    std::string name;
    std::istream& in;
};

/// The five files of a model; docs/travel-matrix.md describes them.
struct ModelInput {
    NamedStream zones;   ///< zone
    NamedStream bases;   ///< base, zone
    NamedStream fleet;   ///< unit, base
    NamedStream calls;   ///< call, time_s, zone, on_scene_s, and perhaps priority
    NamedStream travel;  ///< from, to, seconds: a row for every ordered pair of zones
};

/// Reads a model. Each fault names the file, the line and the field in its message and in the
/// metadata "file", "line", "field". INVALID_ARGUMENT: COLUMN_MISSING, FIELD_COUNT, ROWS_MISSING,
/// TOO_MANY_ROWS, ID_MALFORMED, ID_REPEATED, ZONE_UNKNOWN, BASE_UNKNOWN, SECONDS_MALFORMED,
/// SECONDS_TOO_LARGE, PRIORITY_MALFORMED, PAIR_REPEATED, PAIR_MISSING (at the last line), and those
/// of CsvReader (QUOTE_UNCLOSED, QUOTE_MISPLACED, FIELD_TOO_LONG, TOO_MANY_FIELDS).
Result<Model> read_model(const ModelInput& input);

/// Where the five files lie.
struct ModelFiles {
    std::string zones;
    std::string bases;
    std::string fleet;
    std::string calls;
    std::string travel;
};

/// Also NOT_FOUND / FILE_UNREADABLE (metadata "file").
Result<Model> load_model(const ModelFiles& files);

}  // namespace liandong::simulator::matrix
