#include "simulator/import/san_francisco.h"

#include "simulator/import/sf_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <tuple>

namespace liandong::simulator {
namespace {

using domain::UnitKind;

constexpr Duration kSceneUnknown = std::chrono::minutes{10};

/// "Structure Fire" → "structure_fire", at most `bytes_max`.
std::string to_code(std::string_view words, std::size_t bytes_max) {
    std::string code;
    for (const char c : words) {
        const auto byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) != 0) {
            code += static_cast<char>(std::tolower(byte));
        } else if (!code.empty() && code.back() != '_') {
            code += '_';
        }
    }
    code.resize(std::min(code.size(), bytes_max));
    while (!code.empty() && code.back() == '_') code.pop_back();
    return code;
}

UnitKind kind_of(std::string_view unit_type) {
    if (unit_type == "ENGINE") return UnitKind::kFireEngine;
    if (unit_type == "TRUCK" || unit_type == "RESCUE SQUAD") return UnitKind::kFireTruck;
    if (unit_type == "CHIEF" || unit_type == "RESCUE CAPTAIN") return UnitKind::kFireChief;
    if (unit_type == "MEDIC" || unit_type == "PRIVATE") return UnitKind::kAmbulance;
    return UnitKind::kOther;
}

int crew_of(UnitKind kind) {
    if (kind == UnitKind::kFireEngine) return 4;
    if (kind == UnitKind::kFireTruck) return 5;
    return kind == UnitKind::kFireChief ? 1 : 2;
}

const SfStation& quarters_of(const SfRow& row, const std::vector<SfStation>& stations,
                             std::size_t turn) {
    if (row.unit_type == "ENGINE" || row.unit_type == "TRUCK") {
        if (const auto* own = station_with(stations, row.unit)) return *own;
        if (const auto* area = station_with(stations, row.station_area)) return *area;
    }
    return stations[turn % stations.size()];
}

std::vector<domain::Unit> units_of(const std::vector<SfRow>& rows,
                                   const std::vector<SfStation>& stations) {
    std::map<std::string, const SfRow*> first_row;
    for (const SfRow& row : rows) first_row.emplace(row.unit, &row);
    std::vector<domain::Unit> units;
    for (const auto& [id, row] : first_row) {
        const SfStation& quarters = quarters_of(*row, stations, units.size());
        domain::Unit& unit = units.emplace_back();
        unit.id = id;
        unit.call_sign = id;
        unit.agency = row->unit_type == "PRIVATE" ? "private-ambulance" : "sffd";
        unit.kind = kind_of(row->unit_type);
        unit.capabilities = {to_code(row->unit_type, 32)};
        unit.crew = crew_of(unit.kind);
        unit.station = quarters.name;
        unit.home = quarters.position;
        unit.status = domain::UnitStatus::kInStation;
    }
    return units;
}

/// As many units of each type as were sent.
std::vector<Need> needs_of(const std::vector<const SfRow*>& rows) {
    std::map<std::string, Need> needs;
    for (const SfRow* row : rows) {
        const auto [need, added] = needs.try_emplace(
            row->unit_type, Need{to_code(row->unit_type, 32), {kind_of(row->unit_type)}, 0});
        ++need->second.count;
    }
    std::vector<Need> result;
    for (auto& [type, need] : needs) result.push_back(std::move(need));
    return result;
}

/// Median time from arrival (else from dispatch) to release.
Duration scene_of(const std::vector<const SfRow*>& rows) {
    std::vector<Duration> times;
    for (const SfRow* row : rows) {
        const auto from = row->stamp(SfStamp::kOnScene) ? row->stamp(SfStamp::kOnScene)
                                                        : row->stamp(SfStamp::kDispatch);
        const auto to = row->stamp(SfStamp::kAvailable);
        if (to && *to > *from) times.push_back(*to - *from);
    }
    if (times.empty()) return kSceneUnknown;
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                     times.end());
    return times[times.size() / 2];
}

domain::Channel channel_of(const SfRow& row) {
    if (row.call_type == "Alarms") return domain::Channel::kAlarm;
    return row.call_type == "Medical Incident" ? domain::Channel::kPhone120
                                               : domain::Channel::kPhone119;
}

std::vector<RecordedOrder> recorded_of(const std::vector<const SfRow*>& rows, Timestamp start) {
    const auto offset = [&](const SfRow& row, SfStamp which) {
        const auto stamp = row.stamp(which);
        return stamp ? std::optional(*stamp - start) : std::nullopt;
    };
    std::vector<RecordedOrder> orders;
    for (const SfRow* row : rows) {
        orders.push_back({row->unit, *offset(*row, SfStamp::kDispatch),
                          offset(*row, SfStamp::kResponse), offset(*row, SfStamp::kOnScene),
                          offset(*row, SfStamp::kAvailable)});
    }
    std::sort(orders.begin(), orders.end(), [](const RecordedOrder& a, const RecordedOrder& b) {
        return std::tie(a.dispatched, a.unit_id) < std::tie(b.dispatched, b.unit_id);
    });
    return orders;
}

ScenarioReport report_of(const std::vector<const SfRow*>& rows, Timestamp start) {
    const SfRow& first = *rows.front();
    ScenarioReport report;
    report.id = first.call;
    report.at = *first.stamp(SfStamp::kReceived) - start;
    report.channel = channel_of(first);
    report.words =
        fmt::format("{} ({}), priority {}", first.call_type,
                    first.call_group.empty() ? "no group" : first.call_group, first.priority);
    report.words_charset = "utf-8";
    report.type_code = to_code(first.call_type, domain::kTypeCode_max);
    report.life_threatening = first.call_group == "Potentially Life-Threatening";
    report.position = ReportedPosition{first.location.latitude(), first.location.longitude(),
                                       domain::Datum::kWgs84};
    report.address = first.address;
    report.needs = needs_of(rows);
    report.scene = scene_of(rows);
    report.recorded = recorded_of(rows, start);
    return report;
}

std::vector<ScenarioReport> reports_of(const std::vector<SfRow>& rows, Timestamp start) {
    std::map<std::string, std::vector<const SfRow*>> calls;
    for (const SfRow& row : rows) calls[row.call].push_back(&row);
    std::vector<ScenarioReport> reports;
    for (const auto& [call, its_rows] : calls) reports.push_back(report_of(its_rows, start));
    std::sort(reports.begin(), reports.end(), [](const ScenarioReport& a, const ScenarioReport& b) {
        return std::tie(a.at, a.id) < std::tie(b.at, b.id);
    });
    return reports;
}

void note_out_of_order(const SfRow& row, ImportFlaws& flaws) {
    std::size_t last = 0;
    for (std::size_t i = 1; i < row.stamps.size(); ++i) {
        if (!row.stamps[i]) continue;
        if (*row.stamps[i] < *row.stamps[last]) {
            flaws.out_of_order.push_back(fmt::format("line {}: {} on call {}: {} before {}",
                                                     row.line, row.unit, row.call,
                                                     kSfStampColumns[i], kSfStampColumns[last]));
            return;
        }
        last = i;
    }
}

ImportFlaws flaws_of(const std::vector<SfRow>& rows) {
    ImportFlaws flaws;
    std::map<std::string, std::vector<const SfRow*>> by_unit;
    for (const SfRow& row : rows) {
        by_unit[row.unit].push_back(&row);
        note_out_of_order(row, flaws);
        for (std::size_t i = 0; i < row.stamps.size(); ++i) {
            if (!row.stamps[i]) ++flaws.missing_stamps[std::string(kSfStampColumns[i])];
        }
    }
    for (auto& [unit, its_rows] : by_unit) {
        std::sort(its_rows.begin(), its_rows.end(), [](const SfRow* a, const SfRow* b) {
            return std::tuple(*a->stamp(SfStamp::kDispatch), a->line) <
                   std::tuple(*b->stamp(SfStamp::kDispatch), b->line);
        });
        for (std::size_t i = 1; i < its_rows.size(); ++i) {
            const auto released = its_rows[i - 1]->stamp(SfStamp::kAvailable);
            if (!released || *its_rows[i]->stamp(SfStamp::kDispatch) >= *released) continue;
            flaws.overlaps.push_back(
                fmt::format("line {}: {} sent to call {} before call {} released it",
                            its_rows[i]->line, unit, its_rows[i]->call, its_rows[i - 1]->call));
        }
    }
    return flaws;
}

/// The local midnight (UTC−8) before the first call, so that offsets read as times of day.
Timestamp start_of(const std::vector<SfRow>& rows) {
    Timestamp first = *rows.front().stamp(SfStamp::kReceived);
    for (const SfRow& row : rows) first = std::min(first, *row.stamp(SfStamp::kReceived));
    constexpr auto kBehind = std::chrono::hours{8};
    return std::chrono::floor<std::chrono::days>(first - kBehind) + kBehind;
}

}  // namespace

Result<Imported> import_san_francisco(std::istream& calls, std::istream& stations) {
    const auto station_list = read_sf_stations(stations);
    if (!station_list) return std::unexpected(station_list.error());
    const auto rows = read_sf_rows(calls);
    if (!rows) return std::unexpected(rows.error());
    Imported imported;
    imported.rows = rows->size();
    imported.flaws = flaws_of(*rows);
    Scenario& scenario = imported.scenario;
    scenario.header.name = "sf-fire-calls";
    scenario.header.district = "sf";
    scenario.header.start = start_of(*rows);
    scenario.header.provenance =
        "San Francisco Fire Department Calls for Service (DataSF, ODC PDDL). Recorded: calls, "
        "units, stamps; locations "
        "shifted to block or intersection by the source. Assumed: where units stand at the start.";
    scenario.units = units_of(*rows, *station_list);
    scenario.reports = reports_of(*rows, scenario.header.start);
    return imported;
}

}  // namespace liandong::simulator
