#include "common/store/scope_context.h"

namespace liandong::store {
bool shows(const Mirror& mirror, Revision wanted) {
    const Revision now = mirror.revision();
    return mirror.is_ready() && now.epoch >= wanted.epoch && now.seq >= wanted.seq;
}

Task<Status> reach(ScopeContext& context, Revision revision, MonotonicTime deadline) {
    if (shows(context.mirror, revision)) co_return Status{};
    Signal changed(context.executor);
    Mirror::Subscription subscription(changed);
    context.mirror.subscribe(subscription);
    const Timers::Id timer = context.timers.at(deadline, [&changed] { changed.notify(); });
    while (!shows(context.mirror, revision) && context.timers.now() < deadline)
        co_await changed.wait();
    context.timers.cancel(timer);
    context.mirror.unsubscribe(subscription);
    if (shows(context.mirror, revision)) co_return Status{};
    if (!context.mirror.is_ready()) {
        co_return fail(Code::kUnavailable, "MIRROR_NOT_READY",
                       "this process has not loaded the scope yet; try again");
    }
    co_return fail(Code::kUnavailable, "REVISION_NOT_REACHED",
                   "this process has not seen that revision yet; try again");
}

}  // namespace liandong::store
