#pragma once

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "simulator/check/watcher.h"

#include <map>

namespace liandong::simulator {

/// A console of the whole district. At each revision it shows exactly what the log says: nothing
/// missing, nothing twice, in order.
class BoardWatcher final : public Watcher {
public:
    using Watcher::Watcher;

    Task<void> watch() override;
    bool has_all(store::Revision end) const override { return told_ == end; }
    std::string name() const override { return "a board"; }

private:
    void take(const dispatch::v1::WatchBoardResponse& message);
    void take_value(const store::Key& key, std::uint64_t version);
    void judge(std::uint64_t from);

    std::map<store::Key, std::uint64_t> view_;  ///< key → version
    bool snapshot_ = true;                      ///< the view is being told from the start
};

}  // namespace liandong::simulator
