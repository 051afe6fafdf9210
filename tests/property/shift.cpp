#include "tests/property/shift.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace liandong::test {
namespace {

using namespace std::chrono_literals;
using simulator::VirtualProcess;

constexpr int kAttempts_max = 60;
constexpr std::size_t kRemembered_max = 32;
constexpr Timestamp kShiftStarts{Duration{1'784'368'800'000'000}};  // 2026-07-18 18:00 in China

bool is_unresolved(const Error& error) {
    return error.code == Code::kUnavailable || error.code == Code::kAborted ||
           error.code == Code::kDeadlineExceeded;
}

/// What a command may be refused for, with requests that are well formed.
bool is_legitimate(const Error& error) {
    static const std::set<std::string> kReasons = {
        "INCIDENT_CLOSED", "INCIDENT_UNKNOWN", "ORDERS_STILL_OPEN", "ORDER_ENDED",
        "ORDER_UNKNOWN",   "TOO_MANY_ORDERS",  "UNITS_NOT_FREE",    "UNIT_HOLDS_ORDER"};
    return kReasons.contains(error.reason);
}

template <class T> bool shows(const store::Mirror& mirror, const LogReplay& judge) {
    std::size_t count = 0;
    for (const auto& [key, entity] : judge.entities()) {
        if (key.kind != domain::kKindOf<T>) continue;
        ++count;
        const auto* held = mirror.find<T>(key.id);
        if (!held || held->version != judge.values().at(key).version ||
            !(*held->value == std::get<T>(entity))) {
            return false;
        }
    }
    return mirror.table<T>().size() == count;
}

}  // namespace

Shift::Shift(std::uint64_t seed)
    : world_({.seed = seed, .processes = 2, .start = kShiftStarts}),
      random_(world_.draw_random()),
      maker_(random_, judge_, world_.clock(), world_.scope()) {
    for (auto& process : world_.processes()) {
        chances_.push_back(std::make_unique<SeededRandom>(world_.draw_random()));
        process->faults().seed(
            *chances_.back(),
            {.fail = 0.02, .lost = 0.02, .lost_reply = 0.04, .delay = 0.5, .delay_max = 40ms},
            {.fail = 0.01, .lost = 0, .lost_reply = 0, .delay = 0.7, .delay_max = 120ms});
    }
}

void Shift::work(int steps_each) {
    world_.run(work_all(steps_each));
    for (auto& process : world_.processes()) process->faults().heal();
    compare_mirrors();
    judge_.compare(world_.state());
    for (const std::string& sentence : judge_.faults()) fault(sentence);
}

std::uint64_t Shift::injected_faults() const {
    std::uint64_t sum = 0;
    for (const auto& process : const_cast<simulator::VirtualWorld&>(world_).processes()) {
        sum += process->faults().faults();
    }
    return sum;
}

Task<bool> Shift::work_all(int steps_each) {
    Wish wish = maker_.import_all();
    note(wish, co_await resolve(wish, false), true);
    simulator::VirtualThread& here = world_.callers();
    std::vector<std::unique_ptr<OneShot<bool>>> ends;
    for (std::size_t i = 0; i < kPeople; ++i) {
        ends.push_back(std::make_unique<OneShot<bool>>(here.executor()));
        spawn(here.executor(), work_one(steps_each),
              [end = ends.back().get()](std::exception_ptr failure, bool done) {
                  if (failure) std::rethrow_exception(failure);
                  end->set(done);
              });
    }
    for (auto& end : ends) co_await end->wait();
    co_return true;
}

Task<bool> Shift::work_one(int steps) {
    for (int i = 0; i < steps && faults_.empty(); ++i) {
        const auto pause = static_cast<Duration::rep>(random_.below(60'000));
        co_await sleep_for(world_.callers().timers(), Duration{pause});
        co_await step();
        judge_.catch_up(world_.state());
        if (!judge_.faults().empty()) fault("the log went wrong");
    }
    co_return true;
}

Task<bool> Shift::step() {
    if (random_.below(5) == 0) co_return co_await send_again();
    Wish wish = maker_.draw();
    if (random_.below(6) != 0) {
        note(wish, co_await resolve(wish, false), true);
        co_return true;
    }
    // Impatient: the same request twice at once, perhaps on both processes.
    simulator::VirtualThread& here = world_.callers();
    OneShot<Answer> other(here.executor());
    spawn(here.executor(), resolve(wish, false),
          [&other](std::exception_ptr failure, Answer answer) {
              if (failure) std::rethrow_exception(failure);
              other.set(std::move(answer));
          });
    note(wish, co_await resolve(wish, false), false);
    note(wish, co_await other.wait(), false);
    co_return true;
}

Task<bool> Shift::send_again() {
    if (settled_.empty()) co_return false;
    const Wish wish = settled_[random_.below(settled_.size())].wish;
    const bool altered = random_.below(3) == 0;
    const Answer answer = co_await resolve(wish, altered);
    if (!altered) {
        note(wish, answer, true);
    } else if (answer || answer.error().reason != "REQUEST_ID_REUSED") {
        fault("other content under a used request id was not refused: " + wish.what);
    }
    co_return true;
}

Task<Answer> Shift::resolve(Wish wish, bool altered) {
    for (int attempt = 0; attempt < kAttempts_max; ++attempt) {
        VirtualProcess& process = *world_.processes()[random_.below(world_.processes().size())];
        Answer answer = co_await simulator::run_on(process.thread(), world_.callers(),
                                                   wish.call(process, altered));
        if (answer || !is_unresolved(answer.error())) co_return answer;
        co_await sleep_for(world_.callers().timers(), 5ms);
    }
    co_return fail(Code::kUnavailable, "NEVER_RESOLVED", "no answer in all attempts");
}

void Shift::note(const Wish& wish, const Answer& answer, bool is_alone) {
    judge_.catch_up(world_.state());
    ++outcomes_[fmt::format("{} {}", wish.what, answer ? "OK" : answer.error().reason)];
    if (!answer) {
        if (wish.is_fact || !is_legitimate(answer.error())) {
            fault(fmt::format("{} was refused: {}", wish.what, answer.error().reason));
        }
        if (is_alone && !wish.request.empty() && judge_.has_request(wish.request)) {
            fault(fmt::format("{} was refused ({}) and done", wish.what, answer.error().reason));
        }
        return;
    }
    if (wish.request.empty()) return;
    if (!judge_.has_request(wish.request))
        fault(wish.what + " was acknowledged and is not in the log");
    const auto [at, is_new] = answers_.try_emplace(wish.request, *answer);
    if (at->second != *answer) fault("another answer to the same request: " + wish.what);
    if (!is_new) return;
    settled_.push_back({wish, *answer});
    if (settled_.size() > kRemembered_max) settled_.pop_front();
}

void Shift::compare_mirrors() {
    for (auto& process : world_.processes()) {
        store::ScopeContext& context = process->context();
        const store::Revision end{1, world_.state().last_seq()};
        const Status reached = world_.run(simulator::run_on(
            process->thread(), world_.callers(),
            store::reach(context, end, context.timers.now() + std::chrono::seconds{60})));
        judge_.catch_up(world_.state());
        if (!reached) {
            fault("a mirror does not come to the log's end");
        } else if (!shows<domain::Unit>(context.mirror, judge_) ||
                   !shows<domain::Order>(context.mirror, judge_) ||
                   !shows<domain::Incident>(context.mirror, judge_)) {
            fault("a mirror shows another state than the log");
        }
    }
}

void Shift::fault(std::string sentence) { faults_.push_back(std::move(sentence)); }

}  // namespace liandong::test
