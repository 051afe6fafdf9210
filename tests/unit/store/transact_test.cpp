#include "common/store/transact.h"

#include "common/store/codec.h"
#include "liandong/storage/v1/storage.pb.h"
#include "tests/support/replica.h"
#include "tests/unit/store/events.h"
#include "tests/unit/store/samples.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace liandong::store {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using ::testing::ElementsAre;

/// A store, and a process whose mirror is fed by hand, so that it may lag as the test likes.
class TransactTest : public ::testing::Test {
protected:
    TransactTest() {
        replica_.mirror.begin_load(0);
        replica_.mirror.finish_load(false);
    }

    Mutation mutation(int request = 1, std::string fingerprint = "f") const {
        Mutation mutation;
        mutation.request_id = fmt::format("request-{}", request);
        mutation.fingerprint = std::move(fingerprint);
        mutation.actor = "zhang";
        mutation.agency = "gongan";
        mutation.deadline = loop_.timers().now() + 10s;
        return mutation;
    }
    /// As another process would: behind this mirror's back.
    void commit_elsewhere(const std::vector<Entity>& entities) {
        LogEntry entry = event(0, clock_.now(), entities);
        Batch batch;
        batch.writes = std::move(entry.writes);
        batch.event_header = std::move(entry.header);
        ASSERT_TRUE(state_.commit(std::move(batch)));
    }
    void let_the_mirror_catch_up() {
        for (const LogEntry& entry : state_.log()) ASSERT_TRUE(replica_.mirror.apply(entry));
    }
    Result<Settled> transact(Mutation mutation, Decide decide) {
        return loop_.run(store::transact(replica_.context, std::move(mutation), std::move(decide)));
    }
    std::optional<Unit> stored_unit(std::string_view id) const {
        const auto found = state_.values().find(key_of<Unit>(id));
        if (found == state_.values().end()) return std::nullopt;
        return std::get<Unit>(decode(Kind::kUnit, found->second.bytes)->entity);
    }

    /// The rule of most tests: one more person in the crew; a unit that is not there is refused.
    Decide add_crew(std::string id) {
        return [this, id](View& view) -> Result<Decision> {
            ++decided_;
            const Unit* unit = view.get<Unit>(id);
            if (!unit) return fail(Code::kNotFound, "UNIT_UNKNOWN", "no such unit");
            Decision decision;
            decision.event_kind = "crew_added";
            decision.outcome.units = {*unit};
            decision.outcome.units[0].crew += 1;
            decision.writes = {decision.outcome.units[0]};
            return decision;
        };
    }

    mutable test::VirtualLoop loop_;
    test::VirtualClock clock_{loop_.timers(), test::kDeskOpens};
    MemoryState state_;
    test::Replica replica_{loop_, state_, clock_, {"drill-1", "420981"}};
    int decided_ = 0;
};

// What a process commits its own mirror holds at once, serials included, as the log will say it.
TEST_F(TransactTest, TheMirrorHoldsAnOwnCommitAtOnce) {
    const auto settled = transact(mutation(), [](View& view) -> Result<Decision> {
        view.get<Incident>("i");
        Decision decision;
        decision.writes = {incident_named("i")};
        decision.serials = {
            {"incident:20260718", 0, kIncidentSerialTag, kOutcomeIncidentSerialTag}};
        decision.outcome.incident_id = "i";
        return decision;
    });
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->outcome.incident_serial, 1);
    EXPECT_EQ(settled->outcome.incident_id, "i");
    const auto* held = replica_.mirror.find<Incident>("i");
    ASSERT_NE(held, nullptr);
    EXPECT_EQ(held->version, 1U);
    const auto stored = decode(Kind::kIncident, state_.values().at(key_of<Incident>("i")).bytes);
    EXPECT_EQ(*held->value, std::get<Incident>(stored->entity));
    EXPECT_EQ(held->value->serial, 1);
}

// The first attempt reads the mirror: one decision, no read of the store.
TEST_F(TransactTest, DecidesFromTheMirrorFirst) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    replica_.faults.script_read({FaultKind::kFail, {}});  // a read would fail
    const auto settled = transact(mutation(), add_crew("u"));
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->outcome.units[0].crew, 2);
    EXPECT_EQ(settled->revision, (Revision{1, 2}));
    EXPECT_EQ(stored_unit("u")->crew, 2);
    EXPECT_EQ(decided_, 1);
}

// The event says who did it, when, and why.
TEST_F(TransactTest, TheEventSaysWhoAndWhen) {
    commit_elsewhere({unit_named("u")});
    Mutation by_radio = mutation();
    by_radio.on_behalf_of = "crew-7";
    const Timestamp occurred = clock_.now() - 1h;
    const auto decide = [&](View& view) -> Result<Decision> {
        Decision decision = *add_crew("u")(view);
        decision.reason = "说了两遍";
        decision.occurred_at = occurred;
        return decision;
    };
    let_the_mirror_catch_up();
    ASSERT_TRUE(transact(by_radio, decide));
    const auto header = decode_event_header(state_.log().back().header);
    ASSERT_TRUE(header);
    EXPECT_EQ(*header, (EventHeader{"crew_added", "zhang", "gongan", "crew-7", occurred,
                                    clock_.now(), "request-1", "说了两遍"}));
}

// A mirror may lag, so it never says "no": what it lacks and the store has is done.
TEST_F(TransactTest, AStaleMirrorNeverRefuses) {
    commit_elsewhere({unit_named("u", 1)});
    const auto settled = transact(mutation(), add_crew("u"));
    ASSERT_TRUE(settled);
    EXPECT_EQ(stored_unit("u")->crew, 2);
    EXPECT_EQ(decided_, 2);
}

// A refusal that the store confirms is given, and not remembered: the same id may succeed later.
TEST_F(TransactTest, ARefusalIsNotRemembered) {
    const auto refused = transact(mutation(), add_crew("u"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "UNIT_UNKNOWN");
    EXPECT_EQ(state_.last_seq(), 0U);
    commit_elsewhere({unit_named("u", 1)});
    EXPECT_TRUE(transact(mutation(), add_crew("u")));
}

// A mirror that lags costs a retry: the rule decides again on what is really there.
TEST_F(TransactTest, AConflictIsDecidedAgain) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    commit_elsewhere({unit_named("u", 10)});
    const auto settled = transact(mutation(), add_crew("u"));
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->outcome.units[0].crew, 11);
    EXPECT_EQ(stored_unit("u")->crew, 11);
    EXPECT_EQ(decided_, 2);
}

// What a rule only read is guarded too: it decides again when that has changed.
TEST_F(TransactTest, WhatWasOnlyReadIsGuarded) {
    commit_elsewhere({unit_named("u", 1), unit_named("witness", 1)});
    let_the_mirror_catch_up();
    commit_elsewhere({unit_named("witness", 5)});
    const auto decide = [&](View& view) -> Result<Decision> {
        Decision decision = *add_crew("u")(view);
        std::get<Unit>(decision.writes[0]).crew = view.get<Unit>("witness")->crew;
        return decision;
    };
    ASSERT_TRUE(transact(mutation(), decide));
    EXPECT_EQ(stored_unit("u")->crew, 5);
}

// Without a loaded mirror the store alone decides.
TEST_F(TransactTest, WorksWithoutAMirror) {
    commit_elsewhere({unit_named("u", 1)});
    replica_.mirror.begin_load(0);
    EXPECT_TRUE(transact(mutation(), add_crew("u")));
    EXPECT_EQ(stored_unit("u")->crew, 2);
}

// The same request gives the same answer, byte for byte, however the world has moved on.
TEST_F(TransactTest, AResendGivesTheSameAnswer) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    const auto first = transact(mutation(), add_crew("u"));
    ASSERT_TRUE(first);
    commit_elsewhere({unit_named("u", 50)});
    for (int i = 0; i < 2; ++i) {
        const auto again = transact(mutation(), add_crew("u"));
        ASSERT_TRUE(again);
        EXPECT_EQ(encode(again->outcome), encode(first->outcome));
        EXPECT_EQ(again->revision, first->revision);
        let_the_mirror_catch_up();
    }
    EXPECT_EQ(state_.last_seq(), 3U);
    EXPECT_EQ(stored_unit("u")->crew, 50);
}

// Even when the rule would refuse it now.
TEST_F(TransactTest, AResendIsNotJudgedAgain) {
    commit_elsewhere({unit_named("u", 1)});
    const auto first = transact(mutation(), add_crew("u"));
    ASSERT_TRUE(first);
    const auto again = transact(mutation(), [](View&) -> Result<Decision> {
        return fail(Code::kFailedPrecondition, "TOO_LATE", "");
    });
    ASSERT_TRUE(again);
    EXPECT_EQ(encode(again->outcome), encode(first->outcome));
}

// A request id with other content is refused, whether the mirror or the store decides; nothing is
// written. Two agencies never meet in one id.
TEST_F(TransactTest, AReusedIdIsRefused) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    ASSERT_TRUE(transact(mutation(), add_crew("u")));
    for (bool from_mirror : {true, false}) {
        if (!from_mirror) replica_.mirror.begin_load(0);
        const auto refused = transact(mutation(1, "other"), add_crew("u"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::kAlreadyExists);
        EXPECT_EQ(refused.error().reason, "REQUEST_ID_REUSED");
    }
    EXPECT_EQ(state_.last_seq(), 2U);
    Mutation of_another = mutation(1, "other");
    of_another.agency = "xiaofang";
    EXPECT_TRUE(transact(of_another, add_crew("u")));
}

// A lost answer is said to be unknown. Sent again, the request has its one effect and its first
// answer, whether it had been done or not.
TEST_F(TransactTest, AnUnknownOutcomeIsSafeToResend) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    int request = 0;
    for (const FaultKind fault : {FaultKind::kLostReply, FaultKind::kLost}) {
        const std::int32_t before = stored_unit("u")->crew;
        ++request;
        replica_.faults.script_commit({fault, {}});
        const auto unknown = transact(mutation(request), add_crew("u"));
        ASSERT_FALSE(unknown);
        EXPECT_EQ(unknown.error().code, Code::kUnavailable);
        EXPECT_EQ(unknown.error().reason, "OUTCOME_UNKNOWN");
        const auto settled = transact(mutation(request), add_crew("u"));
        ASSERT_TRUE(settled);
        EXPECT_EQ(settled->outcome.units[0].crew, before + 1);
        EXPECT_EQ(stored_unit("u")->crew, before + 1);
        let_the_mirror_catch_up();
    }
    EXPECT_EQ(state_.last_seq(), 3U);
}

// A store that says it did nothing is believed, and its error passed on.
TEST_F(TransactTest, AStoreErrorIsPassedOn) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    replica_.faults.script_commit({FaultKind::kFail, {}});
    EXPECT_EQ(transact(mutation(), add_crew("u")).error().reason, "STORE_UNAVAILABLE");
    replica_.faults.script_read({FaultKind::kFail, {}});
    EXPECT_EQ(transact(mutation(), add_crew("unknown")).error().reason, "STORE_UNAVAILABLE");
    EXPECT_EQ(state_.last_seq(), 1U);
}

// Who gave up before the commit changes nothing: at once, or while the store was read.
TEST_F(TransactTest, ACancelledCallWritesNothing) {
    commit_elsewhere({unit_named("u", 1)});
    for (bool at_once : {true, false}) {
        Mutation given_up = mutation();
        if (at_once) given_up.cancellation.cancel();
        replica_.faults.script_read({FaultKind::kNone, 2s});
        const auto started =
            loop_.start(store::transact(replica_.context, given_up, add_crew("u")));
        loop_.advance(1s);
        given_up.cancellation.cancel();
        loop_.advance(5s);
        ASSERT_TRUE(started->value);
        EXPECT_EQ(started->value->error().code, Code::kCancelled);
        EXPECT_EQ(started->value->error().reason, "CALL_CANCELLED");
        EXPECT_EQ(state_.last_seq(), 1U);
    }
}

TEST_F(TransactTest, AnExpiredCallWritesNothing) {
    commit_elsewhere({unit_named("u", 1)});
    for (const Duration left : {Duration{0}, Duration{1s}}) {
        Mutation late = mutation();
        late.deadline = loop_.timers().now() + left;
        replica_.faults.script_read({FaultKind::kNone, 2s});
        const auto refused = transact(late, add_crew("u"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::kDeadlineExceeded);
        EXPECT_EQ(refused.error().reason, "DEADLINE_EXPIRED");
        EXPECT_EQ(state_.last_seq(), 1U);
    }
}

// Endless contention ends after a stated number of attempts, and nothing of it is written.
TEST_F(TransactTest, ContentionIsBounded) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    const auto interrupted = [&](View& view) -> Result<Decision> {
        Result<Decision> decision = add_crew("u")(view);
        commit_elsewhere({unit_named("u", 100)});
        return decision;
    };
    const auto refused = transact(mutation(), interrupted);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kAborted);
    EXPECT_EQ(refused.error().reason, "TOO_MUCH_CONTENTION");
    EXPECT_EQ(decided_, kTransactAttempts_max);
    EXPECT_EQ(stored_unit("u")->crew, 100);
    EXPECT_EQ(state_.last_seq(), 1U + kTransactAttempts_max);
}

// One attempt before the last, it still succeeds.
TEST_F(TransactTest, TheLastAttemptCounts) {
    commit_elsewhere({unit_named("u", 1)});
    let_the_mirror_catch_up();
    const auto interrupted = [&](View& view) -> Result<Decision> {
        Result<Decision> decision = add_crew("u")(view);
        if (decided_ < kTransactAttempts_max) commit_elsewhere({unit_named("u", 100)});
        return decision;
    };
    EXPECT_TRUE(transact(mutation(), interrupted));
    EXPECT_EQ(stored_unit("u")->crew, 101);
}

// A rule may find out step by step what it has to read; all of it is guarded.
TEST_F(TransactTest, ReadsInRounds) {
    Incident incident = incident_named("i");
    incident.orders = {{"o", "u", 0}};
    Order order;
    order.id = "o";
    order.unit_id = "u";
    commit_elsewhere({incident, order, unit_named("u", 1)});
    int rounds = 0;
    const auto decide = [&](View& view) -> Result<Decision> {
        ++rounds;
        const Incident* seen = view.get<Incident>("i");
        if (!seen) return fail(Code::kNotFound, "INCIDENT_UNKNOWN", "");
        const Order* first = view.get<Order>(seen->orders[0].order_id);
        if (!first) return fail(Code::kNotFound, "ORDER_UNKNOWN", "");
        return add_crew(first->unit_id)(view);
    };
    ASSERT_TRUE(transact(mutation(), decide));
    EXPECT_EQ(stored_unit("u")->crew, 2);
    EXPECT_EQ(rounds, 4);  // the mirror's, and one for each step behind the first key

    // The same from a mirror that knows the way, but not that the unit has changed since.
    let_the_mirror_catch_up();
    commit_elsewhere({unit_named("u", 20)});
    ASSERT_TRUE(transact(mutation(2), decide));
    EXPECT_EQ(stored_unit("u")->crew, 21);
}

// A rule that asks for ever is a bug, and is stopped.
TEST_F(TransactTest, ARuleThatNeverSettlesIsStopped) {
    int asked = 0;
    const auto endless = [&](View& view) -> Result<Decision> {
        view.get<Unit>(fmt::format("unit-{}", ++asked));
        return fail(Code::kNotFound, "UNIT_UNKNOWN", "");
    };
    EXPECT_EQ(transact(mutation(), endless).error().reason, "DECISION_NEVER_SETTLES");
    EXPECT_LE(asked, 20);
}

// What a newer release wrote is never rewritten by this one, wherever it was read.
TEST_F(TransactTest, NeverRewritesANewerForm) {
    liandong::storage::v1::Unit newer;
    newer.set_id("u");
    newer.set_schema(kSchema + 1);
    Batch batch;
    batch.writes.push_back({key_of<Unit>("u"), newer.SerializeAsString()});
    batch.event_header = encode(EventHeader{});
    ASSERT_TRUE(state_.commit(std::move(batch)));
    for (bool in_mirror : {false, true}) {
        if (in_mirror) let_the_mirror_catch_up();
        const auto refused = transact(mutation(), add_crew("u"));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
        EXPECT_EQ(refused.error().reason, "SCHEMA_NEWER");
        EXPECT_EQ(refused.error().find("id"), "u");
    }
    EXPECT_EQ(state_.last_seq(), 1U);
    // It may be relied on.
    const auto beside = [&](View& view) -> Result<Decision> {
        EXPECT_NE(view.get<Unit>("u"), nullptr);
        view.get<Unit>("v");
        Decision decision;
        decision.writes = {unit_named("v")};
        return decision;
    };
    EXPECT_TRUE(transact(mutation(2), beside));
}

// What is there already is answered without a commit, with the revision at which it came.
TEST_F(TransactTest, NothingIsWrittenTwice) {
    commit_elsewhere({unit_named("other")});
    commit_elsewhere({unit_named("u", 3)});
    commit_elsewhere({unit_named("other")});
    const auto create = [](View& view) -> Result<Decision> {
        Decision decision;
        if (const Unit* unit = view.get<Unit>("u")) {
            decision.already_done = true;
            decision.outcome.units = {*unit};
        } else {
            decision.writes = {unit_named("u", 1)};
        }
        return decision;
    };
    const auto settled = transact(mutation(), create);
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->outcome.units[0].crew, 3);
    EXPECT_EQ(settled->revision, (Revision{1, 2}));
    EXPECT_EQ(state_.last_seq(), 3U);
}

// Index changes follow from what an entity was and is, and only where it moved.
TEST_F(TransactTest, IndexesFollowTheEntities) {
    const auto put = [](Timestamp closed_at) {
        return [closed_at](View& view) -> Result<Decision> {
            view.get<Incident>("i");
            Decision decision;
            decision.writes = {incident_named("i", closed_at)};
            return decision;
        };
    };
    const auto members = [&](const std::string& index) { return state_.list(index, "", 10); };
    ASSERT_TRUE(transact(mutation(1), put({})));
    EXPECT_THAT(members(open_index(Kind::kIncident)), ElementsAre("i"));
    ASSERT_TRUE(transact(mutation(2), put(clock_.now())));
    EXPECT_THAT(members(open_index(Kind::kIncident)), ElementsAre());
    EXPECT_THAT(members(ended_index(Kind::kIncident)),
                ElementsAre(ended_member(clock_.now(), "i")));
    ASSERT_TRUE(transact(mutation(3), put(clock_.now() + 1s)));
    EXPECT_THAT(members(ended_index(Kind::kIncident)),
                ElementsAre(ended_member(clock_.now() + 1s, "i")));
}

// Writing what was never looked at would be unguarded: a bug that stops the process.
TEST_F(TransactTest, WritingUnseenIsABug) {
    const auto blind = [](View&) -> Result<Decision> {
        Decision decision;
        decision.writes = {unit_named("u")};
        return decision;
    };
    EXPECT_DEATH(transact(mutation(), blind), "view.seen");
}

}  // namespace
}  // namespace liandong::store
