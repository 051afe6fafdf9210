#include "simulator/check/watchers.h"

#include <fmt/format.h>

#include <functional>
#include <utility>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;
using domain::Kind;
using store::Key;
using store::Revision;

Revision revision_of(const common::v1::Revision& in) { return {in.epoch(), in.seq()}; }

CallContext context_of(VirtualWorld& world, std::string unit_id) {
    CallContext context;
    context.principal.subject = "console";
    context.principal.agency = "gongan";
    context.principal.unit_id = std::move(unit_id);
    context.deadline = world.callers().timers().now() + 24h;
    return context;
}

/// The watcher's end of one stream: takes messages, dawdles, freezes, hangs up, as troubles and
/// mutants have it.
template <class Message> class Stream final : public Sink<Message> {
public:
    Stream(Watching& watching, SeededRandom& random, VirtualProcess& process, Cancellation gone,
           std::function<void(const Message&)> take)
        : watching_(watching), random_(random), process_(process), take_(std::move(take)) {
        on_gone_ = gone.on_cancel([this] { broken_.cancel(); });
        on_death_ = process.death().on_cancel([this] { broken_.cancel(); });
    }

    Task<bool> send(Message message) override {
        co_await sleep_for(process_.thread().timers(), pause());
        if (broken_.is_cancelled()) co_return false;
        if (may_break() && random_.below(12) == 0) {
            broken_.cancel();
            co_return false;
        }
        Mistake& mistake = watching_.mistake;
        if (mistake.strikes(Mutant::kWatchDropsMessage)) co_return true;
        if (mistake.strikes(Mutant::kWatchDropsRemovals)) message.clear_removals();
        take_(message);
        if (mistake.strikes(Mutant::kWatchRepeatsMessage)) take_(message);
        co_return true;
    }
    Cancellation cancellation() const override { return broken_; }

private:
    bool may_break() const {
        return !watching_.healed && watching_.troubles.has(Trouble::kHangUps);
    }
    Duration pause() {
        if (watching_.healed) return 1ms;
        if (watching_.troubles.has(Trouble::kFrozenWatchers) && random_.below(60) == 0)
            return Duration(1s) + Duration{static_cast<Duration::rep>(random_.below(29'000'000))};
        return Duration{static_cast<Duration::rep>(200 + random_.below(20'000))};
    }

    Watching& watching_;
    SeededRandom& random_;
    VirtualProcess& process_;
    std::function<void(const Message&)> take_;
    Cancellation broken_;
    Cancellation::Registration on_gone_;
    Cancellation::Registration on_death_;
};

/// Holds a stream, again and again, until the check is over.
template <class Request, class Message>
Task<void> hold(Watching& watching, SeededRandom& random, Cancellation gone, std::string unit_id,
                std::function<Request()> request,
                Task<Status> (dispatch::DispatchHandlers::*handler)(CallContext, Request,
                                                                    Sink<Message>&),
                std::function<void(const Message&)> take) {
    VirtualWorld& world = watching.world;
    while (!watching.over) {
        VirtualProcess& process = *world.processes()[random.below(world.processes().size())];
        Stream<Message> stream(watching, random, process, gone, take);
        CallContext context = context_of(world, unit_id);
        context.cancellation = stream.cancellation();
        Request asked = request();
        const Status ended = co_await process.serve(
            world.callers(),
            (process.dispatch().*handler)(std::move(context), std::move(asked), stream));
        co_await sleep_for(world.callers().timers(), 5ms);
    }
}

void set_resume(Watching& watching, Revision told, common::v1::Revision& resume) {
    resume.set_epoch(told.epoch);
    resume.set_seq(told.seq);
    // The server goes on from where it is instead of from where the watcher is.
    if (watching.mistake.is(Mutant::kWatchForgetsResume) && told.epoch == watching.auditor.epoch())
        resume.set_seq(watching.auditor.log().events());
}

}  // namespace

// ---- the board

Task<void> BoardWatcher::watch() {
    return hold<dispatch::v1::WatchBoardRequest, dispatch::v1::WatchBoardResponse>(
        watching_, random_, gone_, "",
        [this] {
            dispatch::v1::WatchBoardRequest request;
            if (told_.epoch != 0 && !snapshot_)
                set_resume(watching_, told_, *request.mutable_resume());
            return request;
        },
        &dispatch::DispatchHandlers::watch_board,
        [this](const dispatch::v1::WatchBoardResponse& message) { take(message); });
}

void BoardWatcher::take(const dispatch::v1::WatchBoardResponse& message) {
    watching_.auditor.catch_up(watching_.world.state());
    if (message.has_handshake() && message.handshake().snapshot_follows()) {
        view_.clear();
        snapshot_ = true;
        if (revision_of(message.handshake().revision()) < told_)
            watching_.auditor.fault("a board went back");
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
    const Revision now = revision_of(message.resume());
    if (now < told_) watching_.auditor.fault("a board went back");
    if (now == told_ && !message.has_handshake())
        watching_.auditor.fault("a board was told the same revision twice");
    const std::uint64_t from = snapshot_ ? 0 : told_.seq;
    told_ = now;
    snapshot_ = false;
    judge(from);
}

void BoardWatcher::take_value(const Key& key, std::uint64_t version) {
    auto& held = view_[key];
    if (held == version) watching_.auditor.fault("a board was told twice of " + key.id);
    if (held > version) watching_.auditor.fault("a board was told older news of " + key.id);
    held = version;
}

void BoardWatcher::judge(std::uint64_t from) {
    const BoardHistory* history = watching_.auditor.history(told_.epoch);
    if (!history || told_.seq > history->last_seq())
        return watching_.auditor.fault("a board was told a revision that never was");
    for (const Key& key : history->changed(from, told_.seq)) {
        const auto held = view_.find(key);
        const std::uint64_t version = held == view_.end() ? 0 : held->second;
        if (version == history->shown(key, told_.seq)) continue;
        watching_.auditor.fault(fmt::format(
            "a board at {}/{} shows version {} of {} {}, the log says {}", told_.epoch, told_.seq,
            version, to_string(key.kind), key.id, history->shown(key, told_.seq)));
    }
    if (view_.size() != history->count(told_.seq)) {
        watching_.auditor.fault(fmt::format("a board at {}/{} shows {} things, the log says {}",
                                            told_.epoch, told_.seq, view_.size(),
                                            history->count(told_.seq)));
    }
}

// ---- a terminal

Task<void> TerminalWatcher::watch() {
    return hold<dispatch::v1::WatchUnitOrdersRequest, dispatch::v1::WatchUnitOrdersResponse>(
        watching_, random_, gone_, unit_id_,
        [this] {
            dispatch::v1::WatchUnitOrdersRequest request;
            request.set_unit_id(unit_id_);
            if (told_.epoch != 0) set_resume(watching_, told_, *request.mutable_resume());
            return request;
        },
        &dispatch::DispatchHandlers::watch_unit_orders,
        [this](const dispatch::v1::WatchUnitOrdersResponse& message) { take(message); });
}

void TerminalWatcher::take(const dispatch::v1::WatchUnitOrdersResponse& message) {
    watching_.auditor.catch_up(watching_.world.state());
    if (message.has_handshake() && message.handshake().snapshot_follows()) view_.clear();
    for (const std::string& order : message.removals()) view_.erase(order);
    for (const auto& order : message.upserts()) {
        std::string bytes = order.SerializeAsString();
        auto& held = view_[order.id()];
        if (held == bytes && !message.has_handshake())
            watching_.auditor.fault("a terminal was told twice of " + order.id());
        held = std::move(bytes);
    }
    if (!message.has_resume()) return;
    const Revision now = revision_of(message.resume());
    if (now < told_) watching_.auditor.fault("a terminal went back");
    told_ = now;
    const BoardHistory* history = watching_.auditor.history(told_.epoch);
    if (!history || told_.seq > history->last_seq())
        return watching_.auditor.fault("a terminal was told a revision that never was");
    const std::string wanted = history->held_order(unit_id_, told_.seq);
    const std::string shown = view_.empty() ? std::string() : view_.begin()->first;
    if (view_.size() > 1 || shown != wanted) {
        watching_.auditor.fault(
            fmt::format("the terminal of {} at {}/{} shows {} orders ('{}'), "
                        "the log says '{}'",
                        unit_id_, told_.epoch, told_.seq, view_.size(), shown, wanted));
    }
}

}  // namespace liandong::simulator
