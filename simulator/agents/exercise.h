#pragma once

#include "common/async/task.h"
#include "common/async/timers.h"
#include "common/base/cancellation.h"
#include "common/base/random.h"
#include "common/domain/scope.h"
#include "simulator/agents/pace.h"
#include "simulator/client/client.h"
#include "simulator/report/record.h"

#include <cstddef>
#include <string>

namespace liandong::simulator {

/// Whose units are sent.
enum class Assign { kRecommended, kRecorded };

/// What the agents of one replay share. All references outlive it. On one io_context.
struct Exercise {
    Client& client;
    Timers& timers;
    Random& random;     ///< of reaction times: seeded
    Random& id_random;  ///< of request ids: two replays against one server must not share any
    Record& record;
    Executor executor;
    domain::Scope scope;
    Assign assign = Assign::kRecommended;
    Pace pace;
    WorldTime world;
    Cancellation stop{};        ///< the replay ends: streams close, sleeps end
    std::size_t in_flight = 0;  ///< unary calls that have not ended

    MonotonicTime now() const { return timers.now(); }

    /// Until `when` or until the replay stops; false when it stopped.
    Task<bool> sleep_until(MonotonicTime when);

    common::v1::ReadHeader read_header() const;
    /// With a new request id: the caller keeps the request for its resends.
    common::v1::MutationHeader mutation_header();
    /// Keeps the server's world time of an answer.
    void observe(const common::v1::ResponseHeader& header);
};

/// A caller of the platform. `agency` and `roles` decide what it may.
domain::Principal principal(std::string subject, std::string agency,
                            std::vector<domain::Role> roles);

}  // namespace liandong::simulator
