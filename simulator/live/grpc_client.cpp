#include "simulator/live/grpc_client.h"

#include "common/rpc/auth.h"
#include "liandong/dispatch/v1/dispatch.grpc.pb.h"
#include "liandong/intake/v1/intake.grpc.pb.h"
#include "liandong/publicinfo/v1/publicinfo.grpc.pb.h"
#include "simulator/live/stream_reader.h"
#include "simulator/live/unary.h"

#include <fmt/format.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>

namespace liandong::simulator {
namespace {

std::chrono::system_clock::time_point wall_deadline(const Clock& clock, Duration limit) {
    return std::chrono::system_clock::time_point{
        std::chrono::duration_cast<std::chrono::system_clock::duration>(
            clock.now().time_since_epoch() + limit)};
}

std::unique_ptr<grpc::ClientContext> make_context(const domain::Principal& who) {
    auto context = std::make_unique<grpc::ClientContext>();
    context->AddMetadata("liandong-principal", rpc::format_principal(who));
    return context;
}

std::shared_ptr<grpc::Channel> open_channel(const std::string& target) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
    // The server may be killed and started again in the middle of a replay.
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
    return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

/// Feeds a sink from a stream until either ends. `watch` binds the reader to a call.
template <class Message, class Watch>
Task<Error> feed(Executor executor, std::unique_ptr<grpc::ClientContext> context,
                 Sink<Message>& sink, Watch watch) {
    auto reader = std::make_shared<StreamReader<Message>>(executor, std::move(context));
    watch(reader->context(), reader.get());
    reader->begin();
    const auto registration = sink.cancellation().on_cancel([&] { reader->cancel(); });
    for (auto message = co_await reader->next(); message; message = co_await reader->next()) {
        if (!co_await sink.send(std::move(*message))) reader->cancel();
    }
    if (reader->status().ok())
        co_return Error{Code::kUnavailable, "STREAM_ENDED", "the platform ended it", {}};
    co_return rpc::from_grpc_status(reader->status());
}

}  // namespace

struct GrpcClient::Stubs {
    explicit Stubs(const std::string& target)
        : channel(open_channel(target)),
          intake(intake::v1::IntakeService::NewStub(channel)),
          dispatch(dispatch::v1::DispatchService::NewStub(channel)),
          publicinfo(publicinfo::v1::PublicInfoService::NewStub(channel)) {}

    std::shared_ptr<grpc::Channel> channel;
    std::unique_ptr<intake::v1::IntakeService::Stub> intake;
    std::unique_ptr<dispatch::v1::DispatchService::Stub> dispatch;
    std::unique_ptr<publicinfo::v1::PublicInfoService::Stub> publicinfo;
};

GrpcClient::GrpcClient(Executor executor, const Clock& clock, GrpcOptions options)
    : executor_(executor), clock_(clock), options_(std::move(options)) {
    for (std::size_t i = 0; i < options_.unary_channels; ++i) {
        unary_.push_back(std::make_unique<Stubs>(options_.target));
    }
    for (std::size_t i = 0; i < options_.stream_channels; ++i) {
        streams_.push_back(std::make_unique<Stubs>(options_.target));
    }
}

GrpcClient::~GrpcClient() = default;

Status GrpcClient::connect(Duration limit) {
    const auto deadline = wall_deadline(clock_, limit);
    for (const auto* stubs : {&unary_, &streams_}) {
        for (const auto& one : *stubs) {
            if (one->channel->WaitForConnected(deadline)) continue;
            return fail(
                Code::kUnavailable, "PEER_UNREACHABLE",
                fmt::format("nobody answers at {} within {} s", options_.target,
                            std::chrono::duration_cast<std::chrono::seconds>(limit).count()));
        }
    }
    return {};
}

std::string GrpcClient::version() { return "gRPC " + grpc::Version(); }

GrpcClient::Stubs& GrpcClient::unary_stubs() { return *unary_[next_unary_++ % unary_.size()]; }
GrpcClient::Stubs& GrpcClient::stream_stubs() {
    return *streams_[next_stream_++ % streams_.size()];
}

// One line an RPC: the generated asynchronous method of a service's stub, begun by `unary`.
#define LIANDONG_UNARY(call_name, service, area, Method)                     \
    Client::Reply<area::v1::Method##Response> GrpcClient::call_name(         \
        const Who& who, area::v1::Method##Request request) {                 \
        auto context = make_context(who);                                    \
        context->set_deadline(wall_deadline(clock_, options_.call_timeout)); \
        auto* stub = unary_stubs().service->async();                         \
        return unary<area::v1::Method##Request, area::v1::Method##Response>( \
            executor_, std::move(context), std::move(request),               \
            [stub](auto* call, const auto* asked, auto* answer,              \
                   std::function<void(grpc::Status)> done) {                 \
                stub->Method(call, asked, answer, std::move(done));          \
            });                                                              \
    }

LIANDONG_UNARY(report_incident, intake, intake, ReportIncident)
LIANDONG_UNARY(get_incident, intake, intake, GetIncident)
LIANDONG_UNARY(close_incident, intake, intake, CloseIncident)
LIANDONG_UNARY(import_units, dispatch, dispatch, ImportUnits)
LIANDONG_UNARY(recommend_units, dispatch, dispatch, RecommendUnits)
LIANDONG_UNARY(dispatch_units, dispatch, dispatch, DispatchUnits)
LIANDONG_UNARY(get_order, dispatch, dispatch, GetOrder)
LIANDONG_UNARY(confirm_delivery, dispatch, dispatch, ConfirmDelivery)
LIANDONG_UNARY(sign_order, dispatch, dispatch, SignOrder)
LIANDONG_UNARY(depart_order, dispatch, dispatch, DepartOrder)
LIANDONG_UNARY(arrive_order, dispatch, dispatch, ArriveOrder)
LIANDONG_UNARY(clear_order, dispatch, dispatch, ClearOrder)
LIANDONG_UNARY(draft_bulletin, publicinfo, publicinfo, DraftBulletin)
LIANDONG_UNARY(approve_bulletin, publicinfo, publicinfo, ApproveBulletin)
LIANDONG_UNARY(publish_bulletin, publicinfo, publicinfo, PublishBulletin)

#undef LIANDONG_UNARY

Task<Error> GrpcClient::watch_unit_orders(const Who& who,
                                          dispatch::v1::WatchUnitOrdersRequest request,
                                          Sink<dispatch::v1::WatchUnitOrdersResponse>& sink) {
    auto* stub = stream_stubs().dispatch->async();
    co_return co_await feed<dispatch::v1::WatchUnitOrdersResponse>(
        executor_, make_context(who), sink, [&](grpc::ClientContext* context, auto* reader) {
            stub->WatchUnitOrders(context, &request, reader);
        });
}

Task<Error> GrpcClient::watch_board(const Who& who, dispatch::v1::WatchBoardRequest request,
                                    Sink<dispatch::v1::WatchBoardResponse>& sink) {
    auto* stub = stream_stubs().dispatch->async();
    co_return co_await feed<dispatch::v1::WatchBoardResponse>(
        executor_, make_context(who), sink, [&](grpc::ClientContext* context, auto* reader) {
            stub->WatchBoard(context, &request, reader);
        });
}

}  // namespace liandong::simulator
