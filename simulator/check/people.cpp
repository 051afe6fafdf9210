#include "simulator/check/people.h"

#include "simulator/check/unresolved.h"

#include <fmt/format.h>

#include <utility>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;

constexpr int kAttempts_max = 400;
constexpr Duration kAttemptsFor = 120s;
constexpr std::size_t kRemembered_max = 32;

}  // namespace

People::People(Scene& scene, WishMaker& maker, int operations)
    : scene_(scene), maker_(maker), random_(scene.world.draw_random()), left_(operations) {}

Task<void> People::work(Desk& desk) {
    while (left_ > 0 && scene_.auditor.faults().empty()) {
        --left_;
        co_await sleep_for(scene_.timers(), up_to(random_, 60ms));
        co_await operate(desk);
    }
}

Task<void> People::operate(Desk& desk) {
    if (random_.below(5) == 0) co_return co_await send_again(desk);
    Wish wish = maker_.draw();
    if (random_.below(6) != 0) co_return co_await settle(desk, std::move(wish), true, false);
    // Impatient: the same request twice at once, perhaps on both processes.
    TaskGroup both(scene_.world.callers().executor());
    both.start(settle(desk, wish, false, false));
    both.start(settle(desk, std::move(wish), false, false));
    co_await both.join();
}

Task<void> People::send_again(Desk& desk) {
    forget_lost();
    if (settled_.empty()) co_return;
    Wish wish = settled_[random_.below(settled_.size())];
    const bool altered = random_.below(3) == 0;
    co_await settle(desk, std::move(wish), false, altered);
}

void People::forget_lost() {
    const std::size_t branch = scene_.auditor.branches();
    if (std::exchange(branch_, branch) != branch) settled_.clear();
}

Task<void> People::settle(Desk& desk, Wish wish, bool is_alone, bool altered) {
    const std::uint64_t begun = scene_.world.state().last_seq();
    const std::uint64_t repeated = desk.client.network().repeated();
    Auditor& auditor = scene_.auditor;
    const std::size_t branch = auditor.branches();
    const Answer answer = co_await resolve(desk, wish, altered);
    auditor.catch_up(scene_.world.state());
    const std::string outcome =
        fmt::format("{} {}", wish.asked.what, answer ? "OK" : answer.error().reason);
    scene_.chronicle.answered(outcome);
    scene_.chronicle.trace(
        fmt::format("{}{} {}", outcome, altered ? " (altered)" : "", wish.asked.request));
    // What a failover lost between the answer and its arrival is no lie of anybody's.
    if (branch != auditor.branches()) co_return;
    Asked asked = wish.asked;
    asked.is_alone = is_alone && desk.client.network().repeated() == repeated;
    asked.is_altered = altered;
    auditor.answered(asked, begun, answer);
    if (!answer || altered || asked.request.empty()) co_return;
    forget_lost();
    settled_.push_back(std::move(wish));
    if (settled_.size() > kRemembered_max) settled_.pop_front();
}

Task<Answer> People::resolve(Desk& desk, const Wish& wish, bool altered) {
    const MonotonicTime end = scene_.timers().now() + kAttemptsFor;
    for (int attempt = 0; attempt < kAttempts_max && scene_.timers().now() < end; ++attempt) {
        Answer answer = co_await send(desk, wish, altered);
        if (answer || !is_unresolved(answer.error())) co_return answer;
        co_await sleep_for(scene_.timers(), 5ms + up_to(desk.random, 100ms));
    }
    co_return fail(Code::kUnavailable, "NEVER_RESOLVED", "no answer in all attempts");
}

Task<Answer> People::send(Desk& desk, const Wish& wish, bool altered) {
    if (scene_.mistake.strikes(Mutant::kRefuseFact) && wish.asked.is_fact)
        co_return fail(Code::kFailedPrecondition, "ORDER_ENDED", "a mistake");
    if (scene_.mistake.strikes(Mutant::kRefuseReport) && wish.asked.what == "ReportIncident")
        co_return fail(Code::kInvalidArgument, "WORDS_MISSING", "a mistake");
    co_return co_await wish.call(desk.client, altered);
}

}  // namespace liandong::simulator
