#pragma once

#include "common/async/asio_timers.h"
#include "common/base/cancellation.h"
#include "common/base/clock.h"
#include "common/base/random.h"
#include "simulator/live/grpc_client.h"
#include "tests/e2e/board.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace liandong::test {

/// What the platform said it has done.
struct AckedReport {
    std::string request_id, report_id, incident_id, report_number, incident_number;
};
struct AckedOrder {
    std::string order_id, unit_id;
};
struct AckedDispatch {
    std::string request_id, incident_id;
    std::vector<AckedOrder> orders;
};
struct AckedFact {
    std::string request_id, order_id;
};

struct LoadCounts {
    std::uint64_t unknown = 0;   ///< requests whose outcome was unknown at least once
    std::uint64_t resolved = 0;  ///< of them: resolved by sending the same id again
    std::uint64_t resends = 0;
    std::uint64_t unresolved = 0;                   ///< given up
    std::map<std::string, std::uint64_t> failures;  ///< reason → answers that were sent again
    std::map<std::string, std::uint64_t> refusals;  ///< "<RPC> <reason>" → final refusals
    std::uint64_t streams_ended = 0;
};

/// A busy evening over real gRPC, on a thread of its own: reporters, dispatchers who fight over too
/// few units, crews who work through their orders, and consoles that watch. Each worker has one
/// request under way (so kWorkers at most), which it sends again, under the same id, until its
/// outcome is known, for a minute at most.
class Load {
public:
    explicit Load(const std::string& target);
    ~Load();

    /// Imports the units and begins. Once.
    void start();
    /// Waits until so many requests more have been acknowledged, or so many more have failed.
    bool wait_for_acks(std::uint64_t more, std::chrono::seconds limit) const;
    bool wait_for_failures(std::uint64_t more, std::chrono::seconds limit) const;
    /// Lets every worker finish its request; then one last report. The revision that made.
    common::v1::Revision finish();
    /// What each console shows once it has seen that revision; fewer when some do not get there.
    std::vector<Board> boards_at(const common::v1::Revision& revision, std::chrono::seconds limit);

    // After `finish`.
    const std::vector<AckedReport>& reports() const { return reports_; }
    const std::vector<AckedDispatch>& dispatches() const { return dispatches_; }
    const std::vector<AckedFact>& facts() const { return facts_; }
    const LoadCounts& counts() const { return counts_; }
    std::uint64_t acks() const { return acks_; }

    static constexpr int kReporters = 10;
    static constexpr int kDispatchers = 4;
    static constexpr int kCrews = 16;
    static constexpr int kWorkers = kReporters + kDispatchers + kCrews;
    static constexpr int kConsoles = 3;
    static constexpr int kUnits = 24;

private:
    struct Work {
        std::string incident_id;
        AckedOrder order;
    };

    template <class Response, class Call>
    Task<Result<Response>> resolve(const char* rpc, Call call);
    Task<void> import();
    Task<void> begin();
    Task<void> report_on();
    Task<void> dispatch_on();
    Task<void> crew_on();
    Task<void> work_through(Work work);
    template <class Request> Task<bool> say(const char* rpc, const Work& work);
    Task<void> watch_on(Board& board);
    Task<bool> report_one(common::v1::Revision& revision);
    void start_worker(Task<void> task);
    Task<void> pause(Duration pause);
    std::string request_id();

    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<Executor> work_{io_.get_executor()};
    AsioTimers timers_{io_};
    SystemClock clock_;
    SystemRandom random_;
    simulator::GrpcClient client_;
    domain::Principal desk_;
    domain::Principal operator_;
    domain::Principal crew_;
    std::deque<std::string> waiting_;  ///< incidents that nobody was sent to, ≤ kWaiting_max
    std::deque<Work> orders_;
    std::vector<AckedReport> reports_;
    std::vector<AckedDispatch> dispatches_;
    std::vector<AckedFact> facts_;
    LoadCounts counts_;
    std::vector<Board> boards_{kConsoles};
    Cancellation stop_watching_;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> running_ = 0;
    std::atomic<int> watching_ = 0;
    std::atomic<std::uint64_t> acks_ = 0;
    std::atomic<std::uint64_t> failures_ = 0;
    std::thread thread_;
};

}  // namespace liandong::test
