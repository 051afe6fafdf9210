#pragma once

#include "services/intake/policy/catalogue/catalogue.h"

#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// A rule that held.
struct TriageGround {
    std::string type_code;  ///< whose rule it is; "any" for one that holds for every type
    FactSet facts = 0;      ///< what it rests on
    int level_code = 0;     ///< on the proposal's scale; 0: it leaves the level
    bool life_threatening = false;

    friend bool operator==(const TriageGround&, const TriageGround&) = default;
};

/// A proposal, never a decision: dispatch does not wait for it (D2), a person may set another
/// level.
struct Proposal {
    domain::Level level;
    bool life_threatening = false;
    bool is_type_known = false;
    std::vector<TriageGround> grounds;  ///< those that hold, in order of the catalogue

    friend bool operator==(const Proposal&, const Proposal&) = default;
};

/// The level is the gravest of the type's own level and of all its rules that hold (by
/// `urgency_rank`); `authority` issues it. The rules of `[any]` add life_threatening to every type.
/// An unknown or empty type gets the level of `[any]` and its rules.
Proposal propose(const Catalogue& catalogue, std::string_view type_code, FactSet facts,
                 std::string_view authority);

/// "structure_fire: trapped, burning": for logs and for the desk.
std::string to_text(const TriageGround& ground);

/// True when the proposal must be shown again after facts have changed: another level, or life
/// threatening now.
bool is_graver(const Proposal& now, const Proposal& before);

}  // namespace liandong::intake
