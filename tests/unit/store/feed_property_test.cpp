#include "common/store/feed.h"
#include "common/store/transact.h"
#include "tests/support/replica.h"
#include "tests/unit/store/events.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace liandong::store {
namespace {

using namespace domain;
using namespace std::chrono_literals;

/// What a console holds: open incidents and all units, by key, with the versions it was told.
using Held = std::map<Key, std::uint64_t>;

bool is_shown(const Entity& entity) {
    if (const auto* incident = std::get_if<Incident>(&entity)) return is_open(*incident);
    return std::holds_alternative<Unit>(entity);
}

/// What the store says a console should hold.
Held expected(const MemoryState& state) {
    Held held;
    for (const auto& [key, value] : state.values()) {
        const auto decoded = decode(key.kind, value.bytes);
        if (decoded && is_shown(decoded->entity)) held[key] = value.version;
    }
    return held;
}

std::optional<std::uint64_t> shown_version(const Mirror& mirror, const Key& key) {
    if (key.kind == Kind::kUnit) {
        const auto* unit = mirror.find<Unit>(key.id);
        return unit ? std::optional(unit->version) : std::nullopt;
    }
    const auto* incident = mirror.find<Incident>(key.id);
    if (!incident || !is_open(*incident->value)) return std::nullopt;
    return incident->version;
}

template <class T> void snapshot(const Mirror& mirror, Held& held) {
    for (const auto& [id, value] : mirror.table<T>()) {
        if (const auto version = shown_version(mirror, key_of<T>(id)))
            held[key_of<T>(id)] = *version;
    }
}

/// Watches a replica, breaks off at random, stays away, and resumes on either of two with the token
/// it holds.
class Console {
public:
    /// `done`: the console goes home when it has seen all of it.
    Console(std::array<ScopeContext*, 2> replicas, Random& random,
            const std::optional<std::uint64_t>& done)
        : replicas_(replicas), random_(random), done_(done) {}

    Task<bool> run() {
        while (!is_done()) {
            Feed feed(*replicas_[random_.below(2)], told_, cancellation_);
            for (std::uint64_t steps = 1 + random_.below(6); steps > 0 && !is_done(); --steps) {
                const auto step = co_await feed.next();
                if (!step) co_return false;
                take(*step);
            }
            // Away for a while, in which days of the world may pass.
            const auto away = static_cast<std::int64_t>(random_.below(5'000'000));
            co_await sleep_for(replicas_[0]->timers, Duration{away});
        }
        co_return true;
    }
    void stop() { cancellation_.cancel(); }
    const Held& held() const { return held_; }

private:
    bool is_done() const { return done_ && told_ && told_->seq >= *done_; }

    // The mirror of whichever replica answered: both show the same at one revision.
    const Mirror& mirror_at(Revision revision) const {
        const Mirror& first = replicas_[0]->mirror;
        return first.is_ready() && first.revision() == revision ? first : replicas_[1]->mirror;
    }

    void take(const FeedStep& step) {
        EXPECT_TRUE(!told_ || step.revision >= *told_);
        told_ = step.revision;
        const Mirror& mirror = mirror_at(step.revision);
        if (step.snapshot) {
            held_.clear();
            snapshot<Unit>(mirror, held_);
            snapshot<Incident>(mirror, held_);
        }
        std::set<Key> once;
        for (const Key& key : step.changed) {
            EXPECT_TRUE(once.insert(key).second) << key.id << " twice in a step";
            const auto version = shown_version(mirror, key);
            if (!version) {
                held_.erase(key);
                continue;
            }
            EXPECT_GE(*version, held_[key]) << key.id << " went back";
            held_[key] = *version;
        }
    }

    std::array<ScopeContext*, 2> replicas_;
    Random& random_;
    const std::optional<std::uint64_t>& done_;
    Cancellation cancellation_;
    std::optional<Revision> told_;
    Held held_;
};

/// Opens, changes and closes incidents, changes units, lets time pass; now and then days of it. The
/// second replica starts late, so that its mirror was loaded, not told, of all that was before.
class World {
public:
    explicit World(std::uint64_t seed) : random_(seed) {
        for (test::Replica* replica : {&first_, &second_}) {
            // Slow reads: the two mirrors lag behind the store, and behind each other.
            replica->faults.seed(random_, {}, {.fail = 0.05, .delay = 0.3, .delay_max = 300ms});
        }
        first_.follow();
    }

    ~World() {
        for (const auto& console : consoles_) console->stop();
        loop_.settle();
    }

    void start_consoles(int count) {
        const std::array replicas{&first_.context, &second_.context};
        for (int i = 0; i < count; ++i) {
            consoles_.push_back(std::make_unique<Console>(replicas, random_, done_));
            started_.push_back(loop_.start(consoles_.back()->run()));
        }
    }
    const std::vector<std::unique_ptr<Console>>& consoles() const { return consoles_; }

    void live(int commits) {
        const auto late = static_cast<int>(random_.below(static_cast<std::uint64_t>(commits)));
        for (int i = 0; i < commits; ++i) {
            if (i == late) second_.follow();
            commit();
            if (random_.below(3) == 0) loop_.settle();
            if (random_.below(4) == 0)
                loop_.advance(Duration{static_cast<std::int64_t>(random_.below(400'000))});
            if (random_.below(40) == 0) clock_.jump(30h);
        }
        first_.faults.heal();
        second_.faults.heal();
        done_ = state_.last_seq();
        commit();  // wakes those who have seen all but this
        done_ = state_.last_seq();
        loop_.advance(1min);
    }

    bool all_went_home() const {
        return std::ranges::all_of(started_,
                                   [](const auto& started) { return started->value == true; });
    }
    Held expected() const { return store::expected(state_); }

private:
    void commit() {
        const int number = ++commits_;
        Mutation mutation;
        mutation.request_id = fmt::format("request-{}", number);
        mutation.agency = "gongan";
        mutation.deadline = loop_.timers().now() + 1h;
        ScopeContext& context = random_.below(2) == 0 ? first_.context : second_.context;
        // A window that moves on: what has left it is never written again, so a lost removal stays
        // lost.
        const std::string id =
            fmt::format("{}", static_cast<std::uint64_t>(number) / 8 + random_.below(8));
        const std::uint64_t what = random_.below(10);
        const Timestamp now = clock_.now();
        const auto settled =
            loop_.run(transact(context, mutation, [=](View& view) -> Result<Decision> {
                Decision decision;
                if (what < 4) {
                    Unit unit = unit_named(id);
                    if (const Unit* before = view.get<Unit>(id)) unit = *before;
                    unit.crew += 1;
                    decision.writes = {unit};
                    return decision;
                }
                Incident incident = incident_named(id);
                if (const Incident* before = view.get<Incident>(id)) incident = *before;
                incident.report_count += 1;
                if (what >= 8) {  // closes, or adds a late word to what is closed
                    incident.state = IncidentState::kClosed;
                    if (!is_set(incident.closed_at)) incident.closed_at = now;
                }
                decision.writes = {incident};
                return decision;
            }));
        // A store that was away refused; nothing was done, and nothing is to be shown.
        if (!settled) EXPECT_EQ(settled.error().reason, "STORE_UNAVAILABLE");
    }

    test::VirtualLoop loop_;
    test::VirtualClock clock_{loop_.timers(), test::kDeskOpens};
    SeededRandom random_;
    MemoryState state_;
    test::Replica first_{loop_, state_, clock_, {"drill-1", "420981"}};
    test::Replica second_{loop_, state_, clock_, {"drill-1", "420981"}};
    std::optional<std::uint64_t> done_;
    std::vector<std::unique_ptr<Console>> consoles_;
    std::vector<std::shared_ptr<test::VirtualLoop::Started<bool>>> started_;
    int commits_ = 0;
};

class FeedProperty : public ::testing::TestWithParam<std::uint64_t> {};

// However a console breaks off and resumes, on whichever replica: it ends with exactly what is
// open, at its newest version; nothing twice in a step, and its revision never falls.
TEST_P(FeedProperty, ConsolesEndWithExactlyTheOpenState) {
    World world(GetParam());
    world.start_consoles(4);
    world.live(300);
    EXPECT_TRUE(world.all_went_home()) << "replay with seed " << GetParam();
    for (const auto& console : world.consoles()) {
        EXPECT_EQ(console->held(), world.expected()) << "replay with seed " << GetParam();
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, FeedProperty, ::testing::Range<std::uint64_t>(1, 41));

}  // namespace
}  // namespace liandong::store
