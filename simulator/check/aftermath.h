#pragma once

#include "simulator/check/people.h"
#include "simulator/check/watcher.h"

#include <memory>
#include <vector>

namespace liandong::simulator {

/// Demands liveness when everything has healed: all orders end, all incidents close, mirrors equal
/// the log, every watcher has been told everything, and the log rebuilds the store.
class Aftermath {
public:
    /// All must outlive it.
    Aftermath(Scene& scene, WishMaker& maker, People& people, Desk& desk,
              const std::vector<std::unique_ptr<Watcher>>& watchers)
        : scene_(scene), maker_(maker), people_(people), desk_(desk), watchers_(watchers) {}

    /// Whatever does not come about within a minute or so of virtual time is a fault.
    Task<void> demand();

private:
    Task<void> end_orders();
    std::vector<Wish> endings();
    Task<void> compare_mirrors();
    Task<void> await_watchers();
    store::Revision end() const {
        return {scene_.auditor.epoch(), scene_.world.state().last_seq()};
    }

    Scene& scene_;
    WishMaker& maker_;
    People& people_;
    Desk& desk_;
    const std::vector<std::unique_ptr<Watcher>>& watchers_;
};

}  // namespace liandong::simulator
