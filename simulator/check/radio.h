#pragma once

#include "simulator/check/desk.h"
#include "simulator/check/scene.h"

#include <string>

namespace liandong::simulator {

/// A crew's terminal that streams where it is: a few fixes a stream, some of them late, over and
/// over. Holds the answer against what was sent, and notes for the auditor what a process has
/// acknowledged.
class Radio {
public:
    /// Both must outlive it.
    Radio(Scene& scene, Desk& desk, std::string unit_id)
        : scene_(scene),
          desk_(desk),
          random_(scene.world.draw_random()),
          unit_id_(std::move(unit_id)) {}

    /// Until the scene has healed.
    Task<void> stream();

private:
    Task<void> stream_once();
    void judge(std::uint64_t sent, std::uint64_t accepted, std::uint64_t rejected,
               const std::string& reason);

    Scene& scene_;
    Desk& desk_;
    SeededRandom random_;
    std::string unit_id_;
};

}  // namespace liandong::simulator
