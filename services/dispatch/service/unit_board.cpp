#include "services/dispatch/service/unit_board.h"

#include <algorithm>

namespace liandong::dispatch {
namespace {

using domain::Unit;

void keep_newer_fix(UnitRow& row, const UnitRow& before) {
    if (before.position_at <= row.position_at) return;
    row.position = before.position;
    row.position_at = before.position_at;
    row.heading_degrees = before.heading_degrees;
}

}  // namespace

std::span<const UnitRow> UnitBoard::rows() {
    const store::Revision now = mirror_.revision();
    // A mirror that is loading has the revision it will have, and not yet all units.
    if (!mirror_.is_ready() || shown_ == now) return rows_;
    const auto changed = shown_ ? mirror_.changes_since(*shown_) : std::nullopt;
    if (changed) {
        for (const domain::Key& key : *changed) {
            if (key.kind == domain::Kind::kUnit) update(key.id);
        }
    } else {
        rebuild();
    }
    shown_ = now;
    return rows_;
}

bool UnitBoard::note_position(std::string_view unit_id, domain::Point position,
                              Timestamp fixed_at, std::optional<double> heading_degrees) {
    rows();
    const auto row = find(unit_id);
    if (row == rows_.end() || row->unit->id != unit_id) return false;
    if (fixed_at > row->position_at) {
        row->position = position;
        row->position_at = fixed_at;
        row->heading_degrees = heading_degrees;
    }
    return true;
}

void UnitBoard::rebuild() {
    std::vector<UnitRow> before = std::exchange(rows_, {});
    rows_.reserve(mirror_.table<Unit>().size());
    auto old = before.begin();
    for (const auto& [id, held] : mirror_.table<Unit>()) {
        UnitRow& row = rows_.emplace_back(make_row(held.value, held.version));
        while (old != before.end() && old->unit->id < id) ++old;
        if (old != before.end() && old->unit->id == id) keep_newer_fix(row, *old);
    }
}

void UnitBoard::update(const std::string& unit_id) {
    const auto at = find(unit_id);
    const bool is_known = at != rows_.end() && at->unit->id == unit_id;
    const auto* held = mirror_.find<Unit>(unit_id);
    if (!held) {
        if (is_known) rows_.erase(at);
        return;
    }
    UnitRow row = make_row(held->value, held->version);
    if (is_known) {
        keep_newer_fix(row, *at);
        *at = std::move(row);
    } else {
        rows_.insert(at, std::move(row));
    }
}

std::vector<UnitRow>::iterator UnitBoard::find(std::string_view unit_id) {
    return std::ranges::lower_bound(
        rows_, unit_id, {}, [](const UnitRow& row) -> std::string_view { return row.unit->id; });
}

}  // namespace liandong::dispatch
