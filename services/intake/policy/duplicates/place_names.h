#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// The names of a district that the reader of words must know. UTF-8; an English form, in lower
/// case, may stand beside the Chinese one.
struct PlaceNames {
    /// Townships without their suffix: "城北", "三合", "chengbei".
    std::vector<std::string> townships;
    /// Names of villages that more than one township has: "团结村", "tuanjie village" (D15).
    std::vector<std::string> ambiguous;

    bool is_ambiguous(std::string_view village) const;
};

}  // namespace liandong::intake
