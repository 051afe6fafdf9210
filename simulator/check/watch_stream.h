#pragma once

#include "common/async/sink.h"
#include "simulator/check/desk.h"
#include "simulator/check/person.h"
#include "simulator/check/scene.h"

#include <chrono>
#include <functional>
#include <utility>

namespace liandong::simulator {

/// The watcher's end of one stream: takes messages, dawdles, freezes, hangs up, as troubles and
/// mutants have it.
template <class Message> class WatchStream final : public Sink<Message> {
public:
    WatchStream(Scene& scene, SeededRandom& random, Cancellation gone,
                std::function<void(const Message&)> take)
        : scene_(scene), random_(random), take_(std::move(take)) {
        on_gone_ = gone.on_cancel([this] { broken_.cancel(); });
    }

    Task<bool> send(Message message) override {
        co_await sleep_for(scene_.timers(), pause());
        if (broken_.is_cancelled()) co_return false;
        if (scene_.has(Trouble::kHangUps) && random_.below(12) == 0) {
            scene_.chronicle.note(Trouble::kHangUps);
            broken_.cancel();
            co_return false;
        }
        Mistake& mistake = scene_.mistake;
        if (mistake.strikes(Mutant::kWatchDropsMessage)) co_return true;
        if (mistake.strikes(Mutant::kWatchDropsRemovals)) message.clear_removals();
        take_(message);
        if (mistake.strikes(Mutant::kWatchRepeatsMessage)) take_(message);
        co_return true;
    }
    Cancellation cancellation() const override { return broken_; }

private:
    Duration pause() {
        using namespace std::chrono_literals;
        if (scene_.healed) return 1ms;
        if (scene_.has(Trouble::kFrozenWatchers) && random_.below(60) == 0) {
            scene_.chronicle.note(Trouble::kFrozenWatchers);
            return 1s + up_to(random_, 29s);
        }
        return up_to(random_, 15ms);
    }

    Scene& scene_;
    SeededRandom& random_;
    std::function<void(const Message&)> take_;
    Cancellation broken_;
    Cancellation::Registration on_gone_;
};

/// A watcher's stream: who asks for what, and who takes the messages.
template <class Request, class Message, class Handlers> struct WatchCall {
    domain::Principal who;
    const char* method;
    Handlers& (VirtualProcess::*service)();
    Task<Status> (Handlers::*handler)(CallContext, Request, Sink<Message>&);
    std::function<Request()> request;  ///< says behind what to resume
    std::function<void(const Message&)> take;
};

/// Holds a stream, again and again, until the scene is over.
template <class Request, class Message, class Handlers>
Task<void> hold_stream(Scene& scene, Desk& desk, SeededRandom& random, Cancellation gone,
                       WatchCall<Request, Message, Handlers> call) {
    using namespace std::chrono_literals;
    while (!scene.over) {
        WatchStream<Message> stream(scene, random, gone, call.take);
        Request asked = call.request();
        set_scope(*asked.mutable_header(), scene.world.scope());
        const Error ended = co_await desk.client.watch(call.who, call.method, std::move(asked),
                                                       call.service, call.handler, stream);
        co_await sleep_for(scene.timers(), 5ms);
    }
}

/// Where a stream goes on: behind `told`.
inline void set_resume(Scene& scene, store::Revision told, common::v1::Revision& resume) {
    resume.set_epoch(told.epoch);
    resume.set_seq(told.seq);
    // The server goes on from where it is instead of from where the watcher is.
    if (scene.mistake.is(Mutant::kWatchForgetsResume) && told.epoch == scene.auditor.epoch())
        resume.set_seq(scene.auditor.log().events());
}

}  // namespace liandong::simulator
