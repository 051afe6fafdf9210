// What only a store on a real Redis can show: crashes, refusals, damage, the cluster's slots,
// numbers beyond 32 bits.
#include "common/redis/redis_store.h"

#include "common/async/asio_timers.h"
#include "common/redis/commit_library.h"
#include "common/store/limits.h"
#include "tests/contract/store_rig.h"

#include <boost/asio/io_context.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace liandong::redis {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using store::Batch;
using store::Committed;
using test::incident;
using test::run;

using ::testing::HasSubstr;

class RedisStoreTest : public ::testing::Test {
protected:
    MonotonicTime in(Duration wait) const { return timers_.now() + wait; }

    std::unique_ptr<RedisStore> make(const Endpoint& endpoint, bool load_function = true) {
        RedisStore::Options options;
        options.endpoint = endpoint;
        options.load_function = load_function;
        options.on_ready = [this](const std::string& replid) { replids_.push_back(replid); };
        return std::make_unique<RedisStore>(domain::Scope{"live", "420981"}, io_.get_executor(),
                                            timers_, random_, log_, std::move(options));
    }
    std::unique_ptr<RedisStore> make_ready(const Endpoint& endpoint) {
        auto store = make(endpoint);
        LIANDONG_CHECK(run(io_, store->wait_until_ready(in(seconds{10}))));
        return store;
    }
    static Batch creation(const std::string& id) {
        Batch batch;
        batch.expectations = {{incident(id), 0}};
        batch.writes = {{incident(id), "bytes of " + id}};
        batch.index_changes = {{{"open.incident", id}, true}};
        batch.serials = {store::Serial{"incident:20260718", 0, 3 << 3, 0}};
        batch.request = test::request(id);
        batch.event_header = "created";
        return batch;
    }
    Result<store::CommitOutcome> commit(RedisStore& store, const std::string& id) {
        return run(io_, store.commit(creation(id), in(seconds{10})));
    }
    std::string reason(RedisStore& store, const std::string& id) {
        const auto outcome = commit(store, id);
        return outcome ? "none" : outcome.error().reason;
    }
    bool until(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + seconds{10};
        while (!condition() && std::chrono::steady_clock::now() < end) {
            io_.restart();
            io_.run_one_for(milliseconds{20});
        }
        return condition();
    }
    std::vector<store::LogEntry> whole_log(RedisStore& store) {
        std::vector<store::LogEntry> all;
        while (true) {
            Result<std::vector<store::LogEntry>> page;
            // The tail's connection comes back in its own time.
            LIANDONG_CHECK(until([&] {
                page = run(io_, store.tail(all.size(), 1'000, {}));
                return page.has_value() || page.error().reason != "STORE_UNAVAILABLE";
            }));
            if (page.value().empty()) return all;
            std::ranges::move(*page, std::back_inserter(all));
        }
    }

    boost::asio::io_context io_;
    AsioTimers timers_{io_};
    SeededRandom random_{1};
    NullLog log_;
    std::vector<std::string> replids_;
};

// A store can be made before its Redis runs: it answers UNAVAILABLE until then, and is ready soon
// after.
TEST_F(RedisStoreTest, NeedsNoRedisToBeMade) {
    test::RedisProcess server;
    server.kill();
    const auto store = make(server.unix_endpoint());
    ASSERT_FALSE(run(io_, store->wait_until_ready(in(milliseconds{100}))));
    EXPECT_THAT(store->last_error(), HasSubstr(to_string(server.unix_endpoint())));
    EXPECT_EQ(reason(*store, "a"), "STORE_UNAVAILABLE");
    EXPECT_EQ(run(io_, store->read({incident("a")}, {}, in(seconds{1}))).error().reason,
              "STORE_UNAVAILABLE");
    EXPECT_EQ(run(io_, store->list("open.incident", "", 1, in(seconds{1}))).error().reason,
              "STORE_UNAVAILABLE");
    EXPECT_EQ(run(io_, store->tail(0, 1, seconds{5})).error().reason, "STORE_UNAVAILABLE");
    EXPECT_EQ(run(io_, store->last_seq(in(seconds{1}))).error().reason, "STORE_UNAVAILABLE");
    server.start();
    ASSERT_TRUE(run(io_, store->wait_until_ready(in(seconds{10}))));
    EXPECT_EQ(reason(*store, "a"), "none");
}

// Each connect tells the master's replication id, which is another after a restart.
TEST_F(RedisStoreTest, TellsWhichMasterItMet) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    EXPECT_EQ(store->master_replid().size(), 40U);
    server.kill();
    ASSERT_TRUE(until([&] { return !store->is_ready(); }));
    server.start();
    ASSERT_TRUE(until([&] { return store->is_ready(); }));
    ASSERT_EQ(replids_.size(), 2U);
    EXPECT_NE(replids_[0], replids_[1]);
    EXPECT_EQ(replids_[1], store->master_replid());
}

/// Commits in a closed loop, sending again whatever was not answered with certainty, as a client
/// does.
class Load {
public:
    Load(boost::asio::io_context& io, Timers& timers, RedisStore& store)
        : io_(io), timers_(timers), store_(store) {}

    void start(int workers) {
        running_ = workers;
        for (int worker = 0; worker < workers; ++worker) {
            spawn(io_.get_executor(), work(worker), [this](std::exception_ptr failure) {
                LIANDONG_CHECK(!failure);
                --running_;
            });
        }
    }
    void stop() { stopping_ = true; }
    bool is_over() const { return running_ == 0; }

    std::map<std::string, std::uint64_t> acknowledged;  ///< id → seq
    int unknown = 0;
    int seen = 0;

private:
    Task<void> work(int worker) {
        for (int i = 0; !stopping_; ++i) co_await commit_surely(fmt::format("w{}-{}", worker, i));
    }
    Task<void> commit_surely(std::string id) {
        while (true) {
            const auto outcome = co_await store_.commit(batch(id), timers_.now() + seconds{2});
            if (outcome && note(id, *outcome)) co_return;
            co_await sleep_for(timers_, milliseconds{5});
        }
    }
    bool note(const std::string& id, const store::CommitOutcome& outcome) {
        if (const auto* done = std::get_if<Committed>(&outcome)) {
            acknowledged[id] = done->seq;
        } else if (const auto* again = std::get_if<store::Seen>(&outcome)) {
            acknowledged[id] = again->seq;
            ++seen;
        } else {
            LIANDONG_CHECK(std::holds_alternative<store::Unknown>(outcome));
            ++unknown;
            return false;
        }
        return true;
    }
    static Batch batch(const std::string& id) {
        Batch made;
        made.expectations = {{incident(id), 0}};
        made.writes = {{incident(id), id}};
        made.request = test::request(id, 'a', id);
        made.event_header = id;
        return made;
    }

    boost::asio::io_context& io_;
    Timers& timers_;
    RedisStore& store_;
    int running_ = 0;
    bool stopping_ = false;
};

// Redis is killed again and again under load: everything acknowledged is there, once, under its
// seq; the log has no gap; what was unknown is resolved by sending the same request id again.
TEST_F(RedisStoreTest, NothingAcknowledgedIsLostWhenRedisIsKilled) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    Load load(io_, timers_, *store);
    load.start(32);
    for (int round = 0; round < 5; ++round) {
        const std::size_t before = load.acknowledged.size();
        ASSERT_TRUE(until([&] { return load.acknowledged.size() >= before + 300; }));
        if (round % 2 == 0) {
            // A kill in the middle of a call: the frozen server has it, and nobody will hear.
            server.freeze();
            io_.restart();
            io_.run_for(milliseconds{20});
        }
        server.kill();
        ASSERT_TRUE(until([&] { return !store->is_ready(); }));
        server.start();
    }
    load.stop();
    ASSERT_TRUE(until([&] { return load.is_over(); }));

    const auto log = whole_log(*store);
    ASSERT_EQ(log.size(),
              load.acknowledged
                  .size());  // gapless: `tail` checks, and nothing is there that nobody knows
    for (const auto& [id, seq] : load.acknowledged) {
        EXPECT_EQ(log[seq - 1].seq, seq);
        EXPECT_EQ(log[seq - 1].header, id);
    }
    fmt::print("{} acknowledged, {} unknown, of which {} had been done\n", load.acknowledged.size(),
               load.unknown, load.seen);
    EXPECT_GT(load.unknown, 0);
}

// A commit in flight when the answer is overdue is Unknown; one that still waits was not done, and
// says so.
TEST_F(RedisStoreTest, AnOverdueCommitIsUnknownOnlyIfItWasSent) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    server.freeze();
    std::optional<Result<store::CommitOutcome>> sent;
    std::optional<Result<store::CommitOutcome>> waiting;
    spawn(io_.get_executor(), store->commit(creation("sent"), in(milliseconds{200})),
          [&](std::exception_ptr, Result<store::CommitOutcome> outcome) {
              sent = std::move(outcome);
          });
    io_.restart();
    io_.run_for(milliseconds{20});
    spawn(io_.get_executor(), store->commit(creation("waiting"), in(milliseconds{100})),
          [&](std::exception_ptr, Result<store::CommitOutcome> outcome) {
              waiting = std::move(outcome);
          });
    ASSERT_TRUE(until([&] { return sent && waiting; }));
    EXPECT_EQ(waiting->error().reason, "STORE_TIMEOUT");
    EXPECT_EQ(waiting->error().code, Code::kDeadlineExceeded);
    EXPECT_TRUE(std::holds_alternative<store::Unknown>(sent->value()));
    server.thaw();
    EXPECT_EQ(run(io_, store->read({incident("waiting")}, {}, in(seconds{5})))
                  .value()
                  .values.at(0)
                  .version,
              0U);
    EXPECT_TRUE(std::holds_alternative<store::Seen>(commit(*store, "sent").value()));
}

// A tail hears at once that its connection is gone, and goes on afterwards where it was.
TEST_F(RedisStoreTest, ATailHearsOfALossAndResumes) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    ASSERT_EQ(reason(*store, "a"), "none");
    std::optional<Result<std::vector<store::LogEntry>>> heard;
    spawn(io_.get_executor(), store->tail(1, 10, seconds{30}),
          [&](std::exception_ptr, Result<std::vector<store::LogEntry>> result) {
              heard = std::move(result);
          });
    io_.restart();
    io_.run_for(milliseconds{20});
    ASSERT_FALSE(heard);
    server.kill();
    ASSERT_TRUE(until([&] { return heard.has_value(); }));
    EXPECT_EQ(heard->error().reason, "STORE_UNAVAILABLE");
    server.start();
    ASSERT_TRUE(until([&] { return store->is_ready(); }));
    ASSERT_EQ(reason(*store, "b"), "none");
    Result<std::vector<store::LogEntry>> next = fail(Code::kUnavailable, "", "");
    ASSERT_TRUE(
        until([&] { return (next = run(io_, store->tail(1, 10, seconds{1}))).has_value(); }));
    ASSERT_EQ(next->size(), 1U);
    EXPECT_EQ(next->front().seq, 2U);
}

// When the log is shorter than what was read already, the tail says so instead of waiting for
// numbers to come again.
TEST_F(RedisStoreTest, ATailNoticesALogThatWentBack) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    for (const char* id : {"a", "b", "c"}) ASSERT_EQ(reason(*store, id), "none");
    ASSERT_EQ(run(io_, store->tail(0, 10, {})).value().size(), 3U);
    server.kill();
    server.erase_data();
    server.start();
    ASSERT_TRUE(until([&] { return !store->is_ready(); }));
    ASSERT_TRUE(until([&] { return store->is_ready(); }));
    ASSERT_EQ(reason(*store, "d"), "none");
    std::string said;
    ASSERT_TRUE(until([&] {
        const auto events = run(io_, store->tail(3, 10, milliseconds{10}));
        said = events ? "" : events.error().reason;
        return said != "STORE_UNAVAILABLE";
    }));
    EXPECT_EQ(said, "LOG_WENT_BACK");
}

// The same without a lost connection: somebody flushed.
TEST_F(RedisStoreTest, ATailNoticesAFlush) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    for (const char* id : {"a", "b"}) ASSERT_EQ(reason(*store, id), "none");
    ASSERT_EQ(run(io_, store->tail(0, 10, {})).value().size(), 2U);
    server.command({"FLUSHALL"});
    EXPECT_TRUE(run(io_, store->tail(2, 10, milliseconds{10})).value().empty());
    EXPECT_EQ(run(io_, store->tail(2, 10, milliseconds{10})).error().reason, "LOG_WENT_BACK");
}

// Events that were trimmed away are a gap, not a silence.
TEST_F(RedisStoreTest, ATailNoticesAGap) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    for (const char* id : {"a", "b", "c"}) ASSERT_EQ(reason(*store, id), "none");
    server.command({"XDEL", "{live.420981}:log", "2-0"});
    EXPECT_EQ(run(io_, store->tail(1, 10, {})).error().reason, "LOG_GAP");
    EXPECT_EQ(run(io_, store->tail(1, 10, {})).error().code, Code::kAborted);
}

// Sequence numbers and serials pass 2^31 and 2^32 exactly: Lua's numbers are doubles, its text of
// them is not exact.
TEST_F(RedisStoreTest, LargeNumbersAreExact) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    for (const std::uint64_t start : {(1ULL << 31) - 2, (1ULL << 32) - 2, 999'999'999'999'999ULL}) {
        server.command({"SET", "{live.420981}:seq", fmt::to_string(start)});
        server.command({"SET", "{live.420981}:counter:incident:20260718", fmt::to_string(start)});
        for (std::uint64_t step = 1; step <= 3; ++step) {
            const std::string id = fmt::format("{}-{}", start, step);
            const auto outcome = commit(*store, id).value();
            EXPECT_EQ(std::get<Committed>(outcome).seq, start + step);
            const auto value =
                run(io_, store->read({incident(id)}, {}, in(seconds{5}))).value().values.at(0);
            EXPECT_EQ(value.version, start + step);
            EXPECT_EQ(value.bytes,
                      "bytes of " + id +
                          store::serial_field(3 << 3, static_cast<std::int64_t>(start + step)));
        }
        EXPECT_EQ(run(io_, store->tail(start, 10, {})).value().size(), 3U);
        EXPECT_EQ(run(io_, store->last_seq(in(seconds{5}))).value(), start + 3);
    }
}

// The stored form of one commit, byte for byte (golden): a stored value, an event, an index, a
// record, a serial.
TEST_F(RedisStoreTest, TheStoredFormIsWhatItWas) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    ASSERT_EQ(reason(*store, "a"), "none");
    EXPECT_EQ(server.command({"GET", "{live.420981}:incident:a"}),
              "$28\r\n0000000000000001bytes of a\x18\x01\r\n");
    EXPECT_EQ(server.command({"GET", "{live.420981}:seq"}), "$1\r\n1\r\n");
    EXPECT_EQ(server.command({"GET", "{live.420981}:counter:incident:20260718"}), "$1\r\n1\r\n");
    EXPECT_EQ(server.command({"GET", "{live.420981}:request:a"}),
              "$88\r\n0000000000000001" + std::string(64, 'a') + "response\r\n");
    EXPECT_EQ(server.command({"TTL", "{live.420981}:request:a"}), ":86400\r\n");
    EXPECT_EQ(
        server.command({"ZRANGE", "{live.420981}:index:open.incident", "0", "-1", "WITHSCORES"}),
        "*2\r\n$1\r\na\r\n$1\r\n0\r\n");
    EXPECT_EQ(server.command({"XRANGE", "{live.420981}:log", "-", "+"}),
              "*1\r\n*2\r\n$3\r\n1-0\r\n*4\r\n$1\r\nh\r\n$7\r\ncreated\r\n$10\r\nincident:a\r\n$"
              "12\r\nbytes of "
              "a\x18\x01\r\n");
}

// Commits that wait together share calls; alone, each has one.
TEST_F(RedisStoreTest, WaitingCommitsShareCalls) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    int left = 300;
    for (int i = 0; i < 300; ++i) {
        spawn(io_.get_executor(), store->commit(creation(fmt::to_string(i)), in(seconds{10})),
              [&](std::exception_ptr, Result<store::CommitOutcome> outcome) {
                  left -= outcome.has_value() ? 1 : 0;
              });
    }
    ASSERT_TRUE(until([&] { return left == 0; }));
    EXPECT_EQ(store->stats().commits, 300U);
    EXPECT_LE(store->stats().commit_calls, 10U);
    EXPECT_GE(store->stats().commit_calls, 5U);  // ≤ 64 a call
}

// A scope whose keys are damaged refuses the commits concerned, does nothing for them, and serves
// the others.
TEST_F(RedisStoreTest, DamageIsNamedAndContained) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    server.command({"SET", "{live.420981}:index:open.incident", "not a sorted set"});
    Batch healthy;
    healthy.writes = {{incident("healthy"), "x"}};
    std::optional<Result<store::CommitOutcome>> outcomes[2];
    spawn(io_.get_executor(), store->commit(creation("damaged"), in(seconds{5})),
          [&](std::exception_ptr, Result<store::CommitOutcome> outcome) {
              outcomes[0] = std::move(outcome);
          });
    spawn(io_.get_executor(), store->commit(healthy, in(seconds{5})),
          [&](std::exception_ptr, Result<store::CommitOutcome> outcome) {
              outcomes[1] = std::move(outcome);
          });
    ASSERT_TRUE(until([&] { return outcomes[0] && outcomes[1]; }));
    EXPECT_EQ(outcomes[0]->error().reason, "STORE_CORRUPT");
    EXPECT_EQ(std::get<Committed>(outcomes[1]->value()).seq, 1U);
    const auto read =
        run(io_, store->read({incident("damaged")}, test::query("damaged"), in(seconds{5})))
            .value();
    EXPECT_EQ(read.values.at(0).version, 0U);
    EXPECT_TRUE(std::holds_alternative<std::monostate>(read.request));
    EXPECT_EQ(run(io_, store->last_seq(in(seconds{5}))).value(), 1U);

    server.command({"SET", "{live.420981}:incident:odd", "short"});
    EXPECT_EQ(run(io_, store->read({incident("odd")}, {}, in(seconds{5}))).error().reason,
              "STORE_CORRUPT");
}

// An index change that went through before another one failed is taken back.
TEST_F(RedisStoreTest, AFailedCommitTakesItsIndexChangesBack) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    ASSERT_EQ(reason(*store, "a"), "none");
    server.command({"SET", "{live.420981}:index:ended.incident", "not a sorted set"});
    Batch closing;
    closing.expectations = {{incident("a"), 1}};
    closing.writes = {{incident("a"), "closed"}};
    closing.index_changes = {{{"open.incident", "a"}, false},
                             {{"open.incident", "b"}, true},
                             {{"ended.incident", "1:a"}, true}};
    closing.event_header = "closed";
    EXPECT_EQ(run(io_, store->commit(closing, in(seconds{5}))).error().reason, "STORE_CORRUPT");
    EXPECT_EQ(run(io_, store->list("open.incident", "", 10, in(seconds{5}))).value(),
              std::vector<std::string>{"a"});
}

// A sequence number that lags behind the log (a key restored from elsewhere) stops commits rather
// than tearing the log.
TEST_F(RedisStoreTest, ALaggingSequenceNumberStopsCommits) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    for (const char* id : {"a", "b"}) ASSERT_EQ(reason(*store, id), "none");
    server.command({"SET", "{live.420981}:seq", "1"});
    EXPECT_EQ(reason(*store, "c"), "STORE_CORRUPT");
    EXPECT_EQ(
        run(io_, store->read({incident("c")}, {}, in(seconds{5}))).value().values.at(0).version,
        0U);
    EXPECT_EQ(server.command({"GET", "{live.420981}:seq"}), "$1\r\n1\r\n");
}

// Redis without memory to spare refuses writes as full, and still answers reads.
TEST_F(RedisStoreTest, AFullRedisSaysSo) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    ASSERT_EQ(reason(*store, "a"), "none");
    server.command({"CONFIG", "SET", "maxmemory", "1"});
    const auto outcome = commit(*store, "b");
    EXPECT_EQ(outcome.error().code, Code::kResourceExhausted);
    EXPECT_EQ(outcome.error().reason, "STORE_FULL");
    EXPECT_EQ(run(io_, store->last_seq(in(seconds{5}))).value(), 1U);
}

// Redis that takes no writes for lack of replicas is read-only for us.
TEST_F(RedisStoreTest, ARedisWithoutReplicasIsReadOnly) {
    test::RedisProcess server;
    const auto store = make_ready(server.unix_endpoint());
    server.command({"CONFIG", "SET", "min-replicas-to-write", "1"});
    const auto outcome = commit(*store, "a");
    EXPECT_EQ(outcome.error().code, Code::kUnavailable);
    EXPECT_EQ(outcome.error().reason, "STORE_READ_ONLY");
}

// A function library that somebody replaced or removed is put back.
TEST_F(RedisStoreTest, TheFunctionIsPutBack) {
    test::RedisProcess server;
    server.command({"FUNCTION", "LOAD",
                    "#!lua name=liandong_v1\nredis.register_function('liandong_commit_v1', "
                    "function() return {} end)"});
    const auto store = make_ready(server.unix_endpoint());
    EXPECT_EQ(reason(*store, "a"), "none");
    server.command({"FUNCTION", "FLUSH"});
    EXPECT_EQ(reason(*store, "b"), "STORE_UNAVAILABLE");
    ASSERT_TRUE(until([&] { return store->is_ready(); }));
    EXPECT_EQ(reason(*store, "b"), "none");
}

// Where the deploy job loads the function, a server without it is not ready, and says what to do.
TEST_F(RedisStoreTest, ItDoesNotLoadWhereItMayNot) {
    test::RedisProcess server;
    const auto store = make(server.unix_endpoint(), false);
    EXPECT_FALSE(run(io_, store->wait_until_ready(in(milliseconds{200}))));
    EXPECT_THAT(store->last_error(), HasSubstr("deploy job"));
    server.command({"FUNCTION", "LOAD", std::string(commit_library_code())});
    EXPECT_TRUE(run(io_, store->wait_until_ready(in(seconds{10}))));
}

// The rights that a service has in production suffice: to call the function and what it uses, on
// its keys.
TEST_F(RedisStoreTest, ProductionRightsSuffice) {
    test::RedisProcess server;
    server.command({"FUNCTION", "LOAD", std::string(commit_library_code())});
    server.command({"ACL", "SETUSER", "desk", "on", ">secret", "~{live.420981}:*", "+fcall",
                    "+client|setname", "+mget", "+get", "+getrange", "+exists", "+set", "+incr",
                    "+zadd", "+zrem", "+zrangebylex", "+xadd", "+xread"});
    RedisStore::Options options;
    options.endpoint = server.unix_endpoint();
    options.username = "desk";
    options.password = "secret";
    options.load_function = false;
    RedisStore store(domain::Scope{"live", "420981"}, io_.get_executor(), timers_, random_, log_,
                     options);
    ASSERT_TRUE(run(io_, store.wait_until_ready(in(seconds{10})))) << store.last_error();
    EXPECT_EQ(reason(store, "a"), "none");
    EXPECT_EQ(run(io_, store.list("open.incident", "", 10, in(seconds{5}))).value(),
              std::vector<std::string>{"a"});
    EXPECT_EQ(run(io_, store.tail(0, 10, seconds{1})).value().size(), 1U);
}

// A user who lacks one right of the function gets a refusal, and nothing is half done.
TEST_F(RedisStoreTest, AMissingRightHalvesNothing) {
    test::RedisProcess server;
    server.command({"FUNCTION", "LOAD", std::string(commit_library_code())});
    for (const char* missing : {"-set", "-incr", "-zadd", "-xadd"}) {
        server.command(
            {"ACL", "SETUSER", "desk", "reset", "on", ">secret", "~*", "+@all", missing});
        RedisStore::Options options;
        options.endpoint = server.unix_endpoint();
        options.username = "desk";
        options.password = "secret";
        RedisStore store(domain::Scope{"live", "420981"}, io_.get_executor(), timers_, random_,
                         log_, options);
        ASSERT_TRUE(run(io_, store.wait_until_ready(in(seconds{10}))));
        EXPECT_EQ(reason(store, missing), "STORE_CORRUPT") << missing;
        EXPECT_EQ(run(io_, store.read({incident(missing)}, {}, in(seconds{5})))
                      .value()
                      .values.at(0)
                      .version,
                  0U);
        EXPECT_EQ(run(io_, store.last_seq(in(seconds{5}))).value(), 0U) << missing;
    }
    EXPECT_EQ(server.command({"XLEN", "{live.420981}:log"}), ":0\r\n");
}

// A store that ends while commits and a tail wait takes their coroutines along (ASan watches for
// leaks).
TEST_F(RedisStoreTest, ItsEndIsClean) {
    test::RedisProcess server;
    bool resumed = false;
    {
        const auto store = make_ready(server.unix_endpoint());
        server.freeze();
        const auto done = [&](std::exception_ptr, auto) { resumed = true; };
        spawn(io_.get_executor(), store->commit(creation("a"), in(seconds{10})), done);
        spawn(io_.get_executor(), store->tail(0, 10, seconds{10}), done);
        io_.restart();
        io_.run_for(milliseconds{20});
        spawn(io_.get_executor(), store->commit(creation("b"), in(seconds{10})), done);
        spawn(io_.get_executor(), store->read({incident("a")}, {}, in(seconds{10})), done);
        io_.restart();
        io_.run_for(milliseconds{5});
        EXPECT_EQ(store->stats().waiting, 1U);
    }
    server.thaw();
    io_.restart();
    io_.run_for(milliseconds{50});
    EXPECT_FALSE(resumed);
}

}  // namespace
}  // namespace liandong::redis
