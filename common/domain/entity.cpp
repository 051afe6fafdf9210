#include "common/domain/entity.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::domain {
namespace {

// One of each in a scope.
constexpr std::string_view kSingleId = "1";

const std::string& id_of(const auto& entity) { return entity.id; }
std::string_view id_of(const WorldSetting&) { return kSingleId; }
std::string_view id_of(const Epoch&) { return kSingleId; }
std::string_view id_of(const DeskSetting&) { return kSingleId; }

Timestamp end_of(const auto&) { return {}; }
Timestamp end_of(const Incident& incident) { return incident.closed_at; }
Timestamp end_of(const Order& order) { return ended_at(order); }
Timestamp end_of(const Transfer& transfer) { return ended_at(transfer); }
Timestamp end_of(const Handover& handover) { return ended_at(handover); }
Timestamp end_of(const Roster& roster) { return ended_at(roster); }

/// What mirrors hold; the rest is read by key.
bool is_indexed(Kind kind) { return std::ranges::find(kIndexed, kind) != std::end(kIndexed); }

}  // namespace

std::string_view to_string(Kind kind) {
    constexpr std::string_view kNames[] = {
        "report", "incident", "unit",     "order",    "bulletin", "world_setting", "epoch",
        "note",   "closure",  "transfer", "handover", "roster",   "desk_setting",  "duty_report"};
    static_assert(std::size(kNames) == kKinds);
    return kNames[std::to_underlying(kind)];
}

Key key_of(const Entity& entity) {
    return std::visit(
        [&]<class T>(const T& value) { return Key{kKindOf<T>, std::string(id_of(value))}; },
        entity);
}

std::string open_index(Kind kind) { return fmt::format("open.{}", to_string(kind)); }

std::string ended_index(Kind kind) { return fmt::format("ended.{}", to_string(kind)); }

std::string ended_member(Timestamp ended_at, std::string_view id) {
    return fmt::format("{:016}:{}", to_micros(ended_at), id);
}

std::vector<IndexEntry> index_entries(const Entity& entity) {
    Key key = key_of(entity);
    if (!is_indexed(key.kind)) return {};
    std::vector<IndexEntry> entries;
    const auto* incident = std::get_if<Incident>(&entity);
    if (incident && !incident->linked_to.empty())
        entries.push_back({linked_index(incident->linked_to), key.id});
    if (const Timestamp end = ended_at(entity); is_set(end)) {
        entries.push_back({ended_index(key.kind), ended_member(end, key.id)});
    } else {
        entries.push_back({open_index(key.kind), std::move(key.id)});
    }
    return entries;
}

Timestamp ended_at(const Entity& entity) {
    return std::visit([](const auto& value) { return end_of(value); }, entity);
}

}  // namespace liandong::domain
