#pragma once

#include "common/base/error.h"
#include "common/domain/closure.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "services/dispatch/service/dispatch_service.h"

#include <cstdint>

/// Closures as the dispatch API carries them.
namespace liandong::dispatch {

/// Without `effect`. `now` decides the state.
v1::Closure closure_message(const domain::Closure& closure, std::uint64_t version, Timestamp now);
v1::ClosureEffect effect_message(const ClosureEffect& effect);

/// What a desk enters; whether its times are possible is for the service (`check_closure`). Errors
/// name their field ("closure.at.latitude"): REASON_MISSING, ENUM_UNKNOWN, DUPLICATE, TOO_MANY,
/// SIZE_OUT_OF_RANGE, HEADING_OUT_OF_RANGE, TIME_OUT_OF_RANGE, EXPIRES_MISSING, TEXT_TOO_LONG,
/// NOT_UTF8, those of positions.
Result<domain::Closure> read_closure(const v1::Closure& in);

}  // namespace liandong::dispatch
