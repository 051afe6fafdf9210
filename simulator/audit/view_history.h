#pragma once

#include "common/store/store.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// What one view of a log had to show after every event of it: which things, at which version.
class ViewHistory {
public:
    /// The next event begins: what it changes is noted before the next one.
    void begin_event() { counts_.push_back(counts_.back()); }
    /// The thing is shown at this version from the newest event on; 0: it is not.
    void note(const store::Key& key, std::uint64_t version);

    std::uint64_t last_seq() const { return counts_.size() - 1; }
    /// The version that the view shows at `seq`; 0: it does not show it.
    std::uint64_t shown(const store::Key& key, std::uint64_t seq) const;
    /// How many things it shows at `seq`, ≤ last_seq().
    std::size_t count(std::uint64_t seq) const { return counts_.at(seq); }
    /// What may be shown differently at `to` than at `from`.
    std::vector<store::Key> changed(std::uint64_t from, std::uint64_t to) const;

private:
    std::map<store::Key, std::vector<std::pair<std::uint64_t, std::uint64_t>>> courses_;
    std::vector<std::pair<std::uint64_t, store::Key>> changes_;
    std::vector<std::size_t> counts_ = {0};  ///< by seq
};

}  // namespace liandong::simulator
