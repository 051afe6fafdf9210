#pragma once

#include "common/base/cancellation.h"
#include "simulator/check/desk.h"
#include "simulator/check/scene.h"

#include <string>

namespace liandong::simulator {

/// Somebody who holds a stream, loses it and resumes it elsewhere, and may stop reading. After each
/// message what it shows is held against the log.
class Watcher {
public:
    /// Both must outlive it.
    Watcher(Scene& scene, Desk& desk)
        : scene_(scene), desk_(desk), random_(scene.world.draw_random()) {}
    virtual ~Watcher() = default;

    /// Until the scene is over.
    virtual Task<void> watch() = 0;
    /// Whether it has been told all that it is owed at `end`, the log's end.
    virtual bool has_all(store::Revision end) const = 0;
    /// "a board", for people.
    virtual std::string name() const = 0;
    /// The stream hangs up at the next message or at once.
    void leave() { gone_.cancel(); }

protected:
    void fault(const std::string& sentence) const { scene_.auditor.fault(sentence); }

    Scene& scene_;
    Desk& desk_;
    SeededRandom random_;
    Cancellation gone_;
    store::Revision told_;  ///< what the view is of
};

}  // namespace liandong::simulator
