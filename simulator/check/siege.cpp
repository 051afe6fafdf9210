#include "simulator/check/siege.h"

#include "simulator/check/aftermath.h"
#include "simulator/check/board_watcher.h"
#include "simulator/check/bulletin_watcher.h"
#include "simulator/check/terminal_watcher.h"

#include <fmt/format.h>

namespace liandong::simulator {
namespace {

constexpr Timestamp kBegins{Duration{1'784'368'800'000'000}};  // 2026-07-18 18:00 in China

/// Some of what is allowed; each with the same chance as not.
Troubles draw(SeededRandom random, Troubles allowed) {
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
    : mistake_(plan.mutant, SeededRandom(plan.seed ^ 0x5eedU)),
      world_(world_of(plan, mistake_)),
      chronicle_(world_, plan.trace),
      random_(world_.draw_random()),
      scene_{world_, auditor_, mistake_, chronicle_, draw(world_.draw_random(), plan.allowed)},
      maker_(random_, auditor_, world_.clock(), world_.scope()),
      people_(scene_, maker_, plan.operations),
      nemesis_(scene_, desks_, {}) {
    for (std::size_t i = 0; i < kPeople; ++i) desks_.emplace_back(world_);
    const auto watched_by = [this]<class T>(T*, auto... more) {
        Desk& desk = desks_[watchers_.size() % kPeople];
        watchers_.push_back(std::make_unique<T>(scene_, desk, std::move(more)...));
    };
    for (std::size_t i = 0; i < kBoards; ++i) watched_by(static_cast<BoardWatcher*>(nullptr));
    for (std::size_t i = 0; i < WishMaker::kUnits; i += 3)
        watched_by(static_cast<TerminalWatcher*>(nullptr), fmt::format("unit-{}", i));
    for (const bool published_only : {false, true})
        watched_by(static_cast<BulletinWatcher*>(nullptr), published_only);
    for (std::size_t i = 0; i < kRadios; ++i)
        radios_.emplace_back(scene_, desks_[i], fmt::format("unit-{}", 1 + i));
}

void Siege::run() { world_.run(besiege()); }

Task<bool> Siege::besiege() {
    // Nothing goes wrong before there is anything.
    co_await people_.settle(desks_[0], maker_.import_all(), true, false);
    nemesis_.begin();
    TaskGroup watching(world_.callers().executor()), raging(world_.callers().executor()),
        working(world_.callers().executor()), streaming(world_.callers().executor());
    for (auto& watcher : watchers_) watching.start(watcher->watch());
    raging.start(nemesis_.rage());
    for (Desk& desk : desks_) working.start(people_.work(desk));
    for (Radio& radio : radios_) streaming.start(radio.stream());
    co_await working.join();
    nemesis_.rest();
    co_await raging.join();
    for (Desk& desk : desks_) co_await desk.client.join_copies();
    nemesis_.heal();
    co_await streaming.join();
    Aftermath aftermath(scene_, maker_, people_, desks_[0], watchers_);
    if (faults().empty()) co_await aftermath.demand();
    scene_.over = true;
    for (auto& watcher : watchers_) watcher->leave();
    co_await watching.join();
    co_return true;
}

}  // namespace liandong::simulator
