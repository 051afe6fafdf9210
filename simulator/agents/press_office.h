#pragma once

#include "simulator/agents/exercise.h"
#include "simulator/scenario/scenario.h"

namespace liandong::simulator {

/// Drafts each bulletin at its time, has a second person approve exactly what was drafted,
/// publishes it.
class PressOffice {
public:
    /// `exercise` outlives the office.
    explicit PressOffice(Exercise& exercise);
    Task<void> publish_all(const std::vector<ScenarioBulletin>& bulletins);

private:
    Task<void> publish(const ScenarioBulletin& bulletin);

    Exercise& exercise_;
    domain::Principal author_;
    domain::Principal signer_;
};

}  // namespace liandong::simulator
