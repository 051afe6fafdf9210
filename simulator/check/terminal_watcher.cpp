#include "simulator/check/terminal_watcher.h"

#include "simulator/check/watch_stream.h"

#include <fmt/format.h>

#include <utility>

namespace liandong::simulator {
namespace {

using dispatch::v1::WatchUnitOrdersRequest;
using dispatch::v1::WatchUnitOrdersResponse;
using store::Revision;

}  // namespace

Task<void> TerminalWatcher::watch() {
    WatchCall<WatchUnitOrdersRequest, WatchUnitOrdersResponse, dispatch::DispatchHandlers> call{
        .who = crew_of(unit_id_),
        .method = "liandong.dispatch.v1.DispatchService.WatchUnitOrders",
        .service = &VirtualProcess::dispatch,
        .handler = &dispatch::DispatchHandlers::watch_unit_orders,
        .request =
            [this] {
                WatchUnitOrdersRequest request;
                request.set_unit_id(unit_id_);
                if (told_.epoch != 0) set_resume(scene_, told_, *request.mutable_resume());
                return request;
            },
        .take = [this](const WatchUnitOrdersResponse& message) { take(message); }};
    return hold_stream(scene_, desk_, random_, gone_, std::move(call));
}

bool TerminalWatcher::has_all(Revision end) const {
    const WatchHistory* history = scene_.auditor.history(end.epoch);
    return history && told_.epoch == end.epoch && shown() == history->held_order(unit_id_, end.seq);
}

void TerminalWatcher::take(const WatchUnitOrdersResponse& message) {
    scene_.auditor.catch_up(scene_.world.state());
    if (message.has_handshake() && message.handshake().snapshot_follows()) view_.clear();
    for (const std::string& order : message.removals()) view_.erase(order);
    for (const auto& order : message.upserts()) take_order(order, message.has_handshake());
    if (!message.has_resume()) return;
    const Revision now{message.resume().epoch(), message.resume().seq()};
    if (scene_.auditor.goes_back(told_, now)) fault("a terminal went back");
    told_ = now;
    judge();
}

void TerminalWatcher::take_order(const dispatch::v1::Order& order, bool repeats) {
    std::string bytes = order.SerializeAsString();
    auto& held = view_[order.id()];
    if (held == bytes && !repeats) fault("a terminal was told twice of " + order.id());
    held = std::move(bytes);
}

void TerminalWatcher::judge() const {
    const WatchHistory* history = scene_.auditor.history(told_.epoch);
    if (!history || told_.seq > history->last_seq())
        return fault("a terminal was told a revision that never was");
    const std::string wanted = history->held_order(unit_id_, told_.seq);
    if (view_.size() > 1 || shown() != wanted) {
        fault(fmt::format("the terminal of {} at {}/{} shows {} orders ('{}'), the log says '{}'",
                          unit_id_, told_.epoch, told_.seq, view_.size(), shown(), wanted));
    }
}

}  // namespace liandong::simulator
