#pragma once

#include "common/base/cancellation.h"
#include "common/store/scope_context.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace liandong::store {

/// One step of a watcher's view.
struct FeedStep {
    bool snapshot = false;     ///< start over with everything; `changed` is empty
    std::string reason;        ///< why: FIRST, TOO_OLD, NEW_EPOCH, TOO_FAR_BEHIND
    std::vector<Key> changed;  ///< each key once: state is coalesced by entity
    Revision revision;         ///< the view after this step; the token to resume behind it
    bool first = false;        ///< the first step of this feed

    /// The watcher is told where it stands: at the start and whenever it starts over.
    bool starts_view() const { return first || snapshot; }
};

/// What one watcher has to be told, in order. It holds no queue: it keeps the revision it has told
/// and asks the mirror what changed since, so a slow watcher costs nothing but its own lateness,
/// and sees every entity's newest state.
class Feed {
public:
    /// `resume`: the revision the watcher holds already. The first step waits until the mirror
    /// shows `at_least` (a console that has just written sees its own write). `context` must
    /// outlive it.
    Feed(ScopeContext& context, std::optional<Revision> resume, Cancellation cancellation,
         Revision at_least = {});
    ~Feed();
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    /// The next step: the first at once (also when nothing changed), later ones when something did.
    /// A view never goes back: one ahead of this process waits for it. It starts over when this
    /// process has the whole log and the view is still ahead: of a log that nobody has any more;
    /// and at once when this process goes on in another epoch, be its number lower (a clock was
    /// wrong). nullopt: cancelled.
    Task<std::optional<FeedStep>> next();

    /// From now on, until it is said again, steps come only for events that write one of `keys`
    /// (and when the view starts over). To be said between a step and the next suspension.
    void only(std::vector<Key> keys) { context_.mirror.select(subscription_, std::move(keys)); }

private:
    void give_up_soon();
    Task<bool> is_mirror_current();

    ScopeContext& context_;
    Cancellation cancellation_;
    Signal changed_;
    Mirror::Subscription subscription_{changed_};
    Cancellation::Registration on_cancel_;
    std::optional<Revision> told_;
    Revision at_least_;
    MonotonicTime give_up_at_{};  ///< when a position ahead of the mirror is looked into
    std::optional<Timers::Id> give_up_;
    bool first_ = true;
};

}  // namespace liandong::store
