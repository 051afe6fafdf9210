#pragma once

#include <cstdint>
#include <string_view>

namespace liandong::areas {

/// Levels of an area code: GB/T 2260 to the district (6 digits), GB/T 10114 below it (9 digits a
/// township, 12 a village or community), and three more for a grid.
enum class AreaLevel : std::uint8_t { kUnknown, kDistrict, kTownship, kVillage, kGrid };

/// kUnknown for anything but 6, 9, 12 or 15 digits.
AreaLevel level_of(std::string_view code);

/// The code of the area of `level` that `code` lies in; empty when `code` does not reach down to
/// it. A view into `code`.
std::string_view at_level(std::string_view code, AreaLevel level);

/// True when the area `code` is `root` or lies below it: what filters and permissions ask. A
/// district code that ends in 00 or 0000 stands for its prefecture or province. An empty root holds
/// everything; a malformed one holds nothing but itself.
bool is_in_subtree(std::string_view code, std::string_view root);

}  // namespace liandong::areas
