#pragma once

#include "services/dispatch/policy/travel.h"
#include "simulator/scenario/scenario.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace liandong::simulator {

/// One call of a scenario as somebody answered it.
struct SentCall {
    std::string report;
    std::optional<double> first_seconds;         ///< report → first unit there; unset: nobody came
    std::optional<double> first_engine_seconds;  ///< report → first fire engine there
    std::string first_engine;                    ///< the engine that was thought first; empty: none
    std::size_t unfilled = 0;                    ///< units asked for that were not free

    friend bool operator==(const SentCall&, const SentCall&) = default;
};

/// Plays a scenario's calls in order through the production rule of recommendation
/// (`dispatch::recommend`) and nothing else of the platform: each call's needs get the units that
/// `chooser` thinks first, at the moment of the call; what is not free then is not sent. How long
/// they really take is drawn from `world`'s estimate, the same draw for the same unit on the same
/// call whoever sent it, so that two choosers meet one world. A unit works `scene` after it
/// arrived, is free from then on where it stands, and back in its quarters as long after that as
/// the way there took. A function of its arguments.
std::vector<SentCall> send_by(dispatch::TravelModel& chooser, dispatch::TravelModel& world,
                              const Scenario& scenario);

/// The engine that the record says was sent first to this call; empty: none.
std::string recorded_first_engine(const Scenario& scenario, const ScenarioReport& report);

}  // namespace liandong::simulator
