#pragma once

#include "common/domain/entity.h"
#include "common/store/scope_context.h"

#include <optional>
#include <string>

/// What a process itself keeps in a scope: its clock and its epoch. Committed like everything else,
/// so that all processes of the scope agree and the log tells when it changed.
namespace liandong::store {

/// The scope's clock. The first process sets it: world time starts at `epoch` (unset: at wall time)
/// and runs at `rate` (millionths); later ones read it. Another rate than the stored one re-anchors
/// it: world time goes on from where it is. Errors of `Store`.
Task<Result<domain::WorldSetting>> settle_world(ScopeContext& context, std::int64_t rate_millionths,
                                                std::optional<Timestamp> epoch, Timestamp wall_now);

/// Raises the epoch when the store is another Redis master than the stored one: above the number
/// before and the world's time in microseconds, by up to a second that the master's random name
/// draws. So two logs do not share an epoch, also when a failover lost the event of the one before
/// (the chance is 2^-20 when clocks are wrong as well), and later ones are higher while clocks are
/// right. Harmless to repeat and to race.
Task<Status> settle_epoch(ScopeContext& context, std::string master_replid);

}  // namespace liandong::store
