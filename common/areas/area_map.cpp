#include "common/areas/area_map.h"

#include "common/areas/area_code.h"
#include "common/areas/ring.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace liandong::areas {
namespace {

constexpr std::size_t kRaster = 96;  // cells a side: some 0.5 km in a district
constexpr domain::Meters kSeam{1.0};

std::unexpected<Error> bad(std::string_view reason, std::string_view code) {
    Error error{Code::kInvalidArgument, std::string(reason), std::string(code), {}};
    return fail(std::move(error).with("code", std::string(code)));
}

template <class Rows> auto lookup(Rows& rows, std::string_view code) -> decltype(rows.data()) {
    const auto at = std::ranges::lower_bound(
        rows, code, {}, [](const auto& row) -> std::string_view { return row.code; });
    return at == rows.end() || at->code != code ? nullptr : &*at;
}

std::string_view without_suffix(std::string_view name) {
    for (const std::string_view suffix : {"街道", "社区", "镇", "村", "乡"}) {
        if (name.size() > suffix.size() && name.ends_with(suffix))
            return name.substr(0, name.size() - suffix.size());
    }
    return {};
}

std::size_t cell_index(std::int64_t value, std::int64_t low, std::int64_t high) {
    const std::int64_t span = std::max<std::int64_t>(1, high - low + 1);
    const auto cell = (value - low) * static_cast<std::int64_t>(kRaster) / span;
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(cell, 0, static_cast<std::int64_t>(kRaster) - 1));
}

}  // namespace

Result<AreaMap> AreaMap::build(std::vector<NamedArea> areas, std::vector<GridShape> grids) {
    AreaMap map;
    std::ranges::sort(areas, {}, &NamedArea::code);
    std::ranges::sort(grids, {}, &GridShape::code);
    map.areas_ = std::move(areas);
    map.grids_ = std::move(grids);
    if (const auto status = map.check_areas(); !status) return fail(status.error());
    if (const auto status = map.check_grids(); !status) return fail(status.error());
    map.index_names();
    map.index_grids();
    return map;
}

Status AreaMap::check_areas() const {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        const NamedArea& area = areas_[i];
        const AreaLevel level = level_of(area.code);
        if (level == AreaLevel::kUnknown) return bad("AREA_CODE_MALFORMED", area.code);
        if (area.name.empty()) return bad("AREA_NAME_EMPTY", area.code);
        if (i > 0 && areas_[i - 1].code == area.code) return bad("AREA_REPEATED", area.code);
        for (const AreaLevel above :
             {AreaLevel::kDistrict, AreaLevel::kTownship, AreaLevel::kVillage}) {
            if (above < level && find(at_level(area.code, above)) == nullptr)
                return bad("AREA_PARENT_MISSING", area.code);
        }
    }
    return {};
}

Status AreaMap::check_grids() const {
    if (grids_.empty()) return bad("AREA_GRIDS_EMPTY", "");
    for (std::size_t i = 0; i < grids_.size(); ++i) {
        const GridShape& grid = grids_[i];
        if (i > 0 && grids_[i - 1].code == grid.code) return bad("AREA_REPEATED", grid.code);
        const bool named = level_of(grid.code) == AreaLevel::kGrid && find(grid.code) != nullptr;
        if (!named || grid.ring.size() < 3) return bad("AREA_RING_MALFORMED", grid.code);
    }
    return {};
}

void AreaMap::index_names() {
    for (std::size_t i = 0; i < areas_.size(); ++i) {
        by_name_[areas_[i].name].push_back(i);
        const std::string_view bare = without_suffix(areas_[i].name);
        if (!bare.empty()) by_name_[std::string(bare)].push_back(i);
    }
}

void AreaMap::index_grids() {
    bounds_ = {grids_[0].ring[0], grids_[0].ring[0]};
    const auto widen = [](Box& box, domain::Point point) {
        box.south_west.latitude_e7 = std::min(box.south_west.latitude_e7, point.latitude_e7);
        box.south_west.longitude_e7 = std::min(box.south_west.longitude_e7, point.longitude_e7);
        box.north_east.latitude_e7 = std::max(box.north_east.latitude_e7, point.latitude_e7);
        box.north_east.longitude_e7 = std::max(box.north_east.longitude_e7, point.longitude_e7);
    };
    for (const GridShape& grid : grids_) {
        Box& box = boxes_.emplace_back(Box{grid.ring[0], grid.ring[0]});
        for (const domain::Point point : grid.ring) {
            widen(box, point);
            widen(bounds_, point);
        }
    }
    cells_.resize(kRaster * kRaster);
    for (std::uint32_t i = 0; i < grids_.size(); ++i) {
        const std::size_t low = cell_of(boxes_[i].south_west), high = cell_of(boxes_[i].north_east);
        for (std::size_t row = low / kRaster; row <= high / kRaster; ++row) {
            for (std::size_t column = low % kRaster; column <= high % kRaster; ++column)
                cells_[row * kRaster + column].push_back(i);
        }
    }
}

std::size_t AreaMap::cell_of(domain::Point point) const {
    const std::size_t row = cell_index(point.latitude_e7, bounds_.south_west.latitude_e7,
                                       bounds_.north_east.latitude_e7);
    const std::size_t column = cell_index(point.longitude_e7, bounds_.south_west.longitude_e7,
                                          bounds_.north_east.longitude_e7);
    return row * kRaster + column;
}

const GridShape* AreaMap::holder_of(domain::Point point) const {
    for (const std::uint32_t i : cells_[cell_of(point)]) {
        if (is_inside(point, grids_[i].ring)) return &grids_[i];
    }
    return nullptr;
}

Location AreaMap::locate(domain::Point point) const {
    if (const GridShape* grid = holder_of(point)) return describe(*grid);
    return locate_outside(point);
}

Location AreaMap::locate_outside(domain::Point point) const {
    const LocalPlane plane(point);
    // A ring is never nearer than its box: the ring of the nearest box bounds the search.
    std::vector<double> gaps;
    gaps.reserve(boxes_.size());
    for (const Box& box : boxes_) {
        const Offset gap = plane.offset_of(
            {std::clamp(point.latitude_e7, box.south_west.latitude_e7, box.north_east.latitude_e7),
             std::clamp(point.longitude_e7, box.south_west.longitude_e7,
                        box.north_east.longitude_e7)});
        gaps.push_back(gap.east * gap.east + gap.north * gap.north);
    }
    const auto first = static_cast<std::size_t>(std::ranges::min_element(gaps) - gaps.begin());
    std::size_t nearest = first;
    domain::Meters best = distance_to_ring(plane, grids_[first].ring);
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        if (gaps[i] > best.value * best.value || i == first) continue;
        const domain::Meters meters = distance_to_ring(plane, grids_[i].ring);
        if (meters < best || (meters == best && i < nearest)) best = meters, nearest = i;
    }
    Location location = describe(grids_[nearest]);
    location.is_outside = best > kSeam;
    if (location.is_outside) location.distance = best;
    return location;
}

Location AreaMap::describe(const GridShape& grid) const {
    const auto above = [&](AreaLevel level) { return find(at_level(grid.code, level)); };
    Location location;
    location.grid = find(grid.code);
    location.village = above(AreaLevel::kVillage);
    location.township = above(AreaLevel::kTownship);
    location.district = above(AreaLevel::kDistrict);
    return location;
}

const NamedArea* AreaMap::find(std::string_view code) const { return lookup(areas_, code); }

std::vector<const NamedArea*> AreaMap::named(std::string_view name) const {
    std::vector<const NamedArea*> found;
    const auto at = by_name_.find(name);
    if (at == by_name_.end()) return found;
    for (const std::size_t i : at->second) found.push_back(&areas_[i]);
    return found;
}

std::vector<std::string> AreaMap::ambiguous_village_names() const {
    std::vector<std::string> names;
    for (const auto& [name, indexes] : by_name_) {
        const auto villages = std::ranges::count_if(indexes, [&](std::size_t i) {
            return areas_[i].name == name && level_of(areas_[i].code) == AreaLevel::kVillage;
        });
        if (villages > 1) names.push_back(name);
    }
    return names;
}

}  // namespace liandong::areas
