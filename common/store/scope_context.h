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

/// Waits until the mirror is loaded and shows at least `revision` (of the mirror's epoch; a
/// revision of an earlier epoch is reached by any later one). UNAVAILABLE / REVISION_NOT_REACHED at
/// the deadline, UNAVAILABLE / MIRROR_NOT_READY when nothing is loaded by then.
Task<Status> reach(ScopeContext& context, Revision revision, MonotonicTime deadline);

}  // namespace liandong::store
