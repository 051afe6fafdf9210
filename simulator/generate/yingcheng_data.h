#pragma once

#include <array>
#include <string_view>

namespace liandong::simulator {

struct NamedArea {
    std::string_view code;  ///< GB/T 10114: 9 digits a township, 12 a village or community
    std::string_view name;
};

inline constexpr std::size_t kYingchengTownships = 17;
inline constexpr std::size_t kYingchengVillages = 294;

/// Yingcheng city (420981), Hubei: its township units and its villages and communities, in order of
/// code.
extern const std::array<NamedArea, kYingchengTownships> kTownships;
extern const std::array<NamedArea, kYingchengVillages> kVillages;

/// What the city's mission statement gives as its strength.
inline constexpr std::size_t kYingchengGrids = 548;
inline constexpr std::size_t kYingchengPatrolTeams = 17;
inline constexpr int kYingchengPatrolPeople = 220;
inline constexpr std::size_t kYingchengVolunteers = 800;
inline constexpr std::size_t kYingchengCameras = 9'987;

}  // namespace liandong::simulator
