#pragma once

#include "common/async/task.h"
#include "common/async/timers.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/domain/scope.h"
#include "common/store/mirror.h"
#include "common/store/store.h"

namespace liandong::store {

/// What the services of one scope work with. Built once per scope, so that no code can address two.
/// All references outlive the services.
struct ScopeContext {
    domain::Scope scope;
    Store& store;
    Mirror& mirror;
    const Clock& clock;  ///< the world's
    Timers& timers;
    Log& log;
    Executor executor;
};

/// Whether the mirror is loaded and shows at least this much: a later or the same epoch, and no
/// lower seq. Both, because an answer to a change carries the epoch of a mirror that may not have
/// heard yet that it was raised; and after a failover that lost the change, "not reached" is true.
bool shows(const Mirror& mirror, Revision wanted);

/// Waits until the mirror shows `revision`. UNAVAILABLE / REVISION_NOT_REACHED at the deadline,
/// UNAVAILABLE / MIRROR_NOT_READY when nothing is loaded by then.
Task<Status> reach(ScopeContext& context, Revision revision, MonotonicTime deadline);

}  // namespace liandong::store
