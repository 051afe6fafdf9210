#include "tests/unit/rpc/fixture.h"

#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>
#include <grpcpp/create_channel.h>

namespace liandong::rpc {
namespace {

namespace iv = intake::v1;
namespace dv = dispatch::v1;

template <class Request, class Response> Task<Result<Response>> answer_empty(CallContext, Request) {
    co_return Response();
}

template <class Request, class Response>
Task<Status> end_at_once(CallContext, Request, Sink<Response>&) {
    co_return Status();
}

Task<Result<dv::ReportPositionsResponse>> count(CallContext,
                                                Source<dv::ReportPositionsRequest>& source) {
    dv::ReportPositionsResponse response;
    dv::ReportPositionsRequest request;
    while (co_await source.next(request)) response.set_accepted(response.accepted() + 1);
    co_return response;
}

Task<bool> drain_server(Server& server, Duration limit) {
    co_return co_await server.drain({.limit = limit});
}

}  // namespace

void LogSpy::write(LogLevel, std::string_view event, std::initializer_list<LogField> fields) {
    std::string line(event);
    for (const LogField& field : fields) {
        line += fmt::format(" {}=", field.name);
        std::visit([&line](auto value) { line += fmt::format("{}", value); }, field.value);
    }
    const std::scoped_lock lock(mutex_);
    lines_.push_back(std::move(line));
}

std::vector<std::string> LogSpy::lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
}

Task<void> until_cancelled(Cancellation cancellation) {
    Signal signal(co_await boost::asio::this_coro::executor);
    const auto registration = cancellation.on_cancel([&signal] { signal.notify(); });
    co_await signal.wait();
}

RpcTest::RpcTest() {
    handlers_.report = answer_empty<iv::ReportIncidentRequest, iv::ReportIncidentResponse>;
    handlers_.get = answer_empty<iv::GetIncidentRequest, iv::GetIncidentResponse>;
    handlers_.list = answer_empty<iv::ListIncidentsRequest, iv::ListIncidentsResponse>;
    handlers_.watch = end_at_once<iv::WatchIncidentsRequest, iv::WatchIncidentsResponse>;
    handlers_.close = answer_empty<iv::CloseIncidentRequest, iv::CloseIncidentResponse>;
    handlers_.positions = count;
}

void RpcTest::start() { start(metadata_authenticator_); }

void RpcTest::start(Authenticator& authenticator) {
    server_ = std::make_unique<Server>(
        ServerPorts{io_.get_executor(), timers_, clock_, log_, metrics_, authenticator}, options_);
    bind_intake();
    bind_desk();
    bind_dispatch();
    const Status started = server_->start();
    ASSERT_TRUE(started.has_value()) << started.error().message;
    server_->set_serving(true);
    thread_ = std::thread([this] { io_.run(); });
    channel_ = grpc::CreateChannel(fmt::format("127.0.0.1:{}", server_->port()),
                                   grpc::InsecureChannelCredentials());
    intake_ = iv::IntakeService::NewStub(channel_);
    dispatch_ = dv::DispatchService::NewStub(channel_);
}

void RpcTest::bind_intake() {
    const std::string service = "liandong.intake.v1.IntakeService";
    server_->unary<iv::ReportIncidentRequest, iv::ReportIncidentResponse>(
        service, "ReportIncident", handlers_.report, {.unknown_fields = UnknownFields::kAccept});
    if (bind_get_) {
        bind_get_(*server_);
    } else {
        server_->unary<iv::GetIncidentRequest, iv::GetIncidentResponse>(service, "GetIncident",
                                                                        handlers_.get);
    }
    server_->unary<iv::ListIncidentsRequest, iv::ListIncidentsResponse>(service, "ListIncidents",
                                                                        handlers_.list);
    server_->server_stream<iv::WatchIncidentsRequest, iv::WatchIncidentsResponse>(
        service, "WatchIncidents", handlers_.watch);
    server_->unary<iv::CloseIncidentRequest, iv::CloseIncidentResponse>(service, "CloseIncident",
                                                                        handlers_.close);
    const auto unary = [&]<class Request, class Response>(const char* name, Request*, Response*) {
        server_->unary<Request, Response>(service, name, answer_empty<Request, Response>);
    };
#define LIANDONG_BIND(NAME)                                \
    unary(#NAME, static_cast<iv::NAME##Request*>(nullptr), \
          static_cast<iv::NAME##Response*>(nullptr))
    LIANDONG_BIND(TriageIncident);
    LIANDONG_BIND(AddNote);
    LIANDONG_BIND(ReviewIncident);
    LIANDONG_BIND(ReopenIncident);
    LIANDONG_BIND(ClaimIncident);
    LIANDONG_BIND(ReleaseIncident);
    LIANDONG_BIND(LinkIncident);
    LIANDONG_BIND(UnlinkIncident);
    LIANDONG_BIND(MarkIncidentRead);
    LIANDONG_BIND(DeclareMaster);
    LIANDONG_BIND(GetTimeline);
    LIANDONG_BIND(CountIncidents);
    LIANDONG_BIND(ListIncidentTypes);
    LIANDONG_BIND(SuggestTypes);
    LIANDONG_BIND(SuggestDuplicates);
    LIANDONG_BIND(FindAreas);
    LIANDONG_BIND(LinkIncidents);
    LIANDONG_BIND(UnlinkIncidents);
    LIANDONG_BIND(VerifyAlarm);
    LIANDONG_BIND(RecordCallback);
#undef LIANDONG_BIND
}

void RpcTest::bind_desk() {
    const std::string service = "liandong.intake.v1.DeskService";
    const auto unary = [&]<class Request, class Response>(const char* name, Request*, Response*) {
        server_->unary<Request, Response>(service, name, answer_empty<Request, Response>);
    };
#define LIANDONG_BIND(NAME)                                \
    unary(#NAME, static_cast<iv::NAME##Request*>(nullptr), \
          static_cast<iv::NAME##Response*>(nullptr))
    LIANDONG_BIND(ListAlarms);
    LIANDONG_BIND(TakeAlarm);
    LIANDONG_BIND(SuspendClocks);
    LIANDONG_BIND(ResumeClocks);
    LIANDONG_BIND(PutRoster);
    LIANDONG_BIND(GetRoster);
    LIANDONG_BIND(OfferTransfer);
    LIANDONG_BIND(DeliverTransfer);
    LIANDONG_BIND(AnswerTransfer);
    LIANDONG_BIND(CompleteTransfer);
    LIANDONG_BIND(WithdrawTransfer);
    LIANDONG_BIND(ListTransfers);
    LIANDONG_BIND(SetResponseLevel);
    LIANDONG_BIND(GiveHandover);
    LIANDONG_BIND(TakeHandover);
    LIANDONG_BIND(WithdrawHandover);
    LIANDONG_BIND(ListHandovers);
    LIANDONG_BIND(OpenDutyReporting);
    LIANDONG_BIND(SendDutyReport);
    LIANDONG_BIND(ConfirmDutyReport);
    LIANDONG_BIND(ListDutyReports);
#undef LIANDONG_BIND
}

void RpcTest::bind_dispatch() {
    const std::string service = "liandong.dispatch.v1.DispatchService";
    const auto unary = [&]<class Request, class Response>(const char* name, Request*, Response*) {
        server_->unary<Request, Response>(service, name, answer_empty<Request, Response>);
    };
    const auto stream = [&]<class Request, class Response>(const char* name, Request*, Response*) {
        server_->server_stream<Request, Response>(service, name, end_at_once<Request, Response>);
    };
#define LIANDONG_BIND(KIND, NAME) \
    KIND(#NAME, static_cast<dv::NAME##Request*>(nullptr), static_cast<dv::NAME##Response*>(nullptr))
    LIANDONG_BIND(unary, ImportUnits);
    LIANDONG_BIND(unary, GetUnit);
    LIANDONG_BIND(unary, ListUnits);
    LIANDONG_BIND(unary, SetUnitStatus);
    LIANDONG_BIND(unary, RecommendUnits);
    LIANDONG_BIND(unary, DispatchUnits);
    LIANDONG_BIND(unary, GetOrder);
    LIANDONG_BIND(unary, ListOrders);
    LIANDONG_BIND(unary, ConfirmDelivery);
    LIANDONG_BIND(unary, SignOrder);
    LIANDONG_BIND(unary, DepartOrder);
    LIANDONG_BIND(unary, ArriveOrder);
    LIANDONG_BIND(unary, ClearOrder);
    LIANDONG_BIND(unary, DeclineOrder);
    LIANDONG_BIND(unary, CancelOrder);
    LIANDONG_BIND(unary, CloseRoad);
    LIANDONG_BIND(unary, ReopenRoad);
    LIANDONG_BIND(unary, ListClosures);
    LIANDONG_BIND(stream, WatchUnitOrders);
    LIANDONG_BIND(stream, WatchBoard);
#undef LIANDONG_BIND
    server_->client_stream<dv::ReportPositionsRequest, dv::ReportPositionsResponse>(
        service, "ReportPositions", handlers_.positions);
}

bool RpcTest::drain(Duration limit) {
    std::promise<bool> ended;
    spawn(io_.get_executor(), drain_server(*server_, limit),
          [&ended](const std::exception_ptr&, bool clean) { ended.set_value(clean); });
    drained_ = true;
    return ended.get_future().get();
}

void RpcTest::on_io(std::function<void()> work) {
    std::promise<void> done;
    boost::asio::post(io_.get_executor(), [&] {
        work();
        done.set_value();
    });
    done.get_future().wait();
}

void RpcTest::TearDown() {
    if (!thread_.joinable()) return;
    if (!drained_) EXPECT_TRUE(drain(std::chrono::seconds(10)));
    work_.reset();
    thread_.join();
    server_.reset();
}

std::unique_ptr<grpc::ClientContext> RpcTest::caller(const std::string& principal) const {
    auto context = std::make_unique<grpc::ClientContext>();
    if (!principal.empty()) context->AddMetadata("liandong-principal", principal);
    return context;
}

Error RpcTest::get_incident(const std::string& principal) {
    iv::GetIncidentRequest request;
    set_scope(*request.mutable_header());
    iv::GetIncidentResponse response;
    const grpc::Status status = intake().GetIncident(caller(principal).get(), request, &response);
    return status.ok() ? Error{Code::kInternal, "OK", "", {}} : from_grpc_status(status);
}

std::string RpcTest::metric(const std::string& name, const MetricLabels& labels) const {
    for (const auto& family : metrics_.snapshot(std::chrono::milliseconds(0))) {
        for (const auto& sample : family.samples) {
            const double* value = std::get_if<double>(&sample.value);
            if (family.name == name && sample.labels == labels && value != nullptr) {
                return fmt::format("{}", *value);
            }
        }
    }
    return "absent";
}

}  // namespace liandong::rpc
