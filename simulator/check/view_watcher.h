#pragma once

#include "simulator/check/watcher.h"

#include <map>
#include <string>

namespace liandong::simulator {

/// A watcher of a whole view. At each revision it shows exactly what the log says: nothing missing,
/// nothing twice, in order.
class ViewWatcher : public Watcher {
public:
    using Watcher::Watcher;

    /// Shows what there is to show: its revision stands still while nothing concerns the view.
    bool has_all(store::Revision end) const override;

protected:
    /// The view that it should show, of one log.
    virtual const ViewHistory& course(const WatchHistory& history) const = 0;

    /// Behind what a stream resumes; not while the view is being told from the start.
    bool may_resume() const { return told_.epoch != 0 && !snapshot_; }
    /// One message: `take_values` calls `take_value` and `remove` for what it brings.
    template <class Message, class TakeValues>
    void take_message(const Message& message, TakeValues take_values) {
        scene_.auditor.catch_up(scene_.world.state());
        if (message.has_handshake() && message.handshake().snapshot_follows()) {
            const auto& revision = message.handshake().revision();
            start_over({revision.epoch(), revision.seq()});
        }
        take_values(message);
        if (!message.has_resume()) return;
        finish({message.resume().epoch(), message.resume().seq()}, message.has_handshake());
    }
    void take_value(const store::Key& key, std::uint64_t version);
    void remove(const store::Key& key) { view_.erase(key); }

private:
    void start_over(store::Revision revision);
    void finish(store::Revision now, bool is_handshake);
    void judge(std::uint64_t from);

    std::map<store::Key, std::uint64_t> view_;  ///< key → version
    bool snapshot_ = true;                      ///< the view is being told from the start
};

}  // namespace liandong::simulator
