#pragma once

#include "common/base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace liandong::cli {

/// Something that can be named on the command line.
struct Named {
    std::string id;
    std::vector<std::string> aliases;  ///< readable number, call sign, the unit of an order …
    std::string label;                 ///< how it is shown when a name fits several
};

/// Prefixes of ids shorter than this are not taken: they would be mistaken for serial numbers.
inline constexpr std::size_t kIdPrefix_min = 4;

/// The id that `text` names: an id, an alias, the end of a readable number ("000123", "123",
/// "20260718-000123") or a prefix of an id, in this order; the first of these that fits anything
/// decides. A name that fits several is never resolved silently (D15): INVALID_ARGUMENT /
/// NAME_AMBIGUOUS with metadata "candidate" for up to 8 of them. NOT_FOUND / NAME_UNKNOWN. `what`
/// is "incident", "unit" ….
Result<std::string> resolve(std::string_view what, std::string_view text,
                            const std::vector<Named>& things);

/// True for the 36 characters of a UUID: an id that needs no looking up.
bool is_uuid(std::string_view text);

}  // namespace liandong::cli
