#pragma once

#include "simulator/check/view_watcher.h"

namespace liandong::simulator {

/// The release desk, which sees every bulletin, or a channel, which sees what is published.
class BulletinWatcher final : public ViewWatcher {
public:
    /// `scene` and `desk` must outlive it.
    BulletinWatcher(Scene& scene, Desk& desk, bool published_only)
        : ViewWatcher(scene, desk), published_only_(published_only) {}

    Task<void> watch() override;
    std::string name() const override { return published_only_ ? "a channel" : "the release desk"; }

private:
    const ViewHistory& course(const WatchHistory& history) const override {
        return published_only_ ? history.published() : history.bulletins();
    }

    bool published_only_;
};

}  // namespace liandong::simulator
