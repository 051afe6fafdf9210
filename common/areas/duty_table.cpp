#include "common/areas/duty_table.h"

#include "common/areas/area_code.h"

namespace liandong::areas {

void DutyTable::set(std::string_view area_code, DutyRole role, std::string holder) {
    const std::pair key(std::string(area_code), role);
    if (holder.empty()) {
        holders_.erase(key);
    } else {
        holders_[key] = std::move(holder);
    }
}

std::string_view DutyTable::find(std::string_view area_code, DutyRole role) const {
    for (const AreaLevel level :
         {AreaLevel::kGrid, AreaLevel::kVillage, AreaLevel::kTownship, AreaLevel::kDistrict}) {
        const std::string_view code = at_level(area_code, level);
        if (code.empty()) continue;
        const auto holder = holders_.find({std::string(code), role});
        if (holder != holders_.end()) return holder->second;
    }
    return {};
}

}  // namespace liandong::areas
