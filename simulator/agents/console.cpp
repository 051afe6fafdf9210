#include "simulator/agents/console.h"

#include "simulator/agents/follow.h"

namespace liandong::simulator {

using dispatch::v1::WatchBoardResponse;

Console::Console(Exercise& exercise, std::string name, Listener listener)
    : exercise_(exercise),
      who_(principal(std::move(name), "gongan", {domain::Role::kDispatcher})),
      listener_(std::move(listener)) {}

Task<void> Console::follow_board() {
    co_await follow<WatchBoardResponse>(
        exercise_, "WatchBoard",
        [this](Sink<WatchBoardResponse>& sink) {
            dispatch::v1::WatchBoardRequest request;
            *request.mutable_header() = exercise_.read_header();
            if (resume_.seq() > 0) *request.mutable_resume() = resume_;
            return exercise_.client.watch_board(who_, std::move(request), sink);
        },
        [this](const WatchBoardResponse& message) { take(message); });
}

void Console::take(const WatchBoardResponse& message) {
    if (message.has_resume()) resume_ = message.resume();
    const bool resumed = message.has_handshake() && !message.handshake().snapshot_follows();
    ready_ = ready_ || message.snapshot_complete() || resumed;
    if (listener_) listener_(message);
}

}  // namespace liandong::simulator
