#include "simulator/check/board_watcher.h"

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "simulator/check/watch_stream.h"

#include <utility>

namespace liandong::simulator {

using dispatch::v1::WatchBoardRequest;
using dispatch::v1::WatchBoardResponse;
using domain::Kind;

namespace {

Kind kind_of(const std::string& word) {
    if (word == "incident") return Kind::kIncident;
    return word == "closure" ? Kind::kClosure : Kind::kOrder;
}

}  // namespace

Task<void> BoardWatcher::watch() {
    const auto take = [this](const WatchBoardResponse& message) {
        for (const auto& incident : message.incidents())
            take_value({Kind::kIncident, incident.id()}, incident.version());
        for (const auto& unit : message.units())
            take_value({Kind::kUnit, unit.id()}, unit.version());
        for (const auto& order : message.orders())
            take_value({Kind::kOrder, order.id()}, order.version());
        for (const auto& closure : message.closures())
            take_value({Kind::kClosure, closure.id()}, closure.version());
        for (const auto& removal : message.removals())
            remove({kind_of(removal.kind()), removal.id()});
    };
    WatchCall<WatchBoardRequest, WatchBoardResponse, dispatch::DispatchHandlers> call{
        .who = person("console", domain::Role::kDispatcher),
        .method = "liandong.dispatch.v1.DispatchService.WatchBoard",
        .service = &VirtualProcess::dispatch,
        .handler = &dispatch::DispatchHandlers::watch_board,
        .request =
            [this] {
                WatchBoardRequest request;
                if (may_resume()) set_resume(scene_, told_, *request.mutable_resume());
                return request;
            },
        .take = [this, take](const WatchBoardResponse& message) { take_message(message, take); }};
    return hold_stream(scene_, desk_, random_, gone_, std::move(call));
}

}  // namespace liandong::simulator
