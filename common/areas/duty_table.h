#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace liandong::areas {

/// Who answers for an area.
enum class DutyRole : std::uint8_t {
    kGridWorker,     ///< 网格员: unit id
    kPoliceStation,  ///< 派出所值班室
    kFireStation,    ///< 消防站值班室
    kAmbulancePost,  ///< 急救站值班室
    kDutyDesk,       ///< 乡镇(街道)值班室
    kMediation,      ///< 矛盾纠纷调处中心
};

/// Duties by area. What is not set for an area is that of the smallest area above it, so a district
/// may set one for all.
class DutyTable {
public:
    /// Replaces what was set for exactly this area. An empty holder takes the entry away.
    void set(std::string_view area_code, DutyRole role, std::string holder);

    /// The holder for an area code of any level; empty when none is set up to the district.
    std::string_view find(std::string_view area_code, DutyRole role) const;

private:
    std::map<std::pair<std::string, DutyRole>, std::string> holders_;
};

}  // namespace liandong::areas
