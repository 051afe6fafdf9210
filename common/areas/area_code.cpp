#include "common/areas/area_code.h"

#include <algorithm>

namespace liandong::areas {
namespace {

std::size_t length_of(AreaLevel level) {
    switch (level) {
    case AreaLevel::kUnknown: return 0;
    case AreaLevel::kDistrict: return 6;
    case AreaLevel::kTownship: return 9;
    case AreaLevel::kVillage: return 12;
    case AreaLevel::kGrid: return 15;
    }
    return 0;
}

/// "420900" and "420000" are a prefecture and a province: what lies in them begins with 4209 or 42.
std::string_view without_padding(std::string_view root) {
    if (root.size() != 6) return root;
    if (root.ends_with("0000")) return root.substr(0, 2);
    return root.ends_with("00") ? root.substr(0, 4) : root;
}

}  // namespace

AreaLevel level_of(std::string_view code) {
    if (!std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; }))
        return AreaLevel::kUnknown;
    switch (code.size()) {
    case 6: return AreaLevel::kDistrict;
    case 9: return AreaLevel::kTownship;
    case 12: return AreaLevel::kVillage;
    case 15: return AreaLevel::kGrid;
    default: return AreaLevel::kUnknown;
    }
}

std::string_view at_level(std::string_view code, AreaLevel level) {
    const std::size_t length = length_of(level);
    if (level_of(code) == AreaLevel::kUnknown || length == 0 || code.size() < length) return {};
    return code.substr(0, length);
}

bool is_in_subtree(std::string_view code, std::string_view root) {
    if (root.empty() || code == root) return true;
    if (level_of(root) == AreaLevel::kUnknown || level_of(code) == AreaLevel::kUnknown)
        return false;
    return code.size() >= root.size() && code.starts_with(without_padding(root));
}

}  // namespace liandong::areas
