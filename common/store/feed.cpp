#include "common/store/feed.h"

#include <algorithm>

namespace liandong::store {
namespace {

/// How long a watcher that resumes ahead of this process waits for it to catch up.
constexpr Duration kAhead_max = std::chrono::seconds{5};

}  // namespace

Feed::Feed(ScopeContext& context, std::optional<Revision> resume, Cancellation cancellation,
           Revision at_least)
    : context_(context),
      cancellation_(std::move(cancellation)),
      changed_(context.executor),
      told_(resume),
      at_least_(at_least) {
    context_.mirror.subscribe(subscription_);
    if (told_) give_up_soon();
    on_cancel_ = cancellation_.on_cancel([this] { changed_.notify(); });
}

Feed::~Feed() {
    if (give_up_) context_.timers.cancel(*give_up_);
    context_.mirror.unsubscribe(subscription_);
}

void Feed::give_up_soon() {
    give_up_at_ = context_.timers.now() + kAhead_max;
    give_up_ = context_.timers.at(give_up_at_, [this] { changed_.notify(); });
}

/// Whether this process knows all of the log, as far as the store can be asked.
Task<bool> Feed::is_mirror_current() {
    const auto last = co_await context_.store.last_seq(context_.timers.now() + kAhead_max);
    if (!last) co_return false;
    co_return context_.mirror.revision().seq >= *last;
}

Task<std::optional<FeedStep>> Feed::next() {
    const Mirror& mirror = context_.mirror;
    for (;; co_await changed_.wait()) {
        if (cancellation_.is_cancelled()) co_return std::nullopt;
        if (!mirror.is_ready() || (first_ && !shows(mirror, at_least_))) continue;
        // Another replica told this watcher more than this process has seen yet: never take it
        // back, unless what it holds is of no log that we know.
        // What this very mirror told in another epoch was of another log, whichever number is
        // higher.
        const bool is_other_log = !first_ && told_ && told_->epoch != mirror.revision().epoch;
        if (told_ && *told_ > mirror.revision() && !is_other_log) {
            if (!first_ || context_.timers.now() < give_up_at_) continue;
            if (!co_await is_mirror_current() || !mirror.is_ready()) {
                give_up_soon();
                continue;
            }
            if (*told_ > mirror.revision()) told_ = Revision{};
        }
        const Revision now = mirror.revision();
        // Of what was selected nothing happened up to there: as good as told.
        const auto quiet_until = subscription_.take_quiet_until();
        if (quiet_until && told_ && told_->epoch == now.epoch)
            told_->seq = std::max(told_->seq, *quiet_until);
        if (told_ == now && !first_) continue;
        FeedStep step;
        step.revision = now;
        step.first = first_;
        auto changed = told_ ? mirror.changes_since(*told_) : std::nullopt;
        if (changed) {
            step.changed = std::move(*changed);
        } else {
            step.snapshot = true;
            step.reason = !told_                      ? "FIRST"
                          : told_->epoch != now.epoch ? "NEW_EPOCH"
                          : first_                    ? "TOO_OLD"
                                                      : "TOO_FAR_BEHIND";
        }
        first_ = false;
        told_ = now;
        co_return step;
    }
}

}  // namespace liandong::store
