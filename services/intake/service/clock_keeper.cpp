#include "services/intake/service/clock_keeper.h"

#include <algorithm>
#include <functional>
#include <string_view>

namespace liandong::intake {
namespace {

using namespace domain;

/// World times that are hours ahead are looked at again before: clocks are set, rates change.
constexpr Duration kSleep_max = std::chrono::minutes(10);

/// FNV-1a: the same on every machine, which std::hash does not promise.
std::uint64_t hash_of(std::string_view text, std::uint64_t seed) {
    std::uint64_t hash = 14695981039346656037ULL ^ seed;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

/// Trying again would end the same way.
bool is_final(const Error& error) {
    return error.code == Code::kNotFound || error.reason == "TOO_MANY_NOTES";
}

}  // namespace

ClockKeeper::ClockKeeper(DeskService& service, std::uint64_t nonce, Cancellation end)
    : service_(service),
      context_(service.context()),
      nonce_(nonce),
      end_(std::move(end)),
      news_(context_.executor) {}

Task<void> ClockKeeper::run() {
    store::Mirror::Subscription subscription(news_);
    context_.mirror.subscribe(subscription);
    while (!end_.is_cancelled()) {
        look();
        if (!due_.empty() && due_.begin()->first <= context_.clock.now()) {
            co_await ring(due_.begin()->second);
        } else {
            co_await wait();
        }
    }
    context_.mirror.unsubscribe(subscription);
}

Duration ClockKeeper::in_world(Duration real) const {
    return Duration(
        static_cast<std::int64_t>(static_cast<double>(real.count()) * context_.clock.rate()));
}

void ClockKeeper::look() {
    const store::Revision now = context_.mirror.revision();
    if (!context_.mirror.is_ready() || seen_ == now) return;
    const auto changed = seen_ ? context_.mirror.changes_since(*seen_) : std::nullopt;
    seen_ = now;
    // A suspension concerns every clock.
    const bool all = !changed || std::ranges::any_of(*changed, [](const Key& key) {
        return key.kind == Kind::kDeskSetting;
    });
    if (all) return look_at_all();
    for (const Key& key : *changed) look_at(key);
}

void ClockKeeper::look_at(const Key& key) {
    if (key.kind != Kind::kIncident && key.kind != Kind::kTransfer) return;
    put(key, service_.due_at(key));
}

void ClockKeeper::look_at_all() {
    due_.clear();
    at_.clear();
    for (const auto& [id, held] : context_.mirror.table<Incident>()) look_at(key_of<Incident>(id));
    for (const auto& [id, held] : context_.mirror.table<Transfer>()) look_at(key_of<Transfer>(id));
}

void ClockKeeper::put(const Key& key, std::optional<Timestamp> at) {
    if (const auto known = at_.find(key); known != at_.end()) {
        due_.erase({known->second, key});
        at_.erase(known);
    }
    if (!at) return;
    const std::uint64_t stagger =
        hash_of(key.id, nonce_) % static_cast<std::uint64_t>(kStagger_max.count());
    *at += in_world(Duration(static_cast<std::int64_t>(stagger)));
    at_[key] = *at;
    due_.emplace(*at, key);
}

Task<void> ClockKeeper::ring(Key key) {
    const auto rung = co_await service_.ring(key);
    if (rung || is_final(rung.error())) {
        if (rung && *rung) ++rung_;
        // Looked at again when a change of it is seen: that it rang, or what kept it from ringing.
        put(key, std::nullopt);
    } else {
        put(key, context_.clock.now() + in_world(kRetryAfter));
    }
}

Task<void> ClockKeeper::wait() {
    Duration sleep = kSleep_max;
    if (!due_.empty()) {
        const double micros =
            static_cast<double>((due_.begin()->first - context_.clock.now()).count()) /
            context_.clock.rate();
        if (micros < static_cast<double>(kSleep_max.count()))
            sleep = Duration(static_cast<std::int64_t>(micros) + 1);
    }
    const Timers::Id timer = context_.timers.at(
        context_.timers.now() + std::max(sleep, Duration(1)), [this] { news_.notify(); });
    co_await news_.wait();
    // Not set any more: the wait was for it. Still set: there was news, and more may follow at
    // once.
    if (context_.timers.cancel(timer)) co_await sleep_for(context_.timers, kRest);
}

}  // namespace liandong::intake
