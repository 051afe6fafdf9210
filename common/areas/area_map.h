#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::areas {

/// An area by its code and name. Codes: `area_code.h`.
struct NamedArea {
    std::string code;
    std::string name;

    friend bool operator==(const NamedArea&, const NamedArea&) = default;
};

/// The ground of a grid: a closed ring without the repetition of its first point, at least three
/// points, either way round. Grids must not overlap; where they do, the smaller code wins.
struct GridShape {
    std::string code;  ///< 15 digits
    std::vector<domain::Point> ring;
};

/// Where a point lies. Views into the map that gave it.
struct Location {
    const NamedArea* grid = nullptr;
    const NamedArea* village = nullptr;
    const NamedArea* township = nullptr;
    const NamedArea* district = nullptr;
    bool is_outside = false;  ///< in no grid: the nearest one is named, to be confirmed by a person
    domain::Meters distance;  ///< to that grid; 0 inside
};

/// Grid → village → township → district of one district, by polygon. Immutable.
class AreaMap {
public:
    /// INVALID_ARGUMENT: AREA_CODE_MALFORMED, AREA_NAME_EMPTY, AREA_REPEATED, AREA_PARENT_MISSING
    /// (a code whose village, township or district is not named), AREA_RING_MALFORMED (fewer than
    /// three points, or of an area that is no named grid), AREA_GRIDS_EMPTY; metadata "code".
    static Result<AreaMap> build(std::vector<NamedArea> areas, std::vector<GridShape> grids);

    /// The grid that holds the point, or the nearest one, flagged. A point less than a metre
    /// outside of all grids counts as inside: neighbours' rings are rounded to centimetres apart.
    /// Some 0.3 µs inside, some 3 µs outside of Yingcheng's 548 grids.
    Location locate(domain::Point point) const;

    /// nullptr: no such area.
    const NamedArea* find(std::string_view code) const;

    /// Every area that bears this name, in order of code: a name is never resolved silently (D15).
    /// A village is also found without its suffix 村 or 社区, a township without 镇 or 街道.
    std::vector<const NamedArea*> named(std::string_view name) const;

    /// Names that more than one village bears, sorted.
    std::vector<std::string> ambiguous_village_names() const;

    /// In order of code.
    const std::vector<NamedArea>& areas() const { return areas_; }
    const std::vector<GridShape>& grids() const { return grids_; }

private:
    struct Box {
        domain::Point south_west, north_east;
    };

    AreaMap() = default;
    Status check_areas() const;
    Status check_grids() const;
    void index_names();
    void index_grids();
    std::size_t cell_of(domain::Point point) const;
    const GridShape* holder_of(domain::Point point) const;
    Location locate_outside(domain::Point point) const;
    Location describe(const GridShape& grid) const;

    std::vector<NamedArea> areas_;
    std::vector<GridShape> grids_;  // in order of code
    std::vector<Box> boxes_;        // of grids_
    Box bounds_{};
    std::vector<std::vector<std::uint32_t>> cells_;  // raster over bounds_: grids whose box touches
    std::map<std::string, std::vector<std::size_t>, std::less<>> by_name_;
};

}  // namespace liandong::areas
