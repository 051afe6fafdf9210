#include "common/base/id.h"
#include "simulator/virtual/in_process_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class NetworkTest : public testing::Test {
protected:
    NetworkTest() {
        network().on_fault([this](NetworkFault fault) { struck_.push_back(fault); });
        who_.subject = "caller";
        who_.agency = "gongan";
        who_.roles = {domain::Role::kDispatcher};
    }

    Network& network() { return client_.network(); }
    /// Reports in the log: clocks may have rung between them.
    std::uint64_t events() {
        return static_cast<std::uint64_t>(
            std::ranges::count_if(world_.state().log(), [](const store::LogEntry& entry) {
                return std::ranges::any_of(entry.writes, [](const store::Write& write) {
                    return write.key.kind == domain::Kind::kReport;
                });
            }));
    }
    intake::v1::ReportIncidentRequest report() {
        intake::v1::ReportIncidentRequest request;
        request.mutable_header()->mutable_scope()->set_world(world_.scope().world);
        request.mutable_header()->mutable_scope()->set_district(world_.scope().district);
        request.mutable_header()->set_request_id(make_uuid_v7(world_.clock().now(), random_));
        request.set_channel(intake::v1::CHANNEL_PHONE_110);
        request.set_words("help");
        return request;
    }
    /// The reason, or "OK".
    std::string send(const intake::v1::ReportIncidentRequest& request) {
        const auto answer = world_.run(client_.report_incident(who_, request));
        return answer ? "OK" : answer.error().reason;
    }
    Duration passed() { return world_.callers().timers().now().time_since_epoch(); }

    VirtualWorld world_{{.seed = 1, .start = Timestamp{Duration{1'784'368'800'000'000}}}};
    SeededRandom random_{1};
    InProcessClient client_{world_, random_};
    domain::Principal who_;
    std::vector<NetworkFault> struck_;
};

/// Counts the messages of a board until it is told to stop.
class Board final : public Sink<dispatch::v1::WatchBoardResponse> {
public:
    Task<bool> send(dispatch::v1::WatchBoardResponse message) override {
        incidents_ += message.incidents_size();
        co_return true;
    }
    Cancellation cancellation() const override { return gone_; }
    int incidents() const { return incidents_; }
    void leave() { gone_.cancel(); }

private:
    Cancellation gone_;
    int incidents_ = 0;
};

// Until it is told otherwise a way loses and repeats nothing.
TEST_F(NetworkTest, IsSoundByItself) {
    for (int i = 0; i < 200; ++i) ASSERT_EQ(send(report()), "OK");
    EXPECT_EQ(events(), 200U);
    EXPECT_THAT(struck_, IsEmpty());
}

// A lost request leaves the caller waiting until its deadline, and nothing done.
TEST_F(NetworkTest, LosesRequests) {
    network().seed({.lost_request = 1});
    EXPECT_EQ(send(report()), "DEADLINE_EXPIRED");
    EXPECT_GE(passed(), 1s);
    EXPECT_EQ(events(), 0U);
    EXPECT_THAT(struck_, ElementsAre(NetworkFault::kLostRequest));
}

// A lost answer looks the same to the caller, and it was done: sent again it is answered, not done
// again.
TEST_F(NetworkTest, LosesAnswers) {
    network().seed({.lost_answer = 1});
    const auto request = report();
    EXPECT_EQ(send(request), "DEADLINE_EXPIRED");
    EXPECT_EQ(events(), 1U);
    network().heal();
    EXPECT_EQ(send(request), "OK");
    EXPECT_EQ(events(), 1U);
}

// A repeated request is served twice, and done once.
TEST_F(NetworkTest, RepeatsRequests) {
    network().seed({.repeated_request = 1, .repeated_after_max = 3s});
    EXPECT_EQ(send(report()), "OK");
    EXPECT_EQ(network().repeated(), 1U);
    const auto joined = [](InProcessClient* client) -> Task<bool> {
        co_await client->join_copies();
        co_return true;
    };
    world_.run(joined(&client_));
    EXPECT_EQ(events(), 1U);
}

// Who is cut off from a process reaches the others, and everybody once the way is mended.
TEST_F(NetworkTest, IsCutAndMended) {
    network().cut(0);
    int lost = 0;
    for (int i = 0; i < 40; ++i) lost += send(report()) == "OK" ? 0 : 1;
    EXPECT_GT(lost, 5);
    EXPECT_LT(lost, 35);
    EXPECT_EQ(events(), 40U - static_cast<std::uint64_t>(lost));
    network().mend(0);
    for (int i = 0; i < 40; ++i) EXPECT_EQ(send(report()), "OK");
}

// The messages of a stream wait for the end of a cut, and none is lost.
TEST_F(NetworkTest, AStreamWaitsForTheEndOfACut) {
    Board board;
    dispatch::v1::WatchBoardRequest request;
    *request.mutable_header()->mutable_scope() = report().header().scope();
    std::optional<Error> ended;
    spawn(world_.callers().executor(), client_.watch_board(who_, request, board),
          [&](std::exception_ptr, Error error) { ended = std::move(error); });
    ASSERT_EQ(send(report()), "OK");
    const auto rest = [](VirtualWorld* world, Duration time) -> Task<bool> {
        co_await sleep_for(world->callers().timers(), time);
        co_return true;
    };
    world_.run(rest(&world_, 100ms));
    EXPECT_EQ(board.incidents(), 1);
    InProcessClient other(world_, random_);
    for (std::size_t i = 0; i < 2; ++i) network().cut(i);
    ASSERT_TRUE(world_.run(other.report_incident(who_, report())));
    world_.run(rest(&world_, 10s));
    EXPECT_EQ(board.incidents(), 1);
    network().heal();
    world_.run(rest(&world_, 100ms));
    EXPECT_EQ(board.incidents(), 2);
    board.leave();
    world_.run(rest(&world_, 100ms));
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->reason, "WATCH_ENDED");
}

}  // namespace
}  // namespace liandong::simulator
