#include "simulator/import/sf_stamps.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace liandong::simulator {
namespace {

std::string_view group_of(const SfRow& row) {
    if (row.unit_type == "ENGINE") return "fire_engine";
    return row.unit_type == "TRUCK" ? "fire_truck" : "";
}

std::vector<const SfRow*> in_order(const std::vector<SfRow>& rows) {
    std::vector<const SfRow*> sorted;
    for (const SfRow& row : rows) sorted.push_back(&row);
    std::ranges::sort(sorted, [](const SfRow* a, const SfRow* b) {
        return std::tuple(*a->stamp(SfStamp::kDispatch), a->unit, a->line) <
               std::tuple(*b->stamp(SfStamp::kDispatch), b->unit, b->line);
    });
    return sorted;
}

}  // namespace

std::vector<routing::Stamp> sf_stamps(const std::vector<SfRow>& rows,
                                      const std::vector<SfStation>& stations) {
    std::map<std::string, Timestamp> free_since;
    std::vector<routing::Stamp> stamps;
    for (const SfRow* row : in_order(rows)) {
        const Timestamp sent = *row->stamp(SfStamp::kDispatch);
        const auto before = free_since.find(row->unit);
        const bool is_home = before == free_since.end() || sent - before->second >= kBackInQuarters;
        Timestamp& free = free_since[row->unit];
        free = std::max(free, row->stamp(SfStamp::kAvailable).value_or(free));
        const auto departed = row->stamp(SfStamp::kResponse),
                   arrived = row->stamp(SfStamp::kOnScene);
        const SfStation* quarters = station_with(stations, row->unit);
        if (!is_home || group_of(*row).empty() || quarters == nullptr || !departed || !arrived)
            continue;
        stamps.push_back({.group = std::string(group_of(*row)),
                          .profile = row->priority == "3" ? routing::Profile::kEmergency
                                                          : routing::Profile::kCar,
                          .from = quarters->position,
                          .to = row->location,
                          .sent = sent,
                          .departed = *departed,
                          .arrived = *arrived});
    }
    return stamps;
}

}  // namespace liandong::simulator
