#pragma once

#include "common/async/asio_timers.h"
#include "common/rpc/server.h"
#include "common/rpc/status.h"
#include "common/telemetry/metrics_registry.h"
#include "liandong/dispatch/v1/dispatch.grpc.pb.h"
#include "liandong/intake/v1/desk.pb.h"
#include "liandong/intake/v1/intake.grpc.pb.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace liandong::rpc {

/// Remembers lines as "event name=value …".
class LogSpy final : public Log {
public:
    bool enabled(LogLevel) const override { return true; }
    void write(LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields) override;
    std::vector<std::string> lines() const;

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
};

/// The handlers of a test; each may be replaced before `start`.
struct Handlers {
    template <class Request, class Response>
    using Unary = std::function<Task<Result<Response>>(CallContext, Request)>;
    template <class Request, class Response>
    using ServerStream = std::function<Task<Status>(CallContext, Request, Sink<Response>&)>;
    template <class Request, class Response>
    using ClientStream = std::function<Task<Result<Response>>(CallContext, Source<Request>&)>;

    Unary<intake::v1::ReportIncidentRequest, intake::v1::ReportIncidentResponse> report;
    Unary<intake::v1::GetIncidentRequest, intake::v1::GetIncidentResponse> get;
    Unary<intake::v1::ListIncidentsRequest, intake::v1::ListIncidentsResponse> list;
    ServerStream<intake::v1::WatchIncidentsRequest, intake::v1::WatchIncidentsResponse> watch;
    Unary<intake::v1::CloseIncidentRequest, intake::v1::CloseIncidentResponse> close;
    ClientStream<dispatch::v1::ReportPositionsRequest, dispatch::v1::ReportPositionsResponse>
        positions;
};

/// Two real services over loopback gRPC, their handlers on an io_context with a thread of its own.
/// By default every handler answers OK with an empty message, and the caller may do everything.
class RpcTest : public testing::Test {
protected:
    RpcTest();
    void TearDown() override;

    /// After `options_` and `handlers_` are set.
    void start();
    void start(Authenticator& authenticator);
    /// Drains on the io_context's thread and waits for the end.
    bool drain(Duration limit);
    /// Runs on the io_context's thread; waits.
    void on_io(std::function<void()> work);

    std::unique_ptr<grpc::ClientContext> caller(const std::string& principal = kEverybody) const;
    intake::v1::IntakeService::Stub& intake() { return *intake_; }
    dispatch::v1::DispatchService::Stub& dispatch() { return *dispatch_; }
    /// GetIncident of scope live.420981.
    Error get_incident(const std::string& principal);
    std::string metric(const std::string& name, const MetricLabels& labels) const;

    static constexpr const char* kEverybody =
        "subject=wang;agency=gongan;roles=call_taker,dispatcher,shift_supervisor,unit_terminal,"
        "operator";

    boost::asio::io_context io_;
    boost::asio::executor_work_guard<Executor> work_{io_.get_executor()};
    AsioTimers timers_{io_};
    SystemClock clock_;
    LogSpy log_;
    telemetry::MetricsRegistry metrics_{io_.get_executor()};
    MetadataAuthenticator metadata_authenticator_;
    ServerOptions options_{.listen = "127.0.0.1:0"};
    Handlers handlers_;
    /// When set, binds GetIncident in the place of `handlers_.get`.
    std::function<void(Server&)> bind_get_;
    std::unique_ptr<Server> server_;
    std::shared_ptr<grpc::Channel> channel_;

private:
    void bind_intake();
    void bind_desk();
    void bind_dispatch();

    std::thread thread_;
    bool drained_ = false;
    std::unique_ptr<intake::v1::IntakeService::Stub> intake_;
    std::unique_ptr<dispatch::v1::DispatchService::Stub> dispatch_;
};

template <class Header>
void set_scope(Header& header, const std::string& world = "live",
               const std::string& district = "420981") {
    header.mutable_scope()->set_world(world);
    header.mutable_scope()->set_district(district);
}

/// Suspends until the call is cancelled.
Task<void> until_cancelled(Cancellation cancellation);

}  // namespace liandong::rpc
