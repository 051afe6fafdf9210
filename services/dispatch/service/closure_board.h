#pragma once

#include "common/store/mirror.h"
#include "services/dispatch/policy/travel.h"

#include <optional>

namespace liandong::dispatch {

/// The closures of the mirror that are not over, in id order, kept current by what changed since
/// the last look.
class ClosureBoard {
public:
    /// `mirror` must outlive the board.
    explicit ClosureBoard(const store::Mirror& mirror) : mirror_(mirror) {}

    /// Brings the list up to the mirror's revision; while the mirror loads it stays as it was.
    /// Those that ended before `now` are left out when it is made anew.
    const ClosureList& closures(Timestamp now);

private:
    bool has_news() const;

    const store::Mirror& mirror_;
    ClosureList closures_;
    std::optional<store::Revision> shown_;
};

}  // namespace liandong::dispatch
