#pragma once

#include "common/async/timers.h"
#include "common/base/clock.h"
#include "common/base/metrics.h"
#include "common/base/random.h"
#include "common/base/sealer.h"
#include "common/redis/redis_store.h"
#include "common/store/epoch_keeper.h"
#include "common/store/mirror_loader.h"
#include "services/dispatch/rpc/dispatch_handlers.h"
#include "services/intake/rpc/desk_handlers.h"
#include "services/intake/rpc/intake_handlers.h"
#include "services/intake/service/clock_keeper.h"
#include "services/intake/service/known_world.h"
#include "services/publicinfo/rpc/publicinfo_handlers.h"
#include "services/server/travel.h"

#include <memory>
#include <optional>

namespace liandong::server {

/// Everything of one scope: store, clock, mirror, services, handlers. No code can address two.
class ScopeStack {
public:
    struct Ports {
        Executor executor;
        Timers& timers;
        const Clock& wall;
        Random& random;
        Log& log;
        Metrics& metrics;
        Sealer& sealer;
        const Travel& travel;
        const intake::KnownWorld& known;
    };
    ScopeStack(domain::Scope scope, Ports ports, redis::RedisStore::Options redis);

    /// Waits for the store (for ever, a log line each 5 s), settles clock and epoch, starts the
    /// mirror and waits until it is loaded. `with_clocks`: its clocks ring here.
    Task<void> open(double rate, std::optional<Timestamp> epoch, bool with_clocks);

    const domain::Scope& scope() const { return context_.scope; }
    intake::IntakeHandlers& intake() { return intake_handlers_; }
    intake::DeskHandlers& desk() { return desk_handlers_; }
    dispatch::DispatchHandlers& dispatch() { return dispatch_handlers_; }
    publicinfo::PublicInfoHandlers& publicinfo() { return publicinfo_handlers_; }

private:
    redis::RedisStore::Options with_epoch(redis::RedisStore::Options redis);
    void register_metrics(Metrics& metrics);

    Ports ports_;
    WorldClock clock_;
    redis::RedisStore store_;
    store::Mirror mirror_;
    store::ScopeContext context_;
    store::MirrorLoader loader_;
    store::EpochKeeper epochs_;
    intake::IntakeService intake_;
    intake::DeskService desk_;
    intake::ClockKeeper clock_keeper_;
    std::unique_ptr<dispatch::TravelModel> travel_;
    dispatch::DispatchService dispatch_;
    publicinfo::PublicInfoService publicinfo_;
    intake::IntakeHandlers intake_handlers_;
    intake::DeskHandlers desk_handlers_;
    dispatch::DispatchHandlers dispatch_handlers_;
    publicinfo::PublicInfoHandlers publicinfo_handlers_;
};

}  // namespace liandong::server
