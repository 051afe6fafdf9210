#pragma once

#include "common/base/log.h"
#include "common/store/fault_store.h"
#include "common/store/memory_store.h"
#include "common/store/mirror_loader.h"
#include "tests/support/virtual_loop.h"

#include <utility>

namespace liandong::test {

/// 2026-07-18 18:00 in China: when virtual time begins.
inline constexpr Timestamp kDeskOpens{Duration{1'784'368'800'000'000}};

/// What one process holds of one scope: its own way to the shared state, and its mirror. Several
/// may stand on one loop and one state. All arguments must outlive it.
struct Replica {
    Replica(VirtualLoop& loop, store::MemoryState& state, const Clock& clock, domain::Scope scope)
        : memory(state, loop.executor(), loop.timers()),
          faults(memory, loop.timers()),
          context{std::move(scope), faults, mirror, clock, loop.timers(), log, loop.executor()},
          loader(context) {}

    /// Loads the mirror and keeps it current from now on. Without it the mirror is fed by hand.
    void follow() { spawn_forever(context.executor, loader.run(), "mirror_loader"); }

    NullLog log;
    store::MemoryStore memory;
    store::FaultStore faults;
    store::Mirror mirror;
    store::ScopeContext context;
    store::MirrorLoader loader;
};

}  // namespace liandong::test
