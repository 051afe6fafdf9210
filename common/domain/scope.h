#pragma once

#include "common/base/error.h"

#include <compare>
#include <string>
#include <string_view>

namespace liandong::domain {

/// (world, district): the unit of consistency. Both parts match [A-Za-z0-9-]{1,16}, so that no
/// brace can reach a key. `live` is the one real world; every other world is an exercise.
struct Scope {
    std::string world;
    std::string district;  ///< GB/T 2260 code such as "420981"; opaque to the code

    bool is_live() const { return world == "live"; }
    /// "<world>.<district>": the hash tag of every key.
    std::string tag() const { return world + "." + district; }

    friend auto operator<=>(const Scope&, const Scope&) = default;
};

/// Checks both parts. INVALID_ARGUMENT / SCOPE_MALFORMED, field "scope.world" or "scope.district".
Status validate(const Scope& scope);

/// Reads "<world>.<district>". INVALID_ARGUMENT / SCOPE_MALFORMED.
Result<Scope> parse_scope(std::string_view text);

}  // namespace liandong::domain
