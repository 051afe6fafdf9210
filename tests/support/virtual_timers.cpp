#include "tests/support/virtual_timers.h"

#include "common/base/check.h"

#include <algorithm>

namespace liandong::test {

Timers::Id VirtualTimers::at(MonotonicTime when, Callback callback) {
    when = std::max(when, now_);
    const Id id = next_id_++;
    callbacks_.emplace(Slot{when, id}, std::move(callback));
    times_.emplace(id, when);
    return id;
}

bool VirtualTimers::cancel(Id id) {
    const auto found = times_.find(id);
    if (found == times_.end()) return false;
    callbacks_.erase(Slot{found->second, id});
    times_.erase(found);
    return true;
}

std::optional<MonotonicTime> VirtualTimers::next() const {
    if (callbacks_.empty()) return std::nullopt;
    return callbacks_.begin()->first.first;
}

bool VirtualTimers::fire_next() {
    if (callbacks_.empty()) return false;
    auto node = callbacks_.extract(callbacks_.begin());
    times_.erase(node.key().second);
    now_ = node.key().first;
    node.mapped()();
    return true;
}

void VirtualTimers::move_to(MonotonicTime when) {
    LIANDONG_CHECK(callbacks_.empty() || callbacks_.begin()->first.first >= when);
    now_ = std::max(now_, when);
}

}  // namespace liandong::test
