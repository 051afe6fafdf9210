#include "simulator/agents/exercise.h"

#include "common/async/signal.h"
#include "common/base/id.h"

namespace liandong::simulator {

Task<bool> Exercise::sleep_until(MonotonicTime when) {
    if (stop.is_cancelled() || when <= now()) co_return !stop.is_cancelled();
    Signal signal(executor);
    const Timers::Id timer = timers.at(when, [&signal] { signal.notify(); });
    {
        const auto registration = stop.on_cancel([&signal] { signal.notify(); });
        co_await signal.wait();
    }
    timers.cancel(timer);
    co_return !stop.is_cancelled();
}

common::v1::ReadHeader Exercise::read_header() const {
    common::v1::ReadHeader header;
    header.mutable_scope()->set_world(scope.world);
    header.mutable_scope()->set_district(scope.district);
    return header;
}

common::v1::MutationHeader Exercise::mutation_header() {
    common::v1::MutationHeader header;
    header.mutable_scope()->set_world(scope.world);
    header.mutable_scope()->set_district(scope.district);
    header.set_request_id(make_uuid_v7(from_micros(world.estimate(now())), id_random));
    return header;
}

void Exercise::observe(const common::v1::ResponseHeader& header) {
    world.observe(header.server_time_micros(), now());
}

domain::Principal principal(std::string subject, std::string agency,
                            std::vector<domain::Role> roles) {
    domain::Principal principal;
    principal.subject = std::move(subject);
    principal.agency = std::move(agency);
    principal.roles = std::move(roles);
    return principal;
}

}  // namespace liandong::simulator
