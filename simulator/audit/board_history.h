#pragma once

#include "common/domain/entity.h"
#include "common/store/store.h"
#include "simulator/audit/log_replay.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// What a console of the whole district and each unit's terminal had to show after every event of
/// one log: open incidents, all units, open orders; the order that the unit holds. Made from the
/// log alone.
class BoardHistory {
public:
    /// `replay` has just applied `entry`, the next one.
    void apply(const LogReplay& replay, const store::LogEntry& entry);

    std::uint64_t last_seq() const { return shown_count_.size() - 1; }
    /// The version that a board shows at `seq`; 0: it does not show it.
    std::uint64_t shown(const store::Key& key, std::uint64_t seq) const;
    /// How many things a board shows at `seq`, ≤ last_seq().
    std::size_t count(std::uint64_t seq) const { return shown_count_.at(seq); }
    /// What may be shown differently at `to` than at `from`.
    std::vector<store::Key> changed(std::uint64_t from, std::uint64_t to) const;
    /// The order that the unit holds at `seq`; empty: none.
    std::string held_order(const std::string& unit_id, std::uint64_t seq) const;

private:
    template <class Value> using Course = std::vector<std::pair<std::uint64_t, Value>>;

    void note(const store::Key& key, std::uint64_t seq, std::uint64_t version);

    std::map<store::Key, Course<std::uint64_t>> shown_;
    std::map<std::string, Course<std::string>> held_;
    Course<store::Key> changes_;
    std::vector<std::size_t> shown_count_ = {0};
};

}  // namespace liandong::simulator
