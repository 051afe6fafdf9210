#pragma once

#include "common/base/error.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "services/dispatch/service/dispatch_service.h"

#include <vector>

/// Requests of the dispatch API → domain values, checked strictly: each error names its field and
/// rule.
namespace liandong::dispatch {

/// 1–kUnitsPerImport_max units, ids distinct. TOO_MANY, LIST_EMPTY, DUPLICATE,
/// STATUS_MOVED_BY_ORDER, ENUM_UNKNOWN, the reasons of `domain::validate(Unit)` and of positions;
/// fields are "units[i].…".
Result<std::vector<ImportedUnit>> read_units(const v1::ImportUnitsRequest& request);

/// ≤ 16 kinds. TOO_MANY, ENUM_UNKNOWN (also for the unspecified one: leave the list empty for
/// "any").
Result<std::vector<domain::UnitKind>> read_kinds(const google::protobuf::RepeatedField<int>& kinds,
                                                 std::string_view field);

/// 1–16 needs of 1–50 units. LIST_EMPTY, TOO_MANY, COUNT_OUT_OF_RANGE, ENUM_UNKNOWN, TEXT_TOO_LONG.
Result<std::vector<Need>> read_needs(const v1::RecommendUnitsRequest& request);

/// 1–kUnitsPerDispatch_max distinct ids. LIST_EMPTY, TOO_MANY, DUPLICATE, ID_MALFORMED,
/// TEXT_TOO_LONG, ENUM_UNKNOWN.
Result<DispatchWish> read_wish(const v1::DispatchUnitsRequest& request);

/// ID_MALFORMED, ENUM_UNKNOWN, TEXT_TOO_LONG, REASON_MISSING (declining), positions. The time is
/// kept as said (D3), except that it must be one: TIME_OUT_OF_RANGE below 0 or beyond the year
/// 2200.
Result<FactReport> read_fact(const v1::OrderFactReport& report, domain::OrderFact fact);

}  // namespace liandong::dispatch
