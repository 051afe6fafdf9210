#pragma once

#include "common/store/mirror.h"
#include "services/dispatch/policy/recommend.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::dispatch {

/// The units of the mirror as rows in id order, kept current by what changed since the last look,
/// with the newest position fix of each. Fixes are not state: they live here, in this process.
class UnitBoard {
public:
    /// `mirror` must outlive the board.
    explicit UnitBoard(const store::Mirror& mirror) : mirror_(mirror) {}

    /// Brings the rows up to the mirror's revision; while the mirror loads they stay as they were.
    /// Valid until the next call.
    std::span<const UnitRow> rows();

    /// A fix; an older one than is known is ignored. `heading_degrees` in [0, 360). False when there
    /// is no such unit.
    bool note_position(std::string_view unit_id, domain::Point position, Timestamp fixed_at,
                       std::optional<double> heading_degrees = std::nullopt);

private:
    void rebuild();
    void update(const std::string& unit_id);
    std::vector<UnitRow>::iterator find(std::string_view unit_id);

    const store::Mirror& mirror_;
    std::vector<UnitRow> rows_;
    std::optional<store::Revision> shown_;
};

}  // namespace liandong::dispatch
