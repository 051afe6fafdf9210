#pragma once

#include "simulator/check/view_watcher.h"

namespace liandong::simulator {

/// A console of the whole district.
class BoardWatcher final : public ViewWatcher {
public:
    using ViewWatcher::ViewWatcher;

    Task<void> watch() override;
    std::string name() const override { return "a board"; }

private:
    const ViewHistory& course(const WatchHistory& history) const override {
        return history.board();
    }
};

}  // namespace liandong::simulator
