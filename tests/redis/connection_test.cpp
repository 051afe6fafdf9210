#include "common/redis/connection.h"

#include "common/async/asio_timers.h"
#include "tests/support/redis_process.h"
#include "tests/support/run_task.h"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace liandong::redis {
namespace {

using std::chrono::milliseconds;
using test::run;

test::RedisProcess::Options configured(std::vector<std::string> arguments) {
    test::RedisProcess::Options options;
    options.config = std::move(arguments);
    return options;
}

class ConnectionTest : public ::testing::Test {
protected:
    MonotonicTime in(int ms) const { return timers_.now() + milliseconds{ms}; }

    std::unique_ptr<Connection> connect(Connection::Options options) {
        return std::make_unique<Connection>(io_.get_executor(), timers_, random_,
                                            std::move(options));
    }
    std::unique_ptr<Connection> connect(const Endpoint& endpoint) {
        Connection::Options options;
        options.endpoint = endpoint;
        return connect(std::move(options));
    }
    /// Runs the loop until the condition holds; false after 10 s.
    bool until(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{10};
        while (!condition() && std::chrono::steady_clock::now() < end) {
            io_.restart();
            io_.run_one_for(milliseconds{20});
        }
        return condition();
    }
    Result<Reply> ask(Connection& connection, std::vector<std::string> args, int ms = 5'000) {
        return run(io_, connection.command(std::move(args), in(ms)));
    }
    /// Starts a command whose answer is looked at later.
    std::shared_ptr<std::string> start(Connection& connection, const Command& command,
                                       int ms = 5'000) {
        auto heard = std::make_shared<std::string>();
        connection.send(command, in(ms), [heard](Result<Reply> reply) {
            *heard = reply ? "reply " + reply->text : reply.error().reason;
        });
        return heard;
    }

    boost::asio::io_context io_;
    AsioTimers timers_{io_};
    SeededRandom random_{1};
};

// The same commands work over a unix socket, an address and a name.
TEST_F(ConnectionTest, WorksOverUnixAndTcp) {
    test::RedisProcess server;
    Endpoint by_name = server.tcp_endpoint();
    by_name.host = "localhost";
    for (const Endpoint& endpoint : {server.unix_endpoint(), server.tcp_endpoint(), by_name}) {
        const auto connection = connect(endpoint);
        ASSERT_TRUE(until([&] { return connection->is_up(); })) << connection->last_error();
        const std::string binary("\0\r\n\xff", 4);
        EXPECT_EQ(ask(*connection, {"SET", "key", binary})->text, "OK");
        EXPECT_EQ(ask(*connection, {"GET", "key"})->text, binary);
        EXPECT_TRUE(ask(*connection, {"NOSUCH"})->is_error("ERR"));
    }
}

// Commands of one turn share the connection, and each gets its own answer.
TEST_F(ConnectionTest, Pipelines) {
    test::RedisProcess server;
    const auto connection = connect(server.unix_endpoint());
    ASSERT_TRUE(until([&] { return connection->is_up(); }));
    std::vector<std::shared_ptr<std::string>> heard;
    for (int i = 0; i < 1'000; ++i)
        heard.push_back(start(*connection, Command{"ECHO", std::to_string(i)}));
    ASSERT_TRUE(until([&] { return !heard.back()->empty(); }));
    for (int i = 0; i < 1'000; ++i)
        EXPECT_EQ(*heard[static_cast<std::size_t>(i)], "reply " + std::to_string(i));
    EXPECT_EQ(connection->stats().in_flight, 0U);
}

// Where nothing listens, commands are refused at once, and the reason names the endpoint.
TEST_F(ConnectionTest, AWrongEndpointIsNamed) {
    for (const char* text : {"unix:/nonexistent/socket", "tcp:127.0.0.1:1"}) {
        const auto connection = connect(parse_endpoint(text).value());
        ASSERT_TRUE(
            until([&] { return connection->last_error().find(text) != std::string::npos; }));
        const auto reply = ask(*connection, {"PING"});
        EXPECT_EQ(reply.error().code, Code::kUnavailable);
        EXPECT_EQ(reply.error().reason, "STORE_UNAVAILABLE");
        EXPECT_NE(reply.error().message.find(text), std::string::npos);
    }
}

// A command whose deadline passes is told so on time; the connection goes on, and the late reply
// confuses nobody.
TEST_F(ConnectionTest, ADeadlineIsKept) {
    test::RedisProcess server;
    const auto connection = connect(server.unix_endpoint());
    ASSERT_TRUE(until([&] { return connection->is_up(); }));
    server.command({"CLIENT", "PAUSE", "300", "ALL"});
    const MonotonicTime before = timers_.now();
    EXPECT_EQ(ask(*connection, {"ECHO", "late"}, 50).error().reason, "STORE_TIMEOUT");
    EXPECT_LT(timers_.now() - before, Duration{milliseconds{250}});
    EXPECT_EQ(ask(*connection, {"ECHO", "next"})->text, "next");
    EXPECT_EQ(connection->stats().connects, 1U);
    EXPECT_EQ(connection->stats().timeouts, 1U);
    EXPECT_EQ(ask(*connection, {"PING"}, -1).error().reason, "STORE_TIMEOUT");
}

// A redis that does not answer for a second past a deadline is left, and found again when it is
// well.
TEST_F(ConnectionTest, AFrozenServerIsLeft) {
    test::RedisProcess server;
    const auto connection = connect(server.unix_endpoint());
    ASSERT_TRUE(until([&] { return connection->is_up(); }));
    server.freeze();
    const auto first = start(*connection, Command{"PING"}, 100);
    const auto patient = start(*connection, Command{"PING"}, 8'000);
    ASSERT_TRUE(until([&] { return !patient->empty(); }));
    EXPECT_EQ(*first, "STORE_TIMEOUT");
    EXPECT_EQ(*patient, "OUTCOME_UNKNOWN");
    EXPECT_FALSE(connection->is_up());
    server.thaw();
    ASSERT_TRUE(until([&] { return connection->is_up(); }));
    EXPECT_EQ(ask(*connection, {"ECHO", "again"})->text, "again");
}

// What was sent when redis dies is unknown; it is found again after a restart.
TEST_F(ConnectionTest, ReconnectsAfterACrash) {
    test::RedisProcess server;
    const auto connection = connect(server.tcp_endpoint());
    ASSERT_TRUE(until([&] { return connection->is_up(); }));
    for (int round = 0; round < 3; ++round) {
        server.freeze();
        const auto sent = start(*connection, Command{"PING"});
        io_.restart();
        io_.run_for(milliseconds{20});
        server.kill();
        ASSERT_TRUE(until([&] { return !sent->empty(); }));
        EXPECT_EQ(*sent, "OUTCOME_UNKNOWN");
        EXPECT_EQ(ask(*connection, {"PING"}).error().reason, "STORE_UNAVAILABLE");
        server.start();
        ASSERT_TRUE(until([&] { return connection->is_up(); }));
    }
    EXPECT_EQ(connection->stats().losses, 3U);
}

// The limits on what may wait are kept, and refusals are definite.
TEST_F(ConnectionTest, LimitsAreKept) {
    test::RedisProcess server;
    Connection::Options options;
    options.endpoint = server.unix_endpoint();
    options.in_flight_max = 10;
    options.output_bytes_max = 1'000;
    const auto connection = connect(options);
    ASSERT_TRUE(until([&] { return connection->is_up(); }));
    std::vector<std::shared_ptr<std::string>> heard;
    for (int i = 0; i < 11; ++i) heard.push_back(start(*connection, Command{"PING"}));
    ASSERT_TRUE(until([&] { return !heard[9]->empty() && !heard[10]->empty(); }));
    EXPECT_EQ(*heard[9], "reply PONG");
    EXPECT_EQ(*heard[10], "STORE_BUSY");

    const auto large = start(*connection, Command{"ECHO", std::string(2'000, 'x')});
    const auto refused = start(*connection, Command{"PING"});
    ASSERT_TRUE(until([&] { return !large->empty() && !refused->empty(); }));
    EXPECT_EQ(large->size(), 2'006U);
    EXPECT_EQ(*refused, "STORE_BUSY");
}

// A password is needed where one is set, and given on connect.
TEST_F(ConnectionTest, Authenticates) {
    test::RedisProcess server(configured({"--user", "desk", "on", ">secret", "~*", "+@all"}));
    Connection::Options options;
    options.endpoint = server.unix_endpoint();
    options.username = "desk";
    options.password = "wrong";
    const auto refused = connect(options);
    ASSERT_TRUE(
        until([&] { return refused->last_error().find("WRONGPASS") != std::string::npos; }));
    EXPECT_FALSE(refused->is_up());
    options.password = "secret";
    const auto accepted = connect(options);
    ASSERT_TRUE(until([&] { return accepted->is_up(); }));
    EXPECT_EQ(ask(*accepted, {"ACL", "WHOAMI"})->text, "desk");
}

// A replica is not what we look for.
TEST_F(ConnectionTest, RefusesAReplica) {
    test::RedisProcess server(configured({"--replicaof", "127.0.0.1", "1"}));
    const auto connection = connect(server.unix_endpoint());
    ASSERT_TRUE(
        until([&] { return connection->last_error().find("not a master") != std::string::npos; }));
    EXPECT_FALSE(connection->is_up());
}

// A master that is demoted under us is left at its first refusal.
TEST_F(ConnectionTest, LeavesADemotedMaster) {
    test::RedisProcess server;
    const auto connection = connect(server.unix_endpoint());
    ASSERT_TRUE(until([&] { return connection->is_up(); }));
    ASSERT_EQ(ask(*connection, {"REPLICAOF", "127.0.0.1", "1"})->text, "OK");
    EXPECT_TRUE(ask(*connection, {"SET", "a", "b"})->is_error("READONLY"));
    EXPECT_TRUE(until([&] { return !connection->is_up(); }));
}

// A process that ends while commands wait takes its coroutines along: nobody is resumed, nothing
// leaks (ASan watches).
TEST_F(ConnectionTest, ItsEndIsClean) {
    test::RedisProcess server;
    bool resumed = false;
    {
        const auto connection = connect(server.unix_endpoint());
        ASSERT_TRUE(until([&] { return connection->is_up(); }));
        server.freeze();
        spawn(io_.get_executor(), connection->command(Command{"PING"}, in(5'000)),
              [&](std::exception_ptr, Result<Reply>) { resumed = true; });
        spawn(io_.get_executor(), sleep_for(timers_, std::chrono::hours{1}),
              [&](std::exception_ptr) { resumed = true; });
        io_.restart();
        io_.run_for(milliseconds{20});
        EXPECT_EQ(connection->stats().in_flight, 1U);
    }
    server.thaw();
    io_.restart();
    io_.run_for(milliseconds{50});
    EXPECT_FALSE(resumed);
}

}  // namespace
}  // namespace liandong::redis
