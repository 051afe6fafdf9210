#include "services/dispatch/rpc/read_requests.h"

#include "common/api/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace liandong::dispatch {
namespace {

using namespace domain;

constexpr std::size_t kNeeds_max = 16;
constexpr std::uint32_t kNeedCount_max = 50;
constexpr std::size_t kCapability_max = 32;
constexpr int kKinds_max = 16;
constexpr std::size_t kReason_max = 200;
constexpr std::int64_t kYear2200Micros = 7'258'118'400'000'000;

Status check_count(std::size_t count, std::size_t most, std::string_view field) {
    if (count == 0)
        return invalid_field(std::string(field), "LIST_EMPTY", "at least one is needed");
    if (count > most)
        return invalid_field(std::string(field), "TOO_MANY",
                             fmt::format("{}, the limit is {}", count, most));
    return {};
}

/// Puts "units[3]." before the field that `error` names.
std::unexpected<Error> within(std::string_view prefix, Error error) {
    for (auto& [key, value] : error.metadata) {
        if (key == "field") value = fmt::format("{}.{}", prefix, value);
    }
    return fail(std::move(error));
}

Result<std::optional<UnitStatus>> read_import_status(const v1::Unit& in) {
    if (in.status() == v1::UNIT_STATUS_UNSPECIFIED) return std::nullopt;
    const auto status = api::read_unit_status(in.status(), "status");
    if (!status) return fail(status.error());
    constexpr UnitStatus kAllowed[] = {UnitStatus::kOffDuty, UnitStatus::kInStation,
                                       UnitStatus::kOnPatrol, UnitStatus::kOutOfService};
    if (std::ranges::find(kAllowed, *status) == std::end(kAllowed)) {
        return invalid_field("status", "STATUS_MOVED_BY_ORDER",
                             "an import cannot put a unit under way");
    }
    return *status;
}

Result<ImportedUnit> read_unit(const v1::Unit& in) {
    ImportedUnit imported;
    Unit& unit = imported.master_data;
    unit.id = in.id();
    unit.call_sign = in.call_sign();
    unit.agency = in.agency();
    const auto kind = api::read_unit_kind(in.kind(), "kind");
    if (!kind) return fail(kind.error());
    unit.kind = *kind;
    const auto relation = api::read_relation(in.relation(), "relation");
    if (!relation) return fail(relation.error());
    unit.relation = *relation;
    unit.capabilities.assign(in.capabilities().begin(), in.capabilities().end());
    std::ranges::sort(unit.capabilities);
    if (std::ranges::adjacent_find(unit.capabilities) != unit.capabilities.end()) {
        return invalid_field("capabilities", "DUPLICATE", "a capability is named twice");
    }
    unit.crew = static_cast<std::int32_t>(std::min<std::uint32_t>(in.crew(), 1'000'000));
    unit.station = in.station();
    unit.area_code = in.area_code();
    const auto home = api::read_position(in.home(), "home");
    if (!home) return fail(home.error());
    unit.home = *home;
    const auto status = read_import_status(in);
    if (!status) return fail(status.error());
    imported.status = *status;
    if (auto valid = validate(unit); !valid) return fail(std::move(valid.error()));
    return imported;
}

}  // namespace

Result<std::vector<ImportedUnit>> read_units(const v1::ImportUnitsRequest& request) {
    if (auto status = check_count(static_cast<std::size_t>(request.units_size()),
                                  kUnitsPerImport_max, "units");
        !status) {
        return fail(std::move(status.error()));
    }
    std::vector<ImportedUnit> units;
    std::set<std::string_view> ids;
    for (int i = 0; i < request.units_size(); ++i) {
        auto unit = read_unit(request.units(i));
        if (!unit) return within(fmt::format("units[{}]", i), std::move(unit.error()));
        if (!ids.insert(request.units(i).id()).second) {
            return invalid_field(fmt::format("units[{}].id", i), "DUPLICATE",
                                 "a unit is named twice");
        }
        units.push_back(std::move(*unit));
    }
    return units;
}

Result<std::vector<UnitKind>> read_kinds(const google::protobuf::RepeatedField<int>& kinds,
                                         std::string_view field) {
    if (kinds.size() > kKinds_max)
        return invalid_field(std::string(field), "TOO_MANY", "each kind once is enough");
    std::vector<UnitKind> out;
    for (const int value : kinds) {
        const auto kind = api::read_unit_kind(value, field);
        if (!kind) return fail(kind.error());
        if (*kind == UnitKind::kUnspecified) {
            return invalid_field(std::string(field), "ENUM_UNKNOWN",
                                 "an empty list means any kind");
        }
        out.push_back(*kind);
    }
    return out;
}

Result<std::vector<Need>> read_needs(const v1::RecommendUnitsRequest& request) {
    std::vector<Need> needs;
    // None: those of the incident, which the caller of this knows.
    if (request.needs().empty() && !request.has_position()) return needs;
    if (auto status =
            check_count(static_cast<std::size_t>(request.needs_size()), kNeeds_max, "needs");
        !status) {
        return fail(std::move(status.error()));
    }
    for (int i = 0; i < request.needs_size(); ++i) {
        const v1::Need& in = request.needs(i);
        const std::string field = fmt::format("needs[{}]", i);
        if (auto status = api::check_text(in.capability(), kCapability_max, field + ".capability");
            !status) {
            return fail(std::move(status.error()));
        }
        if (in.count() > kNeedCount_max) {
            return invalid_field(field + ".count", "COUNT_OUT_OF_RANGE",
                                 fmt::format("1–{}", kNeedCount_max));
        }
        auto kinds = read_kinds(in.kinds(), field + ".kinds");
        if (!kinds) return fail(std::move(kinds.error()));
        needs.push_back(
            {in.capability(), std::move(*kinds), std::max<std::uint32_t>(in.count(), 1)});
    }
    return needs;
}

Result<DispatchWish> read_wish(const v1::DispatchUnitsRequest& request) {
    if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
        return fail(status.error());
    if (auto status = check_count(static_cast<std::size_t>(request.unit_ids_size()),
                                  kUnitsPerDispatch_max, "unit_ids");
        !status) {
        return fail(std::move(status.error()));
    }
    if (auto status = api::check_text(request.note(), kOrderNote_max, "note"); !status)
        return fail(status.error());
    DispatchWish wish{
        .incident_id = request.incident_id(), .unit_ids = {}, .rule = {}, .note = request.note()};
    wish.accept_unverified = request.accept_unverified_alarm();
    std::set<std::string_view> ids;
    for (int i = 0; i < request.unit_ids_size(); ++i) {
        const std::string& id = request.unit_ids(i);
        const std::string field = fmt::format("unit_ids[{}]", i);
        if (auto status = api::check_id(id, field); !status) return fail(status.error());
        if (!ids.insert(id).second)
            return invalid_field(field, "DUPLICATE", "a unit is named twice");
        wish.unit_ids.push_back(id);
    }
    switch (request.conflict_rule()) {
    case v1::CONFLICT_RULE_UNSPECIFIED:
    case v1::CONFLICT_RULE_SEND_WHAT_IS_FREE: wish.rule = ConflictRule::kSendWhatIsFree; break;
    case v1::CONFLICT_RULE_ALL_OR_NONE: wish.rule = ConflictRule::kAllOrNone; break;
    default: return invalid_field("conflict_rule", "ENUM_UNKNOWN", "no such conflict rule");
    }
    return wish;
}

Result<FactReport> read_fact(const v1::OrderFactReport& report, OrderFact fact) {
    if (auto status = api::check_id(report.order_id(), "fact.order_id"); !status)
        return fail(status.error());
    if (auto status = api::check_text(report.reason(), kReason_max, "fact.reason"); !status)
        return fail(status.error());
    if (fact == OrderFact::kDeclined && report.reason().empty()) {
        return invalid_field("fact.reason", "REASON_MISSING", "say why the order is declined");
    }
    const auto source = api::read_fact_source(report.source(), "fact.source");
    if (!source) return fail(source.error());
    if (report.occurred_at_micros() < 0 || report.occurred_at_micros() > kYear2200Micros) {
        return invalid_field("fact.occurred_at_micros", "TIME_OUT_OF_RANGE",
                             "microseconds since 1970 UTC");
    }
    FactReport out;
    out.order_id = report.order_id();
    out.fact = fact;
    out.occurred_at = from_micros(report.occurred_at_micros());
    out.source = *source;
    out.reason = report.reason();
    if (report.has_position()) {
        const auto position = api::read_position(report.position(), "fact.position");
        if (!position) return fail(position.error());
        out.position = *position;
    }
    return out;
}

}  // namespace liandong::dispatch
