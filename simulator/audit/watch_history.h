#pragma once

#include "common/domain/entity.h"
#include "common/store/store.h"
#include "simulator/audit/log_replay.h"
#include "simulator/audit/view_history.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// What every kind of watcher had to show after every event of one log, made from the log alone.
class WatchHistory {
public:
    /// `replay` has just applied `entry`, the next one.
    void apply(const LogReplay& replay, const store::LogEntry& entry);

    std::uint64_t last_seq() const { return board_.last_seq(); }
    /// A console of the whole district: open incidents, all units, open orders.
    const ViewHistory& board() const { return board_; }
    /// All bulletins; those that the public was told.
    const ViewHistory& bulletins() const { return bulletins_; }
    const ViewHistory& published() const { return published_; }
    /// A terminal: the order that the unit holds at `seq`; empty: none.
    std::string held_order(const std::string& unit_id, std::uint64_t seq) const;

private:
    void note(const LogReplay& replay, const store::Key& key);

    ViewHistory board_, bulletins_, published_;
    std::map<std::string, std::vector<std::pair<std::uint64_t, std::string>>> held_;
};

}  // namespace liandong::simulator
