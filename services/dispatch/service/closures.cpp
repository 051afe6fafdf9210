#include "common/base/id.h"
#include "services/dispatch/policy/close_road.h"
#include "services/dispatch/service/dispatch_service.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::dispatch {

using namespace domain;
using store::Decision;
using store::View;

Task<Result<store::Settled>> DispatchService::close_road(Mutation mutation, Closure closure) {
    const Timestamp now = context_.clock.now();
    closure.id = derive_id({context_.scope.tag(), mutation.agency, mutation.request_id, "closure"});
    closure.author = mutation.actor;
    closure.agency = mutation.agency;
    closure.on_behalf_of = mutation.on_behalf_of;
    closure.recorded_at = now;
    if (!is_set(closure.begins_at)) closure.begins_at = now;
    // As this process sees it: a few more may come in at the same moment elsewhere.
    const bool is_full =
        std::ranges::count_if(context_.mirror.table<Closure>(), [now](const auto& entry) {
            return !is_over(*entry.second.value, now);
        }) >= static_cast<std::ptrdiff_t>(kClosures_max);
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            Decision decision;
            if (const Closure* there = view.get<Closure>(closure.id)) {
                decision.already_done = true;
                decision.outcome.closures = {*there};
                return decision;
            }
            if (is_full) {
                return fail(Code::kResourceExhausted, "TOO_MANY_CLOSURES",
                            fmt::format("{} roads are closed already; lift some", kClosures_max));
            }
            if (auto status = check_closure(closure, now); !status)
                return fail(std::move(status.error()));
            decision.event_kind = "road_closed";
            decision.reason = closure.note;
            decision.outcome.closures = {closure};
            decision.writes.emplace_back(closure);
            return decision;
        });
}

Task<Result<store::Settled>> DispatchService::reopen_road(Mutation mutation, std::string closure_id,
                                                          std::string reason) {
    const Timestamp now = context_.clock.now();
    const std::string by = mutation.actor;
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Closure* before = view.get<Closure>(closure_id);
            if (!before) return store::unknown<Closure>(closure_id);
            Closure closure = *before;
            if (auto status = lift(closure, now, by, reason); !status)
                return fail(std::move(status.error()));
            Decision decision;
            decision.event_kind = "road_reopened";
            decision.reason = reason;
            decision.outcome.closures = {closure};
            decision.writes.emplace_back(std::move(closure));
            return decision;
        });
}

ClosureEffect DispatchService::effect_of(const Closure& closure) {
    model_.set_closures(closures_.closures(context_.clock.now()));
    return model_.effect_of(closure);
}

}  // namespace liandong::dispatch
