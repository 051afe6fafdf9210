#include "simulator/check/board_watcher.h"

#include "simulator/check/watch_stream.h"

#include <fmt/format.h>

#include <utility>

namespace liandong::simulator {
namespace {

using dispatch::v1::WatchBoardRequest;
using dispatch::v1::WatchBoardResponse;
using domain::Kind;
using store::Key;
using store::Revision;

}  // namespace

Task<void> BoardWatcher::watch() {
    WatchCall<WatchBoardRequest, WatchBoardResponse, dispatch::DispatchHandlers> call{
        .who = person("console", domain::Role::kDispatcher),
        .method = "liandong.dispatch.v1.DispatchService.WatchBoard",
        .service = &VirtualProcess::dispatch,
        .handler = &dispatch::DispatchHandlers::watch_board,
        .request =
            [this] {
                WatchBoardRequest request;
                if (told_.epoch != 0 && !snapshot_)
                    set_resume(scene_, told_, *request.mutable_resume());
                return request;
            },
        .take = [this](const WatchBoardResponse& message) { take(message); }};
    return hold_stream(scene_, desk_, random_, gone_, std::move(call));
}

void BoardWatcher::take(const WatchBoardResponse& message) {
    scene_.auditor.catch_up(scene_.world.state());
    if (message.has_handshake() && message.handshake().snapshot_follows()) {
        view_.clear();
        snapshot_ = true;
        const auto& revision = message.handshake().revision();
        if (scene_.auditor.goes_back(told_, {revision.epoch(), revision.seq()}))
            fault("a board went back");
    }
    for (const auto& incident : message.incidents())
        take_value({Kind::kIncident, incident.id()}, incident.version());
    for (const auto& unit : message.units()) take_value({Kind::kUnit, unit.id()}, unit.version());
    for (const auto& order : message.orders())
        take_value({Kind::kOrder, order.id()}, order.version());
    for (const auto& removal : message.removals()) {
        view_.erase({removal.kind() == "incident" ? Kind::kIncident : Kind::kOrder, removal.id()});
    }
    if (!message.has_resume()) return;
    const Revision now{message.resume().epoch(), message.resume().seq()};
    if (scene_.auditor.goes_back(told_, now)) fault("a board went back");
    if (now == told_ && !message.has_handshake()) fault("a board was told the same revision twice");
    const std::uint64_t from = snapshot_ ? 0 : told_.seq;
    told_ = now;
    snapshot_ = false;
    judge(from);
}

void BoardWatcher::take_value(const Key& key, std::uint64_t version) {
    auto& held = view_[key];
    if (held == version) fault("a board was told twice of " + key.id);
    if (held > version) fault("a board was told older news of " + key.id);
    held = version;
}

void BoardWatcher::judge(std::uint64_t from) {
    const BoardHistory* history = scene_.auditor.history(told_.epoch);
    if (!history || told_.seq > history->last_seq())
        return fault("a board was told a revision that never was");
    for (const Key& key : history->changed(from, told_.seq)) {
        const auto held = view_.find(key);
        const std::uint64_t version = held == view_.end() ? 0 : held->second;
        if (version == history->shown(key, told_.seq)) continue;
        fault(fmt::format("a board at {}/{} shows version {} of {} {}, the log says {}",
                          told_.epoch, told_.seq, version, to_string(key.kind), key.id,
                          history->shown(key, told_.seq)));
    }
    if (view_.size() != history->count(told_.seq)) {
        fault(fmt::format("a board at {}/{} shows {} things, the log says {}", told_.epoch,
                          told_.seq, view_.size(), history->count(told_.seq)));
    }
}

}  // namespace liandong::simulator
