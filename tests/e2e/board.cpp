#include "tests/e2e/board.h"

#include "common/api/convert.h"
#include "common/store/codec.h"

#include <fmt/format.h>

#include <set>

namespace liandong::test {
namespace {

constexpr std::size_t kDifferences_max = 20;

template <class T> const T* entity_of(const LogReplay& replay, std::string_view id, T& slot) {
    const auto found = replay.values().find(domain::key_of<T>(id));
    if (found == replay.values().end()) return nullptr;
    slot = std::get<T>(store::decode(found->first.kind, found->second.bytes).value().entity);
    return &slot;
}

}  // namespace

void Board::take(const dispatch::v1::WatchBoardResponse& message) {
    if (message.has_handshake()) {
        ++starts_[message.handshake().reason()];
        if (message.handshake().snapshot_follows()) incoming_.emplace();
    }
    Entities& into = incoming_ ? *incoming_ : entities_;
    for (const auto& item : message.incidents()) {
        into[{"incident", item.id()}] = item.SerializeAsString();
    }
    for (const auto& item : message.units()) into[{"unit", item.id()}] = item.SerializeAsString();
    for (const auto& item : message.orders()) into[{"order", item.id()}] = item.SerializeAsString();
    for (const auto& removal : message.removals()) into.erase({removal.kind(), removal.id()});
    if (incoming_ && message.snapshot_complete()) {
        entities_ = std::move(*incoming_);
        incoming_.reset();
    }
    if (message.has_resume()) resume_ = message.resume();
}

Board::Entities board_of(const LogReplay& replay, std::string_view district) {
    using namespace domain;
    Board::Entities board;
    for (const auto& [key, value] : replay.values()) {
        const Entity entity = store::decode(key.kind, value.bytes).value().entity;
        if (const auto* incident = std::get_if<Incident>(&entity); incident && is_open(*incident)) {
            board[{"incident", key.id}] =
                api::incident(*incident, value.version, district).SerializeAsString();
        }
        if (const auto* unit = std::get_if<Unit>(&entity)) {
            board[{"unit", key.id}] = api::unit(*unit, value.version).SerializeAsString();
        }
        if (const auto* order = std::get_if<Order>(&entity); order && !is_ended(order->state)) {
            Incident slot;
            const Incident* incident = entity_of(replay, order->incident_id, slot);
            if (!incident || !is_open(*incident)) continue;
            board[{"order", key.id}] =
                api::order(*order, value.version, incident, district).SerializeAsString();
        }
    }
    return board;
}

std::vector<std::string> differences(const Board::Entities& shown, const Board::Entities& right) {
    std::vector<std::string> found;
    const auto say = [&](std::string_view what, const Board::Entities::key_type& key) {
        if (found.size() < kDifferences_max) {
            found.push_back(fmt::format("{} {} {}", what, key.first, key.second));
        }
    };
    for (const auto& [key, bytes] : right) {
        const auto at = shown.find(key);
        if (at == shown.end()) {
            say("does not show", key);
        } else if (at->second != bytes) {
            say("shows something else as", key);
        }
    }
    for (const auto& [key, bytes] : shown) {
        if (!right.contains(key)) say("still shows", key);
    }
    return found;
}

}  // namespace liandong::test
