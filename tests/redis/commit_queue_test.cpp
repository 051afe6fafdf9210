#include "common/redis/commit_queue.h"

#include "common/base/check.h"
#include "tests/support/virtual_timers.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace liandong::redis {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

namespace local = boost::asio::local;

/// The server's end of one connection, answering when the test says so.
class ScriptedRedis {
public:
    ScriptedRedis(boost::asio::io_context& io, const std::string& path)
        : acceptor_(io, local::stream_protocol::endpoint(path)), socket_(io) {
        acceptor_.async_accept(socket_, [this](const auto& error) {
            if (!error) read();
        });
    }
    /// Calls of the commit function that have arrived.
    std::size_t calls() const { return calls_; }
    /// Answers the oldest call that was not answered: `commits` were done, numbered from `seq`.
    void answer(std::size_t commits, std::uint64_t seq) {
        std::string reply = fmt::format("*{}\r\n", commits);
        for (std::size_t i = 0; i < commits; ++i)
            reply += fmt::format("$17\r\nC{:016}\r\n", seq + i);
        say(reply);
    }

private:
    void read() {
        socket_.async_read_some(boost::asio::buffer(input_),
                                [this](const auto& error, std::size_t size) {
                                    if (error) return;
                                    reader_.feed({input_.data(), size});
                                    for (auto next = reader_.next(); *next; next = reader_.next())
                                        take(**next);
                                    read();
                                });
    }
    void take(const Reply& command) {
        const std::string& name = command.elements.at(0).text;
        if (name == "FCALL") {
            ++calls_;
        } else {
            say(name == "ROLE" ? "*1\r\n$6\r\nmaster\r\n" : "+OK\r\n");
        }
    }
    void say(std::string_view bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }

    local::stream_protocol::acceptor acceptor_;
    local::stream_protocol::socket socket_;
    std::array<char, 64 * 1024> input_{};
    ReplyReader reader_{1024 * 1024};
    std::size_t calls_ = 0;
};

class CommitQueueTest : public ::testing::Test {
protected:
    CommitQueueTest() {
        until([&] { return connection_.is_up(); });
    }
    ~CommitQueueTest() override { std::filesystem::remove(path_); }

    /// Runs the loop until the condition holds; aborts after 10 s. The queue's time stands still.
    void until(const std::function<bool()>& condition) {
        const auto end = std::chrono::steady_clock::now() + 10s;
        while (!condition()) {
            LIANDONG_CHECK(std::chrono::steady_clock::now() < end);
            io_.restart();
            io_.run_one_for(20ms);
        }
    }
    static Connection::Options options(const std::string& path) {
        Connection::Options options;
        options.endpoint.path = path;
        return options;
    }
    void until_calls(std::size_t calls) {
        until([&] { return server_.calls() == calls; });
    }
    void until_heard(std::size_t outcomes) {
        until([&] { return heard_.size() == outcomes; });
    }
    /// Runs what is ready on this side.
    void settle() {
        io_.restart();
        io_.poll();
    }
    void advance(Duration duration) {
        const MonotonicTime end = timers_.now() + duration;
        while (timers_.next() && *timers_.next() <= end) {
            timers_.fire_next();
            settle();
        }
        timers_.move_to(end);
    }
    /// Commits that are told apart by the letter of what they heard.
    void push(char name, std::size_t count, Duration wait = 5s) {
        for (std::size_t i = 0; i < count; ++i) {
            store::Batch batch;
            batch.event_header = "done";
            queue_.push(std::move(batch), timers_.now() + wait,
                        [this, name](Result<store::CommitOutcome> outcome) {
                            heard_.push_back(name + text_of(outcome));
                        });
        }
        settle();
    }
    static std::string text_of(const Result<store::CommitOutcome>& outcome) {
        if (!outcome) return " " + outcome.error().reason;
        if (const auto* done = std::get_if<store::Committed>(&*outcome))
            return fmt::format(" {}", done->seq);
        return std::holds_alternative<store::Unknown>(*outcome) ? " unknown" : " another outcome";
    }

    std::string path_ =
        (std::filesystem::temp_directory_path() / fmt::format("commit-queue-{}", ::getpid()))
            .string();
    boost::asio::io_context io_;
    test::VirtualTimers timers_;
    SeededRandom random_{1};
    ScriptedRedis server_{io_, path_};
    Keys keys_{domain::Scope{"live", "420981"}};
    Connection connection_{io_.get_executor(), timers_, random_, options(path_)};
    CommitQueue queue_{keys_, connection_, io_.get_executor(), timers_, [] {}};
    std::vector<std::string> heard_;
};

// A second call joins the first on its way only when it carries 16 commits, and there is never a
// third.
TEST_F(CommitQueueTest, ASecondCallWaitsForSixteenCommits) {
    push('a', 1);
    until_calls(1);
    push('b', 15);
    EXPECT_EQ(queue_.stats().calls, 1U);
    EXPECT_EQ(queue_.stats().waiting, 15U);
    push('b', 1);
    EXPECT_EQ(queue_.stats().calls, 2U);
    EXPECT_EQ(queue_.stats().waiting, 0U);
    until_calls(2);
    push('c', 32);
    EXPECT_EQ(queue_.stats().calls, 2U);
    EXPECT_EQ(queue_.stats().waiting, 32U);
    server_.answer(1, 1);
    until_calls(3);
    EXPECT_EQ(queue_.stats().commits, 1U + 16U + 32U);
}

// What waits goes as soon as nothing is on its way, however few.
TEST_F(CommitQueueTest, FewCommitsGoWhenNothingIsOnItsWay) {
    push('a', 1);
    until_calls(1);
    push('b', 2);
    EXPECT_EQ(queue_.stats().calls, 1U);
    server_.answer(1, 1);
    until_calls(2);
    server_.answer(2, 2);
    until_heard(3);
    EXPECT_THAT(heard_, ElementsAre("a 1", "b 2", "b 3"));
}

// A second call that ends first, by its deadline, leaves the first one's answer to the first, and
// its own late answer to nobody.
TEST_F(CommitQueueTest, ACallThatEndsOutOfOrderIsMatched) {
    push('a', 1, 5s);
    until_calls(1);
    push('b', 16, 100ms);
    until_calls(2);
    push('c', 1, 5s);
    advance(100ms);
    until_heard(16);
    EXPECT_THAT(heard_, ::testing::Each("b unknown"));
    heard_.clear();
    EXPECT_EQ(queue_.stats().waiting, 1U);
    server_.answer(1, 1);
    until_heard(1);
    EXPECT_THAT(heard_, ElementsAre("a 1"));
    until_calls(3);
    server_.answer(16, 2);
    server_.answer(1, 18);
    until_heard(2);
    EXPECT_THAT(heard_, ElementsAre("a 1", "c 18"));
    EXPECT_EQ(queue_.stats().unknown, 16U);
}

}  // namespace
}  // namespace liandong::redis
