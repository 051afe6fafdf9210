#pragma once

#include "common/async/sink.h"
#include "common/base/cancellation.h"
#include "simulator/virtual/network.h"
#include "simulator/virtual/virtual_process.h"

#include <cstddef>
#include <utility>

namespace liandong::simulator {

/// The server's end of a stream to a client: a message travels, then the caller takes it, then the
/// next may go. During a cut it waits, as bytes in a socket do. All arguments must outlive it.
template <class Message> class TravellingSink final : public Sink<Message> {
public:
    TravellingSink(Sink<Message>& peer, VirtualProcess& process, VirtualThread& there,
                   Network& network, std::size_t place)
        : peer_(peer), process_(process), there_(there), network_(network), place_(place) {
        on_gone_ = peer_.cancellation().on_cancel([this] { gone_.cancel(); });
        on_death_ = process_.death().on_cancel([this] { gone_.cancel(); });
    }

    Task<bool> send(Message message) override {
        Timers& timers = process_.thread().timers();
        do {
            co_await sleep_for(timers, network_.travel_time());
        } while (network_.is_cut(place_) && !gone_.is_cancelled());
        if (gone_.is_cancelled()) co_return false;
        co_return co_await run_on(there_, process_.thread(), peer_.send(std::move(message)));
    }
    Cancellation cancellation() const override { return gone_; }

private:
    Sink<Message>& peer_;
    VirtualProcess& process_;
    VirtualThread& there_;
    Network& network_;
    std::size_t place_;
    Cancellation gone_;
    Cancellation::Registration on_gone_;
    Cancellation::Registration on_death_;
};

/// The server's end of a stream from a client. It ends early when the process dies or the way is
/// cut. All arguments must outlive it.
template <class Message> class TravellingSource final : public Source<Message> {
public:
    TravellingSource(Source<Message>& peer, VirtualProcess& process, VirtualThread& there,
                     Network& network, std::size_t place)
        : peer_(peer), process_(process), there_(there), network_(network), place_(place) {}

    Task<bool> next(Message& message) override {
        if (!co_await run_on(there_, process_.thread(), peer_.next(message))) co_return false;
        co_await sleep_for(process_.thread().timers(), network_.travel_time());
        broken_ = broken_ || process_.is_dead() || network_.is_cut(place_);
        co_return !broken_;
    }
    /// Whether a message did not arrive.
    bool is_broken() const { return broken_; }

private:
    Source<Message>& peer_;
    VirtualProcess& process_;
    VirtualThread& there_;
    Network& network_;
    std::size_t place_;
    bool broken_ = false;
};

}  // namespace liandong::simulator
