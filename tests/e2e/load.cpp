#include "tests/e2e/load.h"

#include "common/async/spawn.h"
#include "common/base/check.h"
#include "common/base/id.h"
#include "tests/e2e/platform.h"
#include "tests/e2e/requests.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <memory>

namespace liandong::test {
namespace {

using namespace std::chrono_literals;

constexpr Duration kPause = 30ms;
constexpr Duration kCallTimeout = 2s;
constexpr Duration kResolve_max = 60s;
constexpr std::size_t kWaiting_max = 100;

domain::Principal somebody(const char* subject, const char* agency, domain::Role role) {
    domain::Principal who;
    who.subject = subject;
    who.agency = agency;
    who.roles = {role};
    return who;
}

/// Nothing was done, or nobody knows: the same id may be sent again.
bool may_resend(const Error& error) {
    return error.code == Code::kUnavailable || error.code == Code::kDeadlineExceeded ||
           error.code == Code::kCancelled || error.code == Code::kAborted ||
           error.code == Code::kResourceExhausted;
}

bool is_unknown(const Error& error) {
    return error.code == Code::kDeadlineExceeded || error.code == Code::kCancelled ||
           error.reason == "OUTCOME_UNKNOWN" || error.reason == "PEER_UNREACHABLE";
}

class BoardSink final : public Sink<dispatch_pb::WatchBoardResponse> {
public:
    BoardSink(Board& board, Cancellation stop) : board_(board), stop_(std::move(stop)) {}
    Task<bool> send(dispatch_pb::WatchBoardResponse message) override {
        board_.take(message);
        co_return !stop_.is_cancelled();
    }
    Cancellation cancellation() const override { return stop_; }

private:
    Board& board_;
    Cancellation stop_;
};

/// By number alone: this log never goes back, and the epoch in an answer to a change is that of a
/// mirror which may not have heard yet that it was raised.
bool reaches(const Board& board, const common_pb::Revision& revision) {
    return board.resume() && board.resume()->seq() >= revision.seq();
}

}  // namespace

Load::Load(const std::string& target)
    : client_(io_.get_executor(), clock_,
              {.target = target, .stream_channels = kConsoles, .call_timeout = kCallTimeout}),
      desk_(somebody("wang", "gongan", domain::Role::kDispatcher)),
      operator_(somebody("op", "gongan", domain::Role::kOperator)),
      // Crews of another agency: request ids are an agency's own.
      crew_(somebody("radio", "xiaofang", domain::Role::kGateway)) {}

Load::~Load() {
    stopping_ = true;
    boost::asio::post(io_, [this] { stop_watching_.cancel(); });
    if (!thread_.joinable()) return;
    LIANDONG_CHECK(eventually([this] { return running_ == 0 && watching_ == 0; }, 90s));
    work_.reset();
    thread_.join();
}

std::string Load::request_id() { return make_uuid_v7(clock_.now(), random_); }

Task<void> Load::pause(Duration pause) {
    // Half to all of it: workers that failed together do not come back together.
    const auto half = static_cast<std::uint64_t>(pause.count() / 2);
    co_await sleep_for(timers_,
                       Duration{static_cast<std::int64_t>(half + random_.below(half + 1))});
}

template <class Response, class Call>
Task<Result<Response>> Load::resolve(const char* rpc, Call call) {
    const MonotonicTime give_up_at = timers_.now() + kResolve_max;
    bool was_unknown = false;
    while (true) {
        Result<Response> result = co_await call();
        if (result) {
            if (was_unknown) ++counts_.resolved;
            ++acks_;
            co_return result;
        }
        const Error& error = result.error();
        if (!may_resend(error)) {
            if (was_unknown) ++counts_.resolved;
            ++counts_.refusals[fmt::format("{} {}", rpc, error.reason)];
            co_return result;
        }
        if (timers_.now() > give_up_at) {
            ++counts_.unresolved;
            co_return result;
        }
        if (is_unknown(error) && !std::exchange(was_unknown, true)) ++counts_.unknown;
        ++counts_.failures[error.reason];
        ++counts_.resends;
        ++failures_;
        co_await pause(100ms);
    }
}

void Load::start_worker(Task<void> task) {
    ++running_;
    spawn(io_.get_executor(), std::move(task), [this](const std::exception_ptr& thrown) {
        LIANDONG_CHECK(!thrown);
        --running_;
    });
}

Task<void> Load::import() {
    std::vector<std::string> ids;
    for (int i = 0; i < kUnits; ++i) ids.push_back(fmt::format("unit-{}", i));
    const auto request = import_units(ids);
    const auto imported = co_await resolve<dispatch_pb::ImportUnitsResponse>(
        "ImportUnits", [&] { return client_.import_units(operator_, request); });
    LIANDONG_CHECK(imported.has_value());
}

Task<void> Load::begin() {
    co_await import();
    for (int i = 0; i < kReporters; ++i) start_worker(report_on());
    for (int i = 0; i < kDispatchers; ++i) start_worker(dispatch_on());
    for (int i = 0; i < kCrews; ++i) start_worker(crew_on());
    for (Board& board : boards_) {
        ++watching_;
        spawn(io_.get_executor(), watch_on(board), [this](const std::exception_ptr& thrown) {
            LIANDONG_CHECK(!thrown);
            --watching_;
        });
    }
}

void Load::start() {
    start_worker(begin());
    thread_ = std::thread([this] { io_.run(); });
}

Task<bool> Load::report_one(common_pb::Revision& revision) {
    auto request = report("水漫进一楼了");
    request.mutable_header()->set_request_id(request_id());
    const auto answer = co_await resolve<intake_pb::ReportIncidentResponse>(
        "ReportIncident", [&] { return client_.report_incident(desk_, request); });
    if (!answer) co_return false;
    reports_.push_back({request.header().request_id(), answer->report_id(), answer->incident_id(),
                        answer->report_number(), answer->incident_number()});
    if (waiting_.size() < kWaiting_max) waiting_.push_back(answer->incident_id());
    revision = answer->header().revision();
    co_return true;
}

Task<void> Load::report_on() {
    common_pb::Revision ignored;
    while (!stopping_) {
        co_await report_one(ignored);
        co_await pause(kPause);
    }
}

Task<void> Load::dispatch_on() {
    while (!stopping_) {
        co_await pause(kPause);
        if (waiting_.empty()) continue;
        const std::string incident_id = std::move(waiting_.front());
        waiting_.pop_front();
        std::set<std::string> units;
        const auto count = 1 + random_.below(3);
        while (units.size() < count) units.insert(fmt::format("unit-{}", random_.below(kUnits)));
        auto request = dispatch(incident_id, {units.begin(), units.end()});
        request.mutable_header()->set_request_id(request_id());
        const auto answer = co_await resolve<dispatch_pb::DispatchUnitsResponse>(
            "DispatchUnits", [&] { return client_.dispatch_units(desk_, request); });
        if (!answer) continue;
        AckedDispatch acked{request.header().request_id(), incident_id, {}};
        for (const auto& order : answer->orders()) {
            acked.orders.push_back({order.id(), order.unit_id()});
            orders_.push_back({incident_id, acked.orders.back()});
        }
        dispatches_.push_back(std::move(acked));
    }
}

Task<void> Load::crew_on() {
    while (!stopping_) {
        co_await pause(kPause);
        if (orders_.empty()) continue;
        Work work = std::move(orders_.front());
        orders_.pop_front();
        co_await work_through(std::move(work));
    }
}

template <class Request> Task<bool> Load::say(const char* rpc, const Work& work) {
    auto request = fact<Request>(work.order.order_id);
    request.mutable_header()->set_request_id(request_id());
    const auto note = [&](const auto& answer) {
        if (answer) facts_.push_back({request.header().request_id(), work.order.order_id});
        return answer.has_value();
    };
    if constexpr (std::is_same_v<Request, dispatch_pb::ConfirmDeliveryRequest>) {
        co_return note(co_await resolve<dispatch_pb::ConfirmDeliveryResponse>(
            rpc, [&] { return client_.confirm_delivery(crew_, request); }));
    } else if constexpr (std::is_same_v<Request, dispatch_pb::SignOrderRequest>) {
        co_return note(co_await resolve<dispatch_pb::SignOrderResponse>(
            rpc, [&] { return client_.sign_order(crew_, request); }));
    } else if constexpr (std::is_same_v<Request, dispatch_pb::DepartOrderRequest>) {
        co_return note(co_await resolve<dispatch_pb::DepartOrderResponse>(
            rpc, [&] { return client_.depart_order(crew_, request); }));
    } else if constexpr (std::is_same_v<Request, dispatch_pb::ArriveOrderRequest>) {
        co_return note(co_await resolve<dispatch_pb::ArriveOrderResponse>(
            rpc, [&] { return client_.arrive_order(crew_, request); }));
    } else {
        co_return note(co_await resolve<dispatch_pb::ClearOrderResponse>(
            rpc, [&] { return client_.clear_order(crew_, request); }));
    }
}

Task<void> Load::work_through(Work work) {
    co_await say<dispatch_pb::ConfirmDeliveryRequest>("ConfirmDelivery", work);
    co_await say<dispatch_pb::SignOrderRequest>("SignOrder", work);
    if (random_.below(4) != 0) {  // some crews press only the last button
        co_await say<dispatch_pb::DepartOrderRequest>("DepartOrder", work);
        co_await say<dispatch_pb::ArriveOrderRequest>("ArriveOrder", work);
    }
    co_await say<dispatch_pb::ClearOrderRequest>("ClearOrder", work);
    // Whoever is last of several closes it; the others are refused.
    auto request = close_incident(work.incident_id);
    request.mutable_header()->set_request_id(request_id());
    co_await resolve<intake_pb::CloseIncidentResponse>(
        "CloseIncident", [&] { return client_.close_incident(desk_, request); });
}

Task<void> Load::watch_on(Board& board) {
    while (!stop_watching_.is_cancelled()) {
        auto request = read_of<dispatch_pb::WatchBoardRequest>();
        if (board.resume()) *request.mutable_resume() = *board.resume();
        BoardSink sink(board, stop_watching_);
        const Error end = co_await client_.watch_board(desk_, request, sink);
        board.stream_ended();
        if (stop_watching_.is_cancelled()) co_return;
        LIANDONG_CHECK(may_resend(end));
        ++counts_.streams_ended;
        co_await pause(100ms);
    }
}

bool Load::wait_for_acks(std::uint64_t more, std::chrono::seconds limit) const {
    const std::uint64_t from = acks_;
    return eventually([&] { return acks_ >= from + more; }, limit);
}

bool Load::wait_for_failures(std::uint64_t more, std::chrono::seconds limit) const {
    const std::uint64_t from = failures_;
    return eventually([&] { return failures_ >= from + more; }, limit);
}

common_pb::Revision Load::finish() {
    stopping_ = true;
    LIANDONG_CHECK(eventually([this] { return running_ == 0; }, 90s));
    common_pb::Revision revision;
    // Shared: the one who waits may be gone before `set_value` has returned.
    auto reported = std::make_shared<std::promise<bool>>();
    boost::asio::post(io_, [this, &revision, reported] {
        spawn(io_.get_executor(), report_one(revision),
              [reported](const std::exception_ptr& thrown, bool done) {
                  LIANDONG_CHECK(!thrown);
                  reported->set_value(done);
              });
    });
    LIANDONG_CHECK(reported->get_future().get());
    return revision;
}

std::vector<Board> Load::boards_at(const common_pb::Revision& revision,
                                   std::chrono::seconds limit) {
    std::vector<Board> there;
    eventually(
        [&] {
            auto copied = std::make_shared<std::promise<std::vector<Board>>>();
            boost::asio::post(io_, [this, copied, revision] {
                std::vector<Board> boards;
                std::ranges::copy_if(boards_, std::back_inserter(boards),
                                     [&](const Board& board) { return reaches(board, revision); });
                copied->set_value(std::move(boards));
            });
            there = copied->get_future().get();
            return there.size() == kConsoles;
        },
        limit);
    return there;
}

}  // namespace liandong::test
