// One suite for every `Store`: what these cases say is the contract of common/store/store.h.
#include "common/store/limits.h"
#include "tests/contract/store_rig.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>

namespace liandong::test {
namespace {

using store::Batch;
using store::CommitOutcome;
using store::Committed;
using store::Conflict;
using store::Key;
using store::LogEntry;
using store::Reused;
using store::Seen;
using store::Serial;
using store::StoredValue;
using store::Write;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::string_literals;

const std::string kBinary = "\0\r\n$5\r\n\xff\x80{}*1"s;

class StoreContract : public ::testing::TestWithParam<Backend> {
protected:
    static void TearDownTestSuite() { redis_.reset(); }

    StoreContract() {
        if (GetParam().is_redis() && !redis_) redis_ = std::make_unique<RedisProcess>();
        rig_ = std::make_unique<StoreRig>(GetParam(), redis_.get());
    }
    StoreRig& rig() { return *rig_; }

    static Batch creation(Key key, std::string bytes) {
        Batch batch;
        batch.expectations = {{key, 0}};
        batch.writes = {{std::move(key), std::move(bytes)}};
        batch.event_header = "created";
        return batch;
    }
    std::uint64_t committed(Batch batch) {
        return std::get<Committed>(rig().commit(std::move(batch))).seq;
    }

    static std::unique_ptr<RedisProcess> redis_;
    std::unique_ptr<StoreRig> rig_;
};
std::unique_ptr<RedisProcess> StoreContract::redis_;

bool same(const std::vector<Write>& a, const std::vector<Write>& b) {
    return std::ranges::equal(
        a, b, [](const Write& x, const Write& y) { return x.key == y.key && x.bytes == y.bytes; });
}

// What was never written has version 0, no bytes and no request.
TEST_P(StoreContract, AnEmptyStoreHasNothing) {
    const auto outcome = rig().read({incident("a"), unit("b")}, query("r1"));
    EXPECT_THAT(outcome.values, ElementsAre(StoredValue{}, StoredValue{}));
    EXPECT_TRUE(std::holds_alternative<std::monostate>(outcome.request));
    EXPECT_EQ(rig().last_seq(), 0U);
    EXPECT_THAT(rig().list("open.incident"), IsEmpty());
    EXPECT_THAT(rig().tail(0), IsEmpty());
    EXPECT_THAT(rig().read({}).values, IsEmpty());
}

// A commit writes every value under the seq of its one event.
TEST_P(StoreContract, ACommitWritesAllItsValuesAtOneVersion) {
    Batch batch = creation(incident("a"), "one");
    batch.expectations.push_back({unit("u"), 0});
    batch.writes.push_back({unit("u"), "two"});
    EXPECT_EQ(committed(batch), 1U);
    EXPECT_THAT(rig().read({unit("u"), incident("a")}).values,
                ElementsAre(StoredValue{1, "two"}, StoredValue{1, "one"}));
}

// An expectation holds for exactly the version it names, and what it guards need not be written.
TEST_P(StoreContract, AVersionIsExpectedExactly) {
    committed(creation(incident("a"), "one"));
    committed(creation(unit("u"), "u1"));
    Batch update;
    update.expectations = {{incident("a"), 1}, {unit("u"), 2}};
    update.writes = {{incident("a"), "two"}};
    EXPECT_EQ(committed(update), 3U);
    EXPECT_EQ(rig().value(incident("a")), (StoredValue{3, "two"}));
    EXPECT_EQ(rig().value(unit("u")), (StoredValue{2, "u1"}));
}

// A conflict names exactly the keys that are not at the expected version, in the order of the
// expectations.
TEST_P(StoreContract, AConflictNamesExactlyTheKeysConcerned) {
    committed(creation(incident("a"), "one"));
    committed(creation(unit("u"), "u1"));
    Batch batch;
    batch.expectations = {{incident("a"), 7},
                          {unit("new"), 0},
                          {unit("u"), 0},
                          {unit("u"), 2},
                          {incident("gone"), 1}};
    batch.writes = {{unit("new"), "x"}};
    const auto outcome = rig().commit(batch);
    EXPECT_THAT(std::get<Conflict>(outcome).keys,
                ElementsAre(incident("a"), unit("u"), incident("gone")));
}

// With every created key absent, a conflict over versions alone still names the right keys.
TEST_P(StoreContract, AConflictBehindAbsentKeysNamesTheRightOnes) {
    committed(creation(incident("a"), "one"));
    committed(creation(unit("u"), "u1"));
    Batch batch;
    batch.request = request("r");
    batch.expectations = {{unit("n1"), 0}, {incident("a"), 1}, {unit("n2"), 0}, {unit("u"), 1}};
    batch.writes = {{unit("n1"), "x"}};
    EXPECT_THAT(std::get<Conflict>(rig().commit(batch)).keys, ElementsAre(unit("u")));
}

// A refused commit does nothing at all: no value, index, serial, event or request record.
TEST_P(StoreContract, ARefusedCommitDoesNothing) {
    committed(creation(incident("a"), "one"));
    Batch batch = creation(incident("a"), "other");
    batch.writes.push_back({unit("u"), "u"});
    batch.index_changes = {{{"open.unit", "u"}, true}};
    batch.serials = {Serial{"incident:20260718", 0, 3 << 3, 0}};
    batch.request = request("r1");
    EXPECT_TRUE(std::holds_alternative<Conflict>(rig().commit(batch)));
    EXPECT_EQ(rig().value(incident("a")), (StoredValue{1, "one"}));
    EXPECT_EQ(rig().value(unit("u")), StoredValue{});
    EXPECT_THAT(rig().list("open.unit"), IsEmpty());
    EXPECT_EQ(rig().last_seq(), 1U);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(rig().read({}, query("r1")).request));

    batch.expectations = {{incident("a"), 1}};
    EXPECT_EQ(std::get<Committed>(rig().commit(batch)).seq, 2U);
    EXPECT_EQ(rig().value(incident("a")).bytes, "other" + store::serial_field(3 << 3, 1));
}

// The same request id with the same content is answered with the recorded response, byte for byte,
// and done once.
TEST_P(StoreContract, ASeenRequestGetsTheRecordedResponse) {
    Batch batch = creation(incident("a"), "one");
    batch.request = request("r1", 'a', kBinary);
    batch.serials = {Serial{"incident:20260718", 0, 3 << 3, 4 << 3}};
    const auto first = std::get<Committed>(rig().commit(batch));
    EXPECT_EQ(first.response, kBinary + store::serial_field(4 << 3, 1));
    batch.request->response = "another";
    const auto again = std::get<Seen>(rig().commit(batch));
    EXPECT_EQ(again.seq, first.seq);
    EXPECT_EQ(again.response, first.response);
    EXPECT_EQ(rig().last_seq(), 1U);
    const auto read = std::get<Seen>(rig().read({incident("a")}, query("r1")).request);
    EXPECT_EQ(read.seq, first.seq);
    EXPECT_EQ(read.response, first.response);
}

// A request id that comes back with other content is told from one that comes back.
TEST_P(StoreContract, AReusedRequestIdIsRefused) {
    Batch batch = creation(incident("a"), "one");
    batch.request = request("r1", 'a');
    committed(batch);
    batch.request = request("r1", 'b');
    EXPECT_TRUE(std::holds_alternative<Reused>(rig().commit(batch)));
    EXPECT_TRUE(std::holds_alternative<Reused>(rig().read({}, query("r1", 'b')).request));
    EXPECT_EQ(rig().last_seq(), 1U);
}

// The request id is looked at before the versions.
TEST_P(StoreContract, ASeenRequestWinsOverAConflict) {
    Batch batch = creation(incident("a"), "one");
    batch.request = request("r1");
    committed(batch);
    Batch update;
    update.expectations = {{incident("a"), 1}};
    update.writes = {{incident("a"), "two"}};
    committed(update);
    EXPECT_TRUE(std::holds_alternative<Seen>(rig().commit(batch)));
}

// Serials count from 1 without gaps, a counter each, and are appended to their write and to the
// response.
TEST_P(StoreContract, SerialsAreGaplessAndAppended) {
    for (int i = 1; i <= 3; ++i) {
        Batch batch = creation(incident(fmt::format("i{}", i)), "inc");
        batch.writes.push_back({unit(fmt::format("u{}", i)), "unit"});
        batch.serials = {Serial{"report:20260718", 1, 5 << 3, 2 << 3},
                         Serial{"incident:20260718", 0, 3 << 3, 1 << 3}};
        batch.request = request(fmt::format("r{}", i), 'a', "resp");
        const auto outcome = std::get<Committed>(rig().commit(batch));
        EXPECT_EQ(outcome.response,
                  "resp" + store::serial_field(2 << 3, i) + store::serial_field(1 << 3, i));
        EXPECT_EQ(rig().value(batch.writes[0].key).bytes, "inc" + store::serial_field(3 << 3, i));
        EXPECT_EQ(rig().value(batch.writes[1].key).bytes, "unit" + store::serial_field(5 << 3, i));
    }
    EXPECT_EQ(rig().tail(2).at(0).writes.at(0).bytes, "inc" + store::serial_field(3 << 3, 3));
}

// A serial's varint is protobuf's, at every change of length (golden bytes).
TEST_P(StoreContract, ASerialsBytesAreAVarint) {
    const std::string tag(1, '\x18');
    std::uint64_t serials = 0;
    const auto draw = [&](std::size_t count) {
        Batch batch;
        batch.writes = {{incident("a"), ""}};
        batch.serials.assign(count, Serial{"incident:20260718", 0, 0x18, 0});
        committed(batch);
        serials += count;
    };
    const auto last = [&](std::size_t size) {
        const std::string bytes = rig().value(incident("a")).bytes;
        return bytes.substr(bytes.size() - size);
    };
    draw(127);
    EXPECT_EQ(last(2), tag + "\x7f");
    draw(1);
    EXPECT_EQ(last(3), tag + "\x80\x01");
    while (serials + 2'000 < 16'383) draw(2'000);
    draw(16'383 - serials);
    EXPECT_EQ(last(3), tag + "\xff\x7f");
    draw(1);
    EXPECT_EQ(last(4), tag + "\x80\x80\x01");
}

// An index lists its members in byte order, pages strictly behind a member, and forgets what is
// removed.
TEST_P(StoreContract, AnIndexListsInByteOrder) {
    Batch batch;
    for (const char* member : {"b", "a", "aa", "\xff", "Z", "a:1"}) {
        batch.index_changes.push_back({{"open.incident", member}, true});
    }
    batch.index_changes.push_back({{"ended.incident", "x"}, true});
    committed(batch);
    EXPECT_THAT(rig().list("open.incident"), ElementsAre("Z", "a", "a:1", "aa", "b", "\xff"));
    EXPECT_THAT(rig().list("open.incident", "", 2), ElementsAre("Z", "a"));
    EXPECT_THAT(rig().list("open.incident", "a", 2), ElementsAre("a:1", "aa"));
    EXPECT_THAT(rig().list("open.incident", "ab", 9), ElementsAre("b", "\xff"));
    EXPECT_THAT(rig().list("open.incident", "\xff", 9), IsEmpty());

    Batch removal;
    removal.index_changes = {{{"open.incident", "aa"}, false},
                             {{"open.incident", "never"}, false},
                             {{"open.incident", "b"}, false},
                             {{"open.incident", "b"}, true}};
    committed(removal);
    EXPECT_THAT(rig().list("open.incident", "a", 9), ElementsAre("a:1", "b", "\xff"));
}

// The log has every commit once, in order, without a gap, with its header and writes byte for byte.
TEST_P(StoreContract, TheLogHoldsEveryCommitByteForByte) {
    std::vector<Batch> batches;
    for (int i = 0; i < 5; ++i) {
        Batch batch;
        batch.event_header = fmt::format("header{}", i) + kBinary;
        for (int j = 0; j < i; ++j)
            batch.writes.push_back(
                {incident(fmt::format("i{}", j)), fmt::format("{}", i) + kBinary});
        committed(batch);
        batches.push_back(std::move(batch));
    }
    const auto log = rig().log();
    ASSERT_EQ(log.size(), batches.size());
    for (std::size_t i = 0; i < log.size(); ++i) {
        EXPECT_EQ(log[i].seq, i + 1);
        EXPECT_EQ(log[i].header, batches[i].event_header);
        EXPECT_TRUE(same(log[i].writes, batches[i].writes)) << i;
    }
    EXPECT_EQ(rig().tail(1, 2).size(), 2U);
    EXPECT_EQ(rig().tail(1, 2).front().seq, 2U);
    EXPECT_THAT(rig().tail(5), IsEmpty());
}

// Values, headers, responses and members are any bytes, also none.
TEST_P(StoreContract, BytesAreBinarySafe) {
    Batch batch = creation(incident("a"), kBinary);
    batch.writes.push_back({unit("empty"), ""});
    batch.index_changes = {{{"open.incident", kBinary}, true}};
    batch.event_header = "";
    batch.request = request("r1", 'a', "");
    EXPECT_EQ(std::get<Committed>(rig().commit(batch)).response, "");
    EXPECT_EQ(rig().value(incident("a")), (StoredValue{1, kBinary}));
    EXPECT_EQ(rig().value(unit("empty")), (StoredValue{1, ""}));
    EXPECT_THAT(rig().list("open.incident"), ElementsAre(kBinary));
    EXPECT_EQ(rig().tail(0).at(0).header, "");
    EXPECT_EQ(std::get<Seen>(rig().read({}, query("r1")).request).response, "");
}

// A key that is written twice in one commit holds the last bytes; the log has both.
TEST_P(StoreContract, TheLastWriteOfAKeyHolds) {
    Batch batch = creation(incident("a"), "first");
    batch.writes.push_back({incident("a"), "second"});
    committed(batch);
    EXPECT_EQ(rig().value(incident("a")), (StoredValue{1, "second"}));
    EXPECT_TRUE(same(rig().tail(0).at(0).writes, batch.writes));
}

// A tail that waits is woken by the next commit, whoever makes it, and goes on from there.
TEST_P(StoreContract, AWaitingTailIsWokenByACommit) {
    std::optional<Result<std::vector<LogEntry>>> events;
    const auto start = rig().timers().now();
    spawn(rig().io().get_executor(), rig().other().tail(0, 100, std::chrono::seconds{10}),
          [&](std::exception_ptr, Result<std::vector<LogEntry>> result) {
              events = std::move(result);
          });
    rig().io().restart();
    rig().io().run_for(std::chrono::milliseconds{20});
    ASSERT_FALSE(events);
    committed(creation(incident("a"), "one"));
    while (!events) {
        rig().io().restart();
        rig().io().run_one_for(std::chrono::seconds{5});
    }
    EXPECT_LT(rig().timers().now() - start, Duration{std::chrono::seconds{5}});
    ASSERT_EQ((*events)->size(), 1U);
    EXPECT_EQ((*events)->front().seq, 1U);

    committed(creation(incident("b"), "two"));
    const auto next = run(rig().io(), rig().other().tail(1, 100, std::chrono::seconds{10})).value();
    ASSERT_EQ(next.size(), 1U);
    EXPECT_EQ(next.front().seq, 2U);
}

// A tail waits no longer than it is asked to, then answers with nothing; so it does again.
TEST_P(StoreContract, ATailGivesUpAfterItsWait) {
    committed(creation(incident("a"), "one"));
    for (int i = 0; i < 3; ++i) {
        const auto start = rig().timers().now();
        EXPECT_THAT(rig().tail(1, 10, std::chrono::milliseconds{30}), IsEmpty());
        EXPECT_GE(rig().timers().now() - start, Duration{std::chrono::milliseconds{29}});
    }
    committed(creation(incident("b"), "two"));
    EXPECT_EQ(rig().tail(1, 10, std::chrono::milliseconds{30}).size(), 1U);
}

// Beyond its limits a batch is refused whole, with the reason.
TEST_P(StoreContract, LimitsAreStated) {
    Batch many;
    for (std::size_t i = 0; i <= store::kBatchKeys_max; ++i)
        many.writes.push_back({unit(fmt::format("u{}", i)), "x"});
    EXPECT_EQ(rig().try_commit(many).error().reason, "BATCH_TOO_LARGE");
    EXPECT_EQ(rig().try_commit(many).error().code, Code::kResourceExhausted);

    Batch large = creation(incident("a"), std::string(store::kEntityBytes_max + 1, 'x'));
    EXPECT_EQ(rig().try_commit(large).error().reason, "ENTITY_TOO_LARGE");
    EXPECT_EQ(rig().last_seq(), 0U);

    many.writes.pop_back();
    committed(many);
    committed(creation(incident("a"), std::string(store::kEntityBytes_max, 'x')));
    EXPECT_EQ(rig().log().at(0).writes.size(), store::kBatchKeys_max);
    std::vector<Key> keys;
    for (const Write& write : many.writes) keys.push_back(write.key);
    EXPECT_EQ(rig().read(keys).values.back(), (StoredValue{1, "x"}));
}

// A batch of 5 MiB, more than RedisStore otherwise puts into one call, passes whole.
TEST_P(StoreContract, ALargeBatchPasses) {
    Batch batch;
    for (std::size_t i = 0; i < 320; ++i) {
        batch.expectations.push_back({unit(fmt::format("u{}", i)), 0});
        batch.writes.push_back(
            {unit(fmt::format("u{}", i)), std::string(store::kEntityBytes_max, 'x')});
    }
    EXPECT_EQ(committed(batch), 1U);
    EXPECT_TRUE(same(rig().log().at(0).writes, batch.writes));
}

// Commits of one turn of the loop each get a seq of their own, in the order they were made.
TEST_P(StoreContract, ManyCommitsOfOneTurnAllHappen) {
    std::vector<Batch> batches;
    for (int i = 0; i < 200; ++i)
        batches.push_back(creation(incident(fmt::format("i{}", i)), fmt::format("{}", i)));
    std::set<std::uint64_t> seqs;
    for (const auto& outcome : rig().commit_together(batches))
        seqs.insert(std::get<Committed>(outcome.value()).seq);
    EXPECT_EQ(seqs.size(), 200U);
    EXPECT_EQ(*seqs.rbegin(), 200U);
    EXPECT_EQ(rig().log().size(), 200U);
}

// Of many that want the same version, one wins, and the refused ones do not touch their neighbours.
TEST_P(StoreContract, OneOfManyWins) {
    std::vector<Batch> batches;
    for (int i = 0; i < 100; ++i) {
        batches.push_back(creation(unit("wanted"), fmt::format("{}", i)));
        batches.push_back(creation(incident(fmt::format("i{}", i)), "own"));
    }
    int won = 0;
    int own = 0;
    const auto outcomes = rig().commit_together(batches);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const bool committed_it = std::holds_alternative<Committed>(outcomes[i].value());
        (i % 2 == 0 ? won : own) += committed_it ? 1 : 0;
        if (!committed_it) {
            EXPECT_THAT(std::get<Conflict>(*outcomes[i]).keys, ElementsAre(unit("wanted")));
        }
    }
    EXPECT_EQ(won, 1);
    EXPECT_EQ(own, 100);
    EXPECT_EQ(rig().value(unit("wanted")).bytes, "0");
    EXPECT_EQ(rig().last_seq(), 101U);
}

// A request that is sent many times at once is done once, and all hear the same.
TEST_P(StoreContract, ARequestSentManyTimesAtOnceIsDoneOnce) {
    Batch batch = creation(incident("a"), "one");
    batch.request = request("r1", 'a', kBinary);
    batch.serials = {Serial{"incident:20260718", 0, 3 << 3, 4 << 3}};
    int committed_times = 0;
    std::set<std::string> responses;
    for (const auto& outcome : rig().commit_together(std::vector<Batch>(50, batch))) {
        if (const auto* done = std::get_if<Committed>(&outcome.value())) {
            ++committed_times;
            responses.insert(done->response);
        } else {
            responses.insert(std::get<Seen>(*outcome).response);
        }
    }
    EXPECT_EQ(committed_times, 1);
    EXPECT_THAT(responses, ElementsAre(kBinary + store::serial_field(4 << 3, 1)));
    EXPECT_EQ(rig().last_seq(), 1U);
}

// Another store object on the same scope sees what one committed.
TEST_P(StoreContract, TwoStoresShareOneScope) {
    committed(creation(incident("a"), "one"));
    Batch update;
    update.expectations = {{incident("a"), 1}};
    update.writes = {{incident("a"), "two"}};
    const auto outcome = run(rig().io(), rig().other().commit(update, rig().soon())).value();
    EXPECT_EQ(std::get<Committed>(outcome).seq, 2U);
    EXPECT_EQ(rig().value(incident("a")), (StoredValue{2, "two"}));
}

// A scope with braces, which would break the hash tag, never gets as far as a store.
TEST_P(StoreContract, BracesNeverReachAKey) {
    EXPECT_EQ(domain::validate(domain::Scope{"li}ve", "420981"}).error().reason, "SCOPE_MALFORMED");
    EXPECT_EQ(domain::validate(domain::Scope{"live", "{420981"}).error().reason, "SCOPE_MALFORMED");
}

INSTANTIATE_TEST_SUITE_P(Backends, StoreContract,
                         ::testing::Values(kMemory, kRedisUnix, kRedisTcp, kMemoryFault,
                                           kRedisFault),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace liandong::test
