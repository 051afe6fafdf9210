#pragma once

#include "common/api/respond.h"
#include "common/async/sink.h"
#include "common/store/feed.h"

#include <optional>
#include <utility>
#include <vector>

namespace liandong::api {

/// A chunk of a watch stream stays near this many bytes (one entity may overshoot it by its own ≤
/// 16 KiB).
inline constexpr std::size_t kChunkBytes_max = 256 * 1024;

/// The revision a watcher resumes behind, when it named one.
template <class Request> std::optional<store::Revision> read_resume(const Request& request) {
    if (!request.has_resume()) return std::nullopt;
    return store::Revision{request.resume().epoch(), request.resume().seq()};
}

/// What a watcher's first answer must show at least.
template <class Request> store::Revision read_at_least(const Request& request) {
    const auto& revision = request.header().min_revision();
    return {revision.epoch(), revision.seq()};
}

/// The messages of one feed step: a handshake where the view starts (over), values in chunks, the
/// resume token in the last one. Built whole before anything is sent, since the mirror moves on
/// between two sends.
template <class Response> class Chunks {
public:
    Chunks(const store::ScopeContext& context, const store::FeedStep& step) : step_(step) {
        responses_.emplace_back();
        if (!step.starts_view()) return;
        auto& handshake = *responses_.back().mutable_handshake();
        *handshake.mutable_revision() = revision(step.revision);
        handshake.set_server_time_micros(to_micros(context.clock.now()));
        handshake.set_snapshot_follows(step.snapshot);
        handshake.set_reason(step.reason);
    }

    /// `slot(response)` adds an empty element and returns it.
    template <class Slot, class Value> void add(Slot slot, Value value) {
        bytes_ += value.ByteSizeLong();
        if (bytes_ > kChunkBytes_max) {
            responses_.emplace_back();
            bytes_ = 0;
        }
        *slot(responses_.back()) = std::move(value);
        is_empty_ = false;
    }

    /// For removals, which are small: at most one a changed key.
    Response& last() {
        is_empty_ = false;
        return responses_.back();
    }

    /// False when the peer is gone. Sends nothing when the step holds nothing for this watcher.
    Task<bool> send(Sink<Response>& sink) {
        if (is_empty_ && !step_.starts_view()) co_return true;
        *responses_.back().mutable_resume() = revision(step_.revision);
        responses_.back().set_snapshot_complete(step_.snapshot);
        for (Response& response : responses_) {
            if (!co_await sink.send(std::move(response))) co_return false;
        }
        co_return true;
    }

private:
    const store::FeedStep& step_;
    std::vector<Response> responses_;
    std::size_t bytes_ = 0;
    bool is_empty_ = true;
};

}  // namespace liandong::api
