#include "common/store/feed.h"

namespace liandong::store {

Feed::Feed(ScopeContext& context, std::optional<Revision> resume, Cancellation cancellation,
           Revision at_least)
    : context_(context),
      cancellation_(std::move(cancellation)),
      changed_(context.executor),
      told_(resume),
      at_least_(at_least) {
    context_.mirror.subscribe(changed_);
    on_cancel_ = cancellation_.on_cancel([this] { changed_.notify(); });
}

Feed::~Feed() { context_.mirror.unsubscribe(changed_); }

Task<std::optional<FeedStep>> Feed::next() {
    const Mirror& mirror = context_.mirror;
    for (;; co_await changed_.wait()) {
        if (cancellation_.is_cancelled()) co_return std::nullopt;
        if (!mirror.is_ready() || (first_ && !shows(mirror, at_least_))) continue;
        const Revision now = mirror.revision();
        if (told_ && told_->epoch == now.epoch) {
            // Another replica told this watcher more than this process has seen yet: never take it
            // back.
            if (told_->seq > now.seq) continue;
            if (told_->seq == now.seq && !first_) continue;
        }
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
