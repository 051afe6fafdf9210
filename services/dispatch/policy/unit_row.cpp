#include "services/dispatch/policy/unit_row.h"

#include "services/dispatch/policy/vehicle.h"

#include <utility>

namespace liandong::dispatch {

namespace {

bool is_in_station_since(const domain::Unit& unit) {
    return unit.status == domain::UnitStatus::kInStation && unit.status_since > unit.position_at &&
           unit.home != domain::Point{};
}

}  // namespace

std::uint64_t capability_bit(std::string_view capability) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
    for (char c : capability) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return std::uint64_t{1} << (hash >> 58U);
}

UnitRow make_row(std::shared_ptr<const domain::Unit> unit, std::uint64_t version) {
    UnitRow row;
    row.version = version;
    row.position = unit->position;
    row.position_at = unit->position_at;
    if (is_in_station_since(*unit)) {
        row.position = unit->home;
        row.position_at = unit->status_since;
    }
    row.kind = unit->kind;
    row.availability = availability(*unit);
    row.relation = unit->relation;
    row.readiness = readiness_of(*unit);
    for (const std::string& capability : unit->capabilities)
        row.capability_bits |= capability_bit(capability);
    row.unit = std::move(unit);
    return row;
}

}  // namespace liandong::dispatch
