#include "simulator/audit/view_history.h"

#include <algorithm>
#include <iterator>

namespace liandong::simulator {

void ViewHistory::note(const store::Key& key, std::uint64_t version) {
    auto& course = courses_[key];
    const std::uint64_t before = course.empty() ? 0 : course.back().second;
    if (before == version) return;
    course.emplace_back(last_seq(), version);
    changes_.emplace_back(last_seq(), key);
    if (before == 0) ++counts_.back();
    if (version == 0) --counts_.back();
}

std::uint64_t ViewHistory::shown(const store::Key& key, std::uint64_t seq) const {
    const auto found = courses_.find(key);
    if (found == courses_.end()) return 0;
    const auto behind = std::ranges::upper_bound(found->second, seq, {},
                                                 &std::pair<std::uint64_t, std::uint64_t>::first);
    return behind == found->second.begin() ? 0 : std::prev(behind)->second;
}

std::vector<store::Key> ViewHistory::changed(std::uint64_t from, std::uint64_t to) const {
    std::vector<store::Key> keys;
    auto change =
        std::ranges::upper_bound(changes_, from, {}, &std::pair<std::uint64_t, store::Key>::first);
    for (; change != changes_.end() && change->first <= to; ++change)
        keys.push_back(change->second);
    return keys;
}

}  // namespace liandong::simulator
