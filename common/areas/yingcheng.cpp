#include "common/areas/yingcheng.h"

#include "common/areas/area_code.h"
#include "common/areas/voronoi.h"
#include "common/base/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

namespace liandong::areas {
namespace {

constexpr domain::Meters kMargin{1'000};

struct Sites {
    std::vector<NamedArea> areas;
    std::vector<std::string> grid_codes;
    std::vector<domain::Point> centres;
};

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t end = std::min(line.find(' ', at), line.size());
        if (end > at) words.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

std::int32_t number(std::string_view text) {
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    LIANDONG_CHECK(error == std::errc{} && end == text.data() + text.size());
    return value;
}

void read_line(std::string_view line, Sites& sites) {
    if (line.empty() || line.front() == '#') return;
    const auto words = words_of(line);
    LIANDONG_CHECK(words.size() == 2 || words.size() == 4);
    sites.areas.push_back({std::string(words[0]), std::string(words[1])});
    if (words.size() == 2) return;
    sites.grid_codes.emplace_back(words[0]);
    sites.centres.push_back({number(words[2]), number(words[3])});
}

Sites read_sites(std::string_view text) {
    Sites sites;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        read_line(text.substr(at, end - at), sites);
        at = end + 1;
    }
    return sites;
}

/// As in the simulator.
constexpr std::string_view kFireTownships[] = {"420981001", "420981004", "420981005", "420981104"};

/// Of the first corners of a township's grids.
domain::Point middle_of(const AreaMap& areas, std::string_view township) {
    std::int64_t latitude = 0, longitude = 0, count = 0;
    for (const GridShape& grid : areas.grids()) {
        if (!is_in_subtree(grid.code, township)) continue;
        latitude += grid.ring[0].latitude_e7;
        longitude += grid.ring[0].longitude_e7;
        ++count;
    }
    LIANDONG_CHECK(count > 0);
    return {static_cast<std::int32_t>(latitude / count),
            static_cast<std::int32_t>(longitude / count)};
}

/// The township of the nearest fire station.
const NamedArea* fire_township_of(const AreaMap& areas, std::string_view township) {
    const domain::Point from = middle_of(areas, township);
    return areas.find(*std::ranges::min_element(kFireTownships, {}, [&](std::string_view other) {
        return domain::distance(from, middle_of(areas, other)).value;
    }));
}

}  // namespace

AreaMap build_yingcheng_areas() {
    Sites sites = read_sites(yingcheng_areas_text());
    const auto rings = voronoi(sites.centres, kMargin);
    std::vector<GridShape> grids;
    for (std::size_t i = 0; i < rings.size(); ++i) grids.push_back({sites.grid_codes[i], rings[i]});
    auto map = AreaMap::build(std::move(sites.areas), std::move(grids));
    LIANDONG_CHECK(map.has_value());
    return std::move(*map);
}

DutyTable build_yingcheng_duties(const AreaMap& areas) {
    DutyTable duties;
    std::size_t worker = 0;
    for (const NamedArea& area : areas.areas()) {
        switch (level_of(area.code)) {
        case AreaLevel::kGrid:
            duties.set(area.code, DutyRole::kGridWorker, fmt::format("wangge-{:03}", ++worker));
            break;
        case AreaLevel::kTownship: {
            const NamedArea* fire = fire_township_of(areas, area.code);
            duties.set(area.code, DutyRole::kPoliceStation, area.name + "派出所");
            duties.set(area.code, DutyRole::kAmbulancePost, area.name + "急救站");
            duties.set(area.code, DutyRole::kDutyDesk, area.name + "值班室");
            duties.set(area.code, DutyRole::kMediation, area.name + "矛盾纠纷调处中心");
            duties.set(area.code, DutyRole::kFireStation, fire->name + "消防站");
            break;
        }
        case AreaLevel::kVillage:
            duties.set(area.code, DutyRole::kMediation, area.name + "人民调解委员会");
            break;
        case AreaLevel::kDistrict:
            duties.set(area.code, DutyRole::kDutyDesk, area.name + "应急指挥中心值班室");
            break;
        case AreaLevel::kUnknown: break;
        }
    }
    return duties;
}

}  // namespace liandong::areas
