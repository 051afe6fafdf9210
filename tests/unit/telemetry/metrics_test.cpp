#include "common/telemetry/metrics_registry.h"
#include "common/telemetry/metrics_server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

namespace liandong::telemetry {
namespace {

using boost::asio::ip::tcp;

std::string scrape(int port) {
    boost::asio::io_context io;
    tcp::socket socket(io);
    socket.connect({boost::asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)});
    boost::asio::write(
        socket,
        boost::asio::buffer(std::string("GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n")));
    std::string answer;
    boost::system::error_code end;
    boost::asio::read(socket, boost::asio::dynamic_buffer(answer), end);
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

class MetricsTest : public testing::Test {
protected:
    void SetUp() override {
        auto started = MetricsServer::start("127.0.0.1:0", registry_);
        ASSERT_TRUE(started.has_value()) << started.error().message;
        server_ = std::move(*started);
    }
    void TearDown() override {
        server_.reset();
        work_.reset();
        if (thread_.joinable()) thread_.join();
    }
    void run_io() {
        thread_ = std::thread([this] { io_.run(); });
    }

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<Executor> work_{io_.get_executor()};
    std::thread thread_;
    MetricsRegistry registry_{io_.get_executor()};
    std::unique_ptr<MetricsServer> server_;
};

TEST_F(MetricsTest, ServesWhatWasRecorded) {
    run_io();
    registry_.counter("calls_total", "Calls.", {{"code", "OK"}}).add(3);
    registry_.gauge("streams", "Open streams.").set(-2);
    auto& histogram = registry_.histogram("wait_seconds", "Waits.", {0.1, 1.0});
    histogram.observe(0.1);  // bounds are inclusive
    histogram.observe(0.5);
    histogram.observe(9.0);
    const std::string text = scrape(server_->port());
    EXPECT_NE(text.find("calls_total{code=\"OK\"} 3\n"), std::string::npos) << text;
    EXPECT_NE(text.find("streams -2\n"), std::string::npos);
    EXPECT_NE(text.find("wait_seconds_bucket{le=\"0.1\"} 1\n"), std::string::npos);
    EXPECT_NE(text.find("wait_seconds_bucket{le=\"1\"} 2\n"), std::string::npos);
    EXPECT_NE(text.find("wait_seconds_bucket{le=\"+Inf\"} 3\n"), std::string::npos);
    EXPECT_NE(text.find("wait_seconds_sum 9.6"), std::string::npos);
    EXPECT_NE(text.find("process_resident_memory_bytes "), std::string::npos);
    EXPECT_NE(text.find("process_open_fds "), std::string::npos);
}

// Callbacks look at state of the io_context, so they must run on its thread.
TEST_F(MetricsTest, AsksCallbacksOnTheIoContext) {
    run_io();
    std::thread::id asked_on;
    registry_.gauge_read("mirror_revision", "Last event applied.", {{"scope", "live.420981"}},
                         [&asked_on] {
                             asked_on = std::this_thread::get_id();
                             return 17.0;
                         });
    const std::string text = scrape(server_->port());
    EXPECT_NE(text.find("mirror_revision{scope=\"live.420981\"} 17\n"), std::string::npos) << text;
    EXPECT_EQ(asked_on, thread_.get_id());
}

// A process whose loop is stuck still shows its counters.
TEST_F(MetricsTest, LeavesCallbacksOutWhenTheLoopDoesNotAnswer) {
    registry_.counter("calls_total", "Calls.").add(1);
    registry_.gauge_read("mirror_revision", "Last event applied.", {}, [] { return 17.0; });
    const std::string text = scrape(server_->port());
    EXPECT_NE(text.find("calls_total 1\n"), std::string::npos);
    EXPECT_EQ(text.find("mirror_revision"), std::string::npos);
}

TEST_F(MetricsTest, GivesTheSameObjectForTheSameNameAndLabels) {
    EXPECT_EQ(&registry_.counter("a_total", "A.", {{"x", "1"}}),
              &registry_.counter("a_total", "A.", {{"x", "1"}}));
    EXPECT_NE(&registry_.counter("a_total", "A.", {{"x", "1"}}),
              &registry_.counter("a_total", "A.", {{"x", "2"}}));
}

TEST_F(MetricsTest, RefusesATakenPort) {
    const auto second =
        MetricsServer::start("127.0.0.1:" + std::to_string(server_->port()), registry_);
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().reason, "METRICS_LISTEN_FAILED");
}

// Prometheus's own linter has nothing to say.
TEST_F(MetricsTest, IsCleanToPromtool) {
    run_io();
    registry_.counter("liandong_rpc_requests_total", "Calls.", {{"method", "a/b"}, {"code", "OK"}});
    registry_.histogram("liandong_rpc_duration_seconds", "Time.", {0.001, 1.0},
                        {{"method", "a/b"}});
    registry_.gauge_read("liandong_mirror_revision", "Last event.", {}, [] { return 1.0; });
    const std::string text = scrape(server_->port());
    FILE* linter = popen(PROMTOOL " check metrics 2>&1", "w");
    ASSERT_NE(linter, nullptr);
    std::fwrite(text.data(), 1, text.size(), linter);
    EXPECT_EQ(WEXITSTATUS(pclose(linter)), 0) << text;
}

}  // namespace
}  // namespace liandong::telemetry
