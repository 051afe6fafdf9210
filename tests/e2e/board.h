#pragma once

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "simulator/audit/log_replay.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace liandong::test {

using simulator::LogReplay;

/// What one console shows, kept as the stream's contract says: a snapshot replaces everything once
/// it is complete, later messages change it, and `resume` is where another stream goes on.
class Board {
public:
    /// ("incident" | "unit" | "order", id) → the message, serialized.
    using Entities = std::map<std::pair<std::string, std::string>, std::string>;

    void take(const dispatch::v1::WatchBoardResponse& message);
    /// A stream has ended: what had come of a snapshot is worth nothing.
    void stream_ended() { incoming_.reset(); }

    const Entities& entities() const { return entities_; }
    const std::optional<common::v1::Revision>& resume() const { return resume_; }
    /// Reason of each handshake ("" where the stream resumed) → how often.
    const std::map<std::string, int>& starts() const { return starts_; }

private:
    Entities entities_;
    std::optional<Entities> incoming_;
    std::optional<common::v1::Revision> resume_;
    std::map<std::string, int> starts_;
};

/// The board that a console must show when the log says this.
Board::Entities board_of(const LogReplay& replay, std::string_view district);

/// Sentences about where two boards differ, at most 20.
std::vector<std::string> differences(const Board::Entities& shown, const Board::Entities& right);

}  // namespace liandong::test
