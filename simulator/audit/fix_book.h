#pragma once

#include "common/base/time.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// Where units are, as one process says: how old the fixes are that it uses.
struct Located {
    std::uint64_t process = 0;
    Timestamp said_at;                                        ///< by the process's own clock
    std::vector<std::pair<std::string, std::int64_t>> units;  ///< unit and age, whole seconds
};

/// What each process has acknowledged of where units are. A copy is what was acknowledged by then.
class FixBook {
public:
    /// The process, one of a number that no other ever has, acknowledged a fix of this time.
    void accepted(std::uint64_t process, const std::string& unit_id, Timestamp fixed_at);
    /// The unit for which `said` goes back behind a fix that its process had acknowledged; empty:
    /// none. Positions never go back but for a newer fix.
    std::string gone_back(const Located& said) const;

private:
    std::map<std::pair<std::uint64_t, std::string>, Timestamp> newest_;
};

}  // namespace liandong::simulator
