#pragma once

#include "common/async/signal.h"
#include "common/base/cancellation.h"
#include "services/intake/service/desk_service.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace liandong::intake {

/// Lets the clocks of a scope ring: a heap over the mirror, so there is nothing that a restart
/// could lose (architecture §7). Every process that serves intake has one; each waits up to
/// `kStagger_max` longer, by a hash of what is due and its own `nonce`, so that normally one tries
/// and the others see that it has rung. On the scope's io_context.
class ClockKeeper {
public:
    static constexpr Duration kStagger_max = std::chrono::milliseconds(500);
    /// After an error of the store.
    static constexpr Duration kRetryAfter = std::chrono::seconds(1);
    /// What changes within this time is looked at once.
    static constexpr Duration kRest = std::chrono::milliseconds(200);

    /// `service` must outlive it. `end` stops it at its next step.
    ClockKeeper(DeskService& service, std::uint64_t nonce, Cancellation end = {});

    Task<void> run();

    std::uint64_t rung() const { return rung_; }
    /// What waits to ring.
    std::size_t waiting() const { return due_.size(); }

private:
    using Entry = std::pair<Timestamp, domain::Key>;

    /// What passes in the world meanwhile.
    Duration in_world(Duration real) const;
    void look();
    void look_at(const domain::Key& key);
    void look_at_all();
    void put(const domain::Key& key, std::optional<Timestamp> at);
    Task<void> ring(domain::Key key);
    Task<void> wait();

    DeskService& service_;
    store::ScopeContext& context_;
    std::uint64_t nonce_;
    Cancellation end_;
    Signal news_;
    std::optional<store::Revision> seen_;
    std::set<Entry> due_;
    std::map<domain::Key, Timestamp> at_;
    std::uint64_t rung_ = 0;
};

}  // namespace liandong::intake
