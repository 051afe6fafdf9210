#include "simulator/check/view_watcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::simulator {

using store::Key;
using store::Revision;

bool ViewWatcher::has_all(Revision end) const {
    const WatchHistory* history = scene_.auditor.history(end.epoch);
    if (!history || told_.epoch != end.epoch || end.seq > history->last_seq()) return false;
    const ViewHistory& wanted = course(*history);
    return view_.size() == wanted.count(end.seq) &&
           std::ranges::all_of(view_, [&](const auto& held) {
               return wanted.shown(held.first, end.seq) == held.second;
           });
}

void ViewWatcher::start_over(Revision revision) {
    view_.clear();
    snapshot_ = true;
    if (scene_.auditor.goes_back(told_, revision)) fault(name() + " went back");
}

void ViewWatcher::take_value(const Key& key, std::uint64_t version) {
    auto& held = view_[key];
    if (held == version) fault(name() + " was told twice of " + key.id);
    if (held > version) fault(name() + " was told older news of " + key.id);
    held = version;
}

void ViewWatcher::finish(Revision now, bool is_handshake) {
    if (scene_.auditor.goes_back(told_, now)) fault(name() + " went back");
    if (now == told_ && !is_handshake) fault(name() + " was told the same revision twice");
    const std::uint64_t from = snapshot_ ? 0 : told_.seq;
    told_ = now;
    snapshot_ = false;
    judge(from);
}

void ViewWatcher::judge(std::uint64_t from) {
    const WatchHistory* history = scene_.auditor.history(told_.epoch);
    if (!history || told_.seq > history->last_seq())
        return fault(name() + " was told a revision that never was");
    const ViewHistory& wanted = course(*history);
    for (const Key& key : wanted.changed(from, told_.seq)) {
        const auto held = view_.find(key);
        const std::uint64_t version = held == view_.end() ? 0 : held->second;
        if (version == wanted.shown(key, told_.seq)) continue;
        fault(fmt::format("{} at {} shows version {} of {} {}, the log says {}", name(), told_.seq,
                          version, to_string(key.kind), key.id, wanted.shown(key, told_.seq)));
    }
    if (view_.size() != wanted.count(told_.seq)) {
        fault(fmt::format("{} at {} shows {} things, the log says {}", name(), told_.seq,
                          view_.size(), wanted.count(told_.seq)));
    }
}

}  // namespace liandong::simulator
