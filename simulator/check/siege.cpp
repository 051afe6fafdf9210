#include "simulator/check/siege.h"

#include "common/store/codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;

constexpr int kAttempts_max = 400;
constexpr Duration kAttemptsFor = 120s;
constexpr std::size_t kRemembered_max = 32;
constexpr int kFinishRounds_max = 20;
constexpr Timestamp kBegins{Duration{1'784'368'800'000'000}};  // 2026-07-18 18:00 in China

/// Nothing was done, or nobody knows: people send the same request again.
bool is_unresolved(const Error& error) {
    return error.code == Code::kUnavailable || error.code == Code::kAborted ||
           error.code == Code::kDeadlineExceeded || error.reason == "STORE_FULL";
}

template <class T> bool shows(const store::Mirror& mirror, const LogReplay& log) {
    std::size_t count = 0;
    for (const auto& [key, entity] : log.entities()) {
        if (key.kind != domain::kKindOf<T>) continue;
        ++count;
        const auto* held = mirror.find<T>(key.id);
        if (!held || held->version != log.values().at(key).version ||
            !(*held->value == std::get<T>(entity))) {
            return false;
        }
    }
    return mirror.table<T>().size() == count;
}

/// Some of what is allowed; each with the same chance as not.
Troubles draw(SeededRandom& random, Troubles allowed) {
    return Troubles::from_bits(static_cast<std::uint32_t>(random.next() >> 32U)) & allowed;
}

VirtualWorld::Setting world_of(const SiegePlan& plan, Mistake& mistake) {
    VirtualWorld::Setting setting;
    setting.seed = plan.seed;
    setting.processes = Siege::kProcesses;
    setting.start = kBegins;
    setting.epochs = true;
    if (!mistake.is(Mutant::kNone)) {
        setting.wrap = [&mistake](store::Store& inner, const Executor&) {
            return mistaken_store(inner, mistake);
        };
    }
    return setting;
}

}  // namespace

Siege::Siege(const SiegePlan& plan)
    : plan_(plan),
      mistake_(std::make_unique<Mistake>(plan.mutant, SeededRandom(plan.seed ^ 0x5eedU))),
      world_(world_of(plan, *mistake_)),
      random_(world_.draw_random()),
      chance_(world_.draw_random()),
      watching_{world_, auditor_, *mistake_, draw(chance_, plan.allowed)},
      maker_(random_, auditor_, world_.clock(), world_.scope()),
      background_(world_.callers().executor()),
      left_(plan.operations) {
    for (auto& process : world_.processes()) make_trouble(*process);
    for (std::size_t i = 0; i < kBoards; ++i)
        boards_.push_back(std::make_unique<BoardWatcher>(watching_, world_.draw_random()));
    for (std::size_t i = 0; i < WishMaker::kUnits; i += 3) {
        terminals_.push_back(std::make_unique<TerminalWatcher>(watching_, world_.draw_random(),
                                                               fmt::format("unit-{}", i)));
    }
}

Siege::~Siege() = default;

void Siege::run() { world_.run(besiege()); }

void Siege::trace(const std::string& line) {
    if (!plan_.trace) return;
    const double seconds = std::chrono::duration<double>(world_.clock().now() - kBegins).count();
    trace_.push_back(
        fmt::format("{:12.6f}  seq {:4}  {}", seconds, world_.state().last_seq(), line));
}

Duration Siege::up_to(Duration most) {
    return Duration{
        static_cast<Duration::rep>(chance_.below(static_cast<std::uint64_t>(most.count()) + 1))};
}

VirtualProcess& Siege::any_process() {
    return *world_.processes()[random_.below(world_.processes().size())];
}

Task<bool> Siege::besiege() {
    // Nothing goes wrong before there is anything.
    for (auto& process : world_.processes()) process->faults().heal();
    co_await settle_wish(maker_.import_all(), true, false);
    for (auto& process : world_.processes()) make_trouble(*process);
    TaskGroup watchers(world_.callers().executor());
    for (auto& board : boards_) watchers.start(board->watch());
    for (auto& terminal : terminals_) watchers.start(terminal->watch());
    background_.start(nemesis());
    TaskGroup people(world_.callers().executor());
    for (std::size_t i = 0; i < kPeople; ++i) people.start(work());
    co_await people.join();
    is_over_ = true;
    co_await background_.join();
    heal();
    if (faults().empty()) co_await finish();
    watching_.over = true;
    for (auto& board : boards_) board->leave();
    for (auto& terminal : terminals_) terminal->leave();
    co_await watchers.join();
    co_return true;
}

// ---- people

Task<void> Siege::work() {
    while (left_ > 0 && faults().empty()) {
        --left_;
        co_await sleep_for(world_.callers().timers(),
                           Duration{static_cast<Duration::rep>(random_.below(60'000))});
        co_await operation();
    }
}

Task<bool> Siege::operation() {
    if (random_.below(5) == 0) co_return co_await send_again();
    Wish wish = maker_.draw();
    if (random_.below(6) != 0) co_return co_await settle_wish(std::move(wish), true, false);
    // Impatient: the same request twice at once, perhaps on both processes.
    TaskGroup both(world_.callers().executor());
    const auto once = [](Siege* siege, Wish copy) -> Task<void> {
        co_await siege->settle_wish(std::move(copy), false, false);
    };
    both.start(once(this, wish));
    both.start(once(this, wish));
    co_await both.join();
    co_return true;
}

Task<bool> Siege::send_again() {
    if (settled_.empty()) co_return false;
    Wish wish = settled_[random_.below(settled_.size())];
    const bool altered = random_.below(3) == 0;
    co_return co_await settle_wish(std::move(wish), false, altered);
}

Task<bool> Siege::settle_wish(Wish wish, bool is_alone, bool altered) {
    const std::uint64_t begun = world_.state().last_seq();
    const bool doubled =
        !altered && has(Trouble::kLateDuplicates) && !watching_.healed && chance_.below(12) == 0;
    if (doubled) {
        note(Trouble::kLateDuplicates);
        background_.start(late_copy(wish));
    }
    const std::uint64_t epoch = auditor_.epoch();
    const Answer answer = co_await resolve(wish, altered);
    auditor_.catch_up(world_.state());
    const std::string outcome =
        fmt::format("{} {}", wish.asked.what, answer ? "OK" : answer.error().reason);
    ++outcomes_[outcome];
    trace(fmt::format("{}{} {}", outcome, altered ? " (altered)" : "", wish.asked.request));
    // What a failover lost between the answer and its arrival is no lie of anybody's.
    if (epoch != auditor_.epoch()) co_return true;
    Asked asked = wish.asked;
    asked.is_alone = is_alone && !doubled;
    asked.is_altered = altered;
    auditor_.answered(asked, begun, answer);
    if (answer && !altered && !asked.request.empty()) {
        settled_.push_back(std::move(wish));
        if (settled_.size() > kRemembered_max) settled_.pop_front();
    }
    co_return true;
}

Task<void> Siege::late_copy(Wish wish) {
    co_await sleep_for(world_.callers().timers(), up_to(3s));
    const Answer ignored = co_await send(wish, false);
}

Task<Answer> Siege::resolve(const Wish& wish, bool altered) {
    const MonotonicTime end = world_.callers().timers().now() + kAttemptsFor;
    for (int attempt = 0; attempt < kAttempts_max && world_.callers().timers().now() < end;
         ++attempt) {
        Answer answer = co_await send(wish, altered);
        if (answer || !is_unresolved(answer.error())) co_return answer;
        co_await sleep_for(world_.callers().timers(), 5ms + up_to(100ms));
    }
    co_return fail(Code::kUnavailable, "NEVER_RESOLVED", "no answer in all attempts");
}

Task<Answer> Siege::send(const Wish& wish, bool altered) {
    Timers& timers = world_.callers().timers();
    const bool loses = has(Trouble::kLostMessages) && !watching_.healed;
    co_await sleep_for(timers, 200us + up_to(5ms));
    if (loses && chance_.below(25) == 0) {
        note(Trouble::kLostMessages);
        co_await sleep_for(timers, 1s);
        co_return fail(Code::kDeadlineExceeded, "REQUEST_LOST", "the network");
    }
    if (mistake_->strikes(Mutant::kRefuseFact) && wish.asked.is_fact)
        co_return fail(Code::kFailedPrecondition, "ORDER_ENDED", "a mistake");
    if (mistake_->strikes(Mutant::kRefuseReport) && wish.asked.what == "ReportIncident")
        co_return fail(Code::kInvalidArgument, "WORDS_MISSING", "a mistake");
    VirtualProcess& process = any_process();
    Answer answer = co_await process.serve(world_.callers(), wish.call(process, altered));
    co_await sleep_for(timers, 200us + up_to(5ms));
    if (loses && chance_.below(25) == 0) {
        note(Trouble::kLostMessages);
        co_return fail(Code::kDeadlineExceeded, "ANSWER_LOST", "the network");
    }
    co_return answer;
}

// ---- trouble

void Siege::make_trouble(VirtualProcess& process) {
    store::FaultOdds commits, reads;
    if (has(Trouble::kStoreFails)) {
        commits.fail = commits.lost = 0.02;
        commits.lost_reply = 0.04;
        reads.fail = 0.01;
    }
    if (has(Trouble::kStoreFull)) commits.full = 0.03;
    if (has(Trouble::kStoreSlow)) {
        commits.delay = 0.5;
        commits.delay_max = 40ms;
        reads.delay = 0.7;
        reads.delay_max = 120ms;
    }
    chances_.push_back(std::make_unique<SeededRandom>(chance_.next()));
    process.faults().seed(*chances_.back(), commits, reads);
}

Task<void> Siege::nemesis() {
    while (!is_over_) {
        co_await sleep_for(world_.callers().timers(), 20ms + up_to(600ms));
        if (is_over_) break;
        switch (chance_.below(5)) {
        case 0:
            if (has(Trouble::kCrash)) crash();
            break;
        case 1:
            if (has(Trouble::kPartition)) co_await partition();
            break;
        case 2:
            if (has(Trouble::kClockJumps)) {
                note(Trouble::kClockJumps);
                any_process().set_skew(up_to(2h) - 1h);
            }
            break;
        case 3:
            if (has(Trouble::kFailover)) take_replica();
            break;
        default:
            if (has(Trouble::kFailover) && chance_.below(4) == 0) fail_over();
            break;
        }
    }
}

void Siege::crash() {
    note(Trouble::kCrash);
    const std::size_t index = random_.below(world_.processes().size());
    trace(fmt::format("-- process {} dies", index));
    world_.restart(index);
    make_trouble(*world_.processes()[index]);
}

Task<void> Siege::partition() {
    note(Trouble::kPartition);
    const std::size_t index = random_.below(world_.processes().size());
    trace(fmt::format("-- process {} loses the store", index));
    chances_.push_back(std::make_unique<SeededRandom>(chance_.next()));
    world_.processes()[index]->faults().seed(*chances_.back(),
                                             {.fail = 1, .delay = 1, .delay_max = 20ms},
                                             {.fail = 1, .delay = 1, .delay_max = 20ms});
    co_await sleep_for(world_.callers().timers(), up_to(2s));
    make_trouble(*world_.processes()[index]);
}

void Siege::take_replica() {
    // Of a later epoch than the last failover's: a second failover behind it would give a number
    // of an epoch twice.
    const auto& values = world_.state().values();
    const auto stored = values.find(domain::key_of(domain::Epoch{}));
    if (stored == values.end()) return;
    const auto epoch = store::decode(domain::Kind::kEpoch, stored->second.bytes);
    if (!epoch || static_cast<std::uint64_t>(std::get<domain::Epoch>(epoch->entity).number) !=
                      auditor_.epoch()) {
        return;
    }
    replica_ = std::make_unique<store::MemoryState>(world_.state().replica());
}

void Siege::fail_over() {
    if (!replica_) return;
    note(Trouble::kFailover);
    trace(fmt::format("-- failover, the log goes back to {}", replica_->last_seq()));
    auditor_.catch_up(world_.state());
    auditor_.failed_over(*replica_);
    world_.fail_over_to(*replica_);
    replica_.reset();
    settled_.clear();
}

// ---- the end

void Siege::heal() {
    trace("-- everything heals");
    watching_.healed = true;
    for (auto& process : world_.processes()) {
        process->faults().heal();
        process->set_skew({});
    }
    auditor_.catch_up(world_.state());
}

Task<bool> Siege::finish() {
    co_await end_orders();
    co_await compare_mirrors();
    co_await await_watchers();
    auditor_.compare(world_.state());
    co_return true;
}

/// Every order and incident that is open is brought to its end.
Task<bool> Siege::end_orders() {
    for (int round = 0; round < kFinishRounds_max && faults().empty(); ++round) {
        std::vector<Wish> wishes;
        for (const auto& [key, entity] : log().entities()) {
            const auto* order = std::get_if<domain::Order>(&entity);
            if (order && order->state < domain::OrderState::kCleared)
                wishes.push_back(maker_.clear(order->id));
        }
        if (wishes.empty()) {
            for (const auto& [key, entity] : log().entities()) {
                const auto* incident = std::get_if<domain::Incident>(&entity);
                if (incident && incident->state != domain::IncidentState::kClosed)
                    wishes.push_back(maker_.close(incident->id));
            }
        }
        if (wishes.empty()) co_return true;
        for (Wish& wish : wishes) co_await settle_wish(std::move(wish), true, false);
    }
    auditor_.fault("orders and incidents do not come to an end");
    co_return false;
}

Task<bool> Siege::compare_mirrors() {
    for (auto& process : world_.processes()) {
        store::ScopeContext& context = process->context();
        const store::Revision end{auditor_.epoch(), world_.state().last_seq()};
        const Status reached = co_await process->serve(
            world_.callers(), store::reach(context, end, context.timers.now() + 60s));
        auditor_.catch_up(world_.state());
        if (!reached) {
            auditor_.fault("a mirror does not come to the log's end");
        } else if (!shows<domain::Unit>(context.mirror, log()) ||
                   !shows<domain::Order>(context.mirror, log()) ||
                   !shows<domain::Incident>(context.mirror, log())) {
            auditor_.fault("a mirror shows another state than the log");
        }
    }
    co_return true;
}

Task<bool> Siege::await_watchers() {
    const store::Revision end{auditor_.epoch(), world_.state().last_seq()};
    const auto all_there = [&] {
        return std::ranges::all_of(boards_,
                                   [&](const auto& board) { return board->revision() >= end; });
    };
    for (int i = 0; i < 600 && !all_there() && faults().empty(); ++i)
        co_await sleep_for(world_.callers().timers(), 100ms);
    if (!all_there()) auditor_.fault("a board does not come to the log's end");
    co_return true;
}

}  // namespace liandong::simulator
