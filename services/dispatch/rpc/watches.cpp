#include "common/api/convert.h"
#include "common/api/watch.h"
#include "services/dispatch/rpc/closures.h"
#include "services/dispatch/rpc/dispatch_handlers.h"

#include <algorithm>
#include <string>
#include <utility>

namespace liandong::dispatch {
namespace {

using namespace domain;

std::unexpected<Error> watch_ended() {
    return fail(Code::kCancelled, "WATCH_ENDED", "the watcher is gone");
}

/// What one console sees: open incidents of its area, all units, open orders of incidents it sees,
/// closures that are not over.
class BoardView {
public:
    BoardView(const store::ScopeContext& scope, std::string area)
        : scope_(scope), area_(std::move(area)) {}

    void tell_everything(api::Chunks<pb::WatchBoardResponse>& chunks) const {
        for (const auto& [id, held] : scope_.mirror.table<Incident>())
            tell_incident(chunks, id, false);
        for (const auto& [id, held] : scope_.mirror.table<Unit>()) tell_unit(chunks, id);
        for (const auto& [id, held] : scope_.mirror.table<Order>()) tell_order(chunks, id, false);
        for (const auto& [id, held] : scope_.mirror.table<Closure>())
            tell_closure(chunks, id, false);
    }

    void tell(api::Chunks<pb::WatchBoardResponse>& chunks, const Key& key) const {
        if (key.kind == Kind::kIncident) tell_incident(chunks, key.id, true);
        if (key.kind == Kind::kUnit) tell_unit(chunks, key.id);
        if (key.kind == Kind::kOrder) tell_order(chunks, key.id, true);
        if (key.kind == Kind::kClosure) tell_closure(chunks, key.id, true);
    }

private:
    bool sees(const Incident& incident) const {
        return is_open(incident) && incident.place.area_code.starts_with(area_);
    }

    void tell_incident(api::Chunks<pb::WatchBoardResponse>& chunks, const std::string& id,
                       bool remove) const {
        const auto* held = scope_.mirror.find<Incident>(id);
        if (held && sees(*held->value)) {
            chunks.add([](auto& out) { return out.add_incidents(); },
                       api::incident(*held->value, held->version, scope_.scope.district));
        } else if (remove) {
            removal(chunks, "incident", id);
        }
    }

    void tell_unit(api::Chunks<pb::WatchBoardResponse>& chunks, const std::string& id) const {
        if (const auto* held = scope_.mirror.find<Unit>(id)) {
            chunks.add([](auto& out) { return out.add_units(); },
                       api::unit(*held->value, held->version));
        }
    }

    void tell_order(api::Chunks<pb::WatchBoardResponse>& chunks, const std::string& id,
                    bool remove) const {
        const auto* held = scope_.mirror.find<Order>(id);
        const auto* incident =
            held ? scope_.mirror.find<Incident>(held->value->incident_id) : nullptr;
        if (held && !is_ended(held->value->state) && incident && sees(*incident->value)) {
            chunks.add([](auto& out) { return out.add_orders(); },
                       api::order(*held->value, held->version, incident->value.get(),
                                  scope_.scope.district));
        } else if (remove) {
            removal(chunks, "order", id);
        }
    }

    void tell_closure(api::Chunks<pb::WatchBoardResponse>& chunks, const std::string& id,
                      bool remove) const {
        const auto* held = scope_.mirror.find<Closure>(id);
        const Timestamp now = scope_.clock.now();
        if (held && !is_over(*held->value, now)) {
            chunks.add([](auto& out) { return out.add_closures(); },
                       closure_message(*held->value, held->version, now));
        } else if (remove) {
            removal(chunks, "closure", id);
        }
    }

    static void removal(api::Chunks<pb::WatchBoardResponse>& chunks, const char* kind,
                        const std::string& id) {
        pb::BoardRemoval& out = *chunks.last().add_removals();
        out.set_kind(kind);
        out.set_id(id);
    }

    const store::ScopeContext& scope_;
    std::string area_;
};

/// What one terminal sees: the order that its unit holds (at most one is open). Remembers what it
/// has told, so that nothing is told twice.
class TerminalView {
public:
    TerminalView(const store::ScopeContext& scope, std::string unit_id)
        : scope_(scope), unit_id_(std::move(unit_id)) {}

    void tell(api::Chunks<pb::WatchUnitOrdersResponse>& chunks, const store::FeedStep& step) {
        const store::Versioned<Order>* active = active_order();
        if (step.snapshot) {
            told_ = {};
        } else if (step.first) {
            resume(chunks, step, active);
        }
        if (!told_.id.empty() && (!active || active->value->id != told_.id)) {
            chunks.last().add_removals(told_.id);
            told_ = {};
        }
        // D2: what changed about the incident goes to the ordered unit too.
        if (active && (active->value->id != told_.id || is_changed(step, *active->value)))
            tell_order(chunks, *active);
    }

    /// What may change the view: the unit, the order that it holds, and its incident.
    std::vector<Key> interests() const {
        std::vector<Key> keys = {key_of<Unit>(unit_id_)};
        if (const store::Versioned<Order>* active = active_order()) {
            keys.push_back(key_of<Order>(active->value->id));
            keys.push_back(key_of<Incident>(active->value->incident_id));
        }
        return keys;
    }

private:
    struct Told {
        std::string id;
        std::string bytes;
    };

    const store::Versioned<Order>* active_order() const {
        const auto* unit = scope_.mirror.find<Unit>(unit_id_);
        return unit && !unit->value->active_order_id.empty()
                   ? scope_.mirror.find<Order>(unit->value->active_order_id)
                   : nullptr;
    }

    static bool is_changed(const store::FeedStep& step, const Order& order) {
        return std::ranges::any_of(step.changed, [&](const Key& key) {
            return (key.kind == Kind::kOrder && key.id == order.id) ||
                   (key.kind == Kind::kIncident && key.id == order.incident_id);
        });
    }

    /// What the terminal was told by another stream: its order, if nothing happened to it since.
    /// What ended since is told as removed, whether or not it was told before.
    void resume(api::Chunks<pb::WatchUnitOrdersResponse>& chunks, const store::FeedStep& step,
                const store::Versioned<Order>* active) {
        if (active && !is_changed(step, *active->value))
            told_ = {active->value->id, message(*active).SerializeAsString()};
        for (const Key& key : step.changed) {
            if (key.kind != Kind::kOrder) continue;
            const auto* held = scope_.mirror.find<Order>(key.id);
            if (held && held->value->unit_id == unit_id_ && is_ended(held->value->state)) {
                chunks.last().add_removals(key.id);
            }
        }
    }

    pb::Order message(const store::Versioned<Order>& held) const {
        const auto* incident = scope_.mirror.find<Incident>(held.value->incident_id);
        return api::order(*held.value, held.version, incident ? incident->value.get() : nullptr,
                          scope_.scope.district);
    }

    void tell_order(api::Chunks<pb::WatchUnitOrdersResponse>& chunks,
                    const store::Versioned<Order>& held) {
        pb::Order now = message(held);
        Told telling{held.value->id, now.SerializeAsString()};
        if (telling.id == told_.id && telling.bytes == told_.bytes) return;
        chunks.add([](auto& out) { return out.add_upserts(); }, std::move(now));
        told_ = std::move(telling);
    }

    const store::ScopeContext& scope_;
    std::string unit_id_;
    Told told_;
};

}  // namespace

Task<Status> DispatchHandlers::watch_board(CallContext, pb::WatchBoardRequest request,
                                           Sink<pb::WatchBoardResponse>& sink) {
    if (auto status = api::check_text(request.area_code(), 15, "area_code"); !status)
        co_return status;
    const BoardView view(scope(), request.area_code());
    store::Feed feed(scope(), api::read_resume(request), sink.cancellation(),
                     api::read_at_least(request));
    while (const auto step = co_await feed.next()) {
        api::Chunks<pb::WatchBoardResponse> chunks(scope(), *step);
        if (step->snapshot) view.tell_everything(chunks);
        for (const Key& key : step->changed) view.tell(chunks, key);
        if (!co_await chunks.send(sink)) break;
    }
    co_return watch_ended();
}

Task<Status> DispatchHandlers::watch_unit_orders(CallContext context,
                                                 pb::WatchUnitOrdersRequest request,
                                                 Sink<pb::WatchUnitOrdersResponse>& sink) {
    const std::string unit_id = request.unit_id();
    if (auto status = api::check_id(unit_id, "unit_id"); !status) co_return status;
    if (!context.principal.unit_id.empty() && context.principal.unit_id != unit_id) {
        co_return fail(Code::kPermissionDenied, "NOT_THE_UNIT",
                       "a terminal watches its own unit only");
    }
    if (api::is_bound_to_agency(context.principal)) {
        const auto unit = co_await service_.find<Unit>(unit_id, context.deadline);
        if (!unit) co_return fail(unit.error());
        if (unit->held.value->agency != context.principal.agency) {
            co_return fail(Code::kPermissionDenied, "NOT_THE_AGENCYS_UNIT",
                           "a gateway watches its own agency's units only");
        }
    }
    TerminalView view(scope(), unit_id);
    store::Feed feed(scope(), api::read_resume(request), sink.cancellation(),
                     api::read_at_least(request));
    while (const auto step = co_await feed.next()) {
        api::Chunks<pb::WatchUnitOrdersResponse> chunks(scope(), *step);
        view.tell(chunks, *step);
        feed.only(view.interests());
        if (!co_await chunks.send(sink)) break;
    }
    co_return watch_ended();
}

}  // namespace liandong::dispatch
