#include "simulator/virtual/timeline.h"

#include <algorithm>

namespace liandong::simulator {

std::optional<MonotonicTime> Timeline::next() const {
    if (entries_.empty()) return std::nullopt;
    return entries_.begin()->first.first;
}

bool Timeline::fire_next() {
    if (entries_.empty()) return false;
    auto node = entries_.extract(entries_.begin());
    times_.erase(node.key().second);
    now_ = node.key().first;
    node.mapped().callback();
    return true;
}

ProcessTimers::~ProcessTimers() {
    std::erase_if(timeline_.entries_, [&](const auto& slot) {
        if (slot.second.owner != this) return false;
        timeline_.times_.erase(slot.first.second);
        return true;
    });
}

Timers::Id ProcessTimers::at(MonotonicTime when, Callback callback) {
    when = std::max(when, timeline_.now_);
    const Id id = timeline_.next_id_++;
    timeline_.entries_.emplace(Timeline::Slot{when, id},
                               Timeline::Entry{this, std::move(callback)});
    timeline_.times_.emplace(id, when);
    return id;
}

bool ProcessTimers::cancel(Id id) {
    const auto found = timeline_.times_.find(id);
    if (found == timeline_.times_.end()) return false;
    timeline_.entries_.erase(Timeline::Slot{found->second, id});
    timeline_.times_.erase(found);
    return true;
}

}  // namespace liandong::simulator
