#pragma once

#include "simulator/agents/exercise.h"

#include <functional>
#include <string>

namespace liandong::simulator {

/// What a console shows: the board's stream, followed until the replay stops.
class Console {
public:
    /// Called with each message of the stream, in order.
    using Listener = std::function<void(const dispatch::v1::WatchBoardResponse&)>;

    /// `exercise` outlives the console. `listener` may be empty.
    Console(Exercise& exercise, std::string name, Listener listener);

    Task<void> follow_board();
    bool is_ready() const { return ready_; }

private:
    void take(const dispatch::v1::WatchBoardResponse& message);

    Exercise& exercise_;
    domain::Principal who_;
    Listener listener_;
    common::v1::Revision resume_;
    bool ready_ = false;
};

}  // namespace liandong::simulator
