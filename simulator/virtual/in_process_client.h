#pragma once

#include "common/base/check.h"
#include "common/base/random.h"
#include "simulator/agents/task_group.h"
#include "simulator/client/client.h"
#include "simulator/virtual/network.h"
#include "simulator/virtual/travel.h"
#include "simulator/virtual/virtual_world.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace liandong::simulator {

/// `Client` that calls the production handlers of a virtual world, without gRPC. What the binding
/// does before a handler is done here too: scope, permission as the proto file declares it,
/// deadline. A call goes to a process that chance picks, as behind a load balancer, over a
/// `Network` of this client's own, which is sound until it is told otherwise; the messages of one
/// stream travel in order and one at a time. Every unary call ends: because every handler does, or
/// at its deadline, with DEADLINE_EXCEEDED / DEADLINE_EXPIRED, when request or answer was lost. All
/// calls on the world's `callers` thread.
class InProcessClient final : public Client {
public:
    /// Both must outlive the client.
    InProcessClient(VirtualWorld& world, Random& random)
        : world_(world), network_(random), copies_(world.callers().executor()) {}

    Network& network() { return network_; }
    /// Until every repeated request has been served.
    Task<void> join_copies() { return copies_.join(); }

    /// Any unary RPC: `method` is its full name, "liandong.intake.v1.IntakeService.ReportIncident".
    /// `reached`, if given, becomes the number of the process that it came to. Permission errors
    /// are those of `domain::authorize`; UNAVAILABLE / CONNECTION_LOST when the process dies first.
    template <class Response, class Request, class Handlers>
    Task<Result<Response>> call(domain::Principal who, std::string method, Request request,
                                Handlers& (VirtualProcess::*service)(),
                                Task<Result<Response>> (Handlers::*handler)(CallContext, Request),
                                std::uint64_t* reached = nullptr) {
        if (network_.repeats_request())
            copies_.start(repeat(who, method, request, service, handler));
        co_return co_await deliver(std::move(who), std::move(method), std::move(request), service,
                                   handler, reached);
    }

    /// Any server stream, until it ends; why. During a cut its messages wait.
    template <class Message, class Request, class Handlers>
    Task<Error> watch(domain::Principal who, std::string method, Request request,
                      Handlers& (VirtualProcess::*service)(),
                      Task<Status> (Handlers::*handler)(CallContext, Request, Sink<Message>&),
                      Sink<Message>& sink) {
        co_await travel();
        const std::size_t place = network_.pick(world_.processes().size());
        auto context = admit(std::move(who), method, request.header().scope());
        if (!context) co_return std::move(context.error());
        if (network_.loses_request(place)) co_return co_await run_out(context->deadline);
        VirtualProcess& process = *world_.processes()[place];
        TravellingSink<Message> server_end(sink, process, world_.callers(), network_, place);
        context->cancellation = server_end.cancellation();
        Status status = co_await process.serve(
            world_.callers(),
            ((process.*service)().*handler)(std::move(*context), std::move(request), server_end));
        LIANDONG_CHECK(!status);
        co_return std::move(status.error());
    }

    /// Any client stream, until `source` ends. It breaks when a message meets a cut: UNAVAILABLE /
    /// CONNECTION_LOST, and the handler sees the end. `reached` as of `call`.
    template <class Response, class Message, class Handlers>
    Task<Result<Response>> stream(domain::Principal who, std::string method,
                                  Handlers& (VirtualProcess::*service)(),
                                  Task<Result<Response>> (Handlers::*handler)(CallContext,
                                                                              Source<Message>&),
                                  Source<Message>& source, std::uint64_t* reached = nullptr) {
        co_await travel();
        const std::size_t place = network_.pick(world_.processes().size());
        auto context = admit(std::move(who), method, world_.scope());
        if (!context) co_return fail(std::move(context.error()));
        VirtualProcess& process = *world_.processes()[place];
        if (reached) *reached = process.number();
        TravellingSource<Message> server_end(source, process, world_.callers(), network_, place);
        auto result = co_await process.serve(
            world_.callers(), ((process.*service)().*handler)(std::move(*context), server_end));
        co_await travel();
        if (server_end.is_broken() || network_.loses_answer(place))
            co_return fail(Code::kUnavailable, "CONNECTION_LOST", "the way was cut");
        co_return result;
    }

    Reply<intake::v1::ReportIncidentResponse> report_incident(
        const Who& who, intake::v1::ReportIncidentRequest request) override;
    Reply<intake::v1::GetIncidentResponse> get_incident(
        const Who& who, intake::v1::GetIncidentRequest request) override;
    Reply<intake::v1::CloseIncidentResponse> close_incident(
        const Who& who, intake::v1::CloseIncidentRequest request) override;
    Reply<dispatch::v1::ImportUnitsResponse> import_units(
        const Who& who, dispatch::v1::ImportUnitsRequest request) override;
    Reply<dispatch::v1::RecommendUnitsResponse> recommend_units(
        const Who& who, dispatch::v1::RecommendUnitsRequest request) override;
    Reply<dispatch::v1::DispatchUnitsResponse> dispatch_units(
        const Who& who, dispatch::v1::DispatchUnitsRequest request) override;
    Reply<dispatch::v1::GetOrderResponse> get_order(const Who& who,
                                                    dispatch::v1::GetOrderRequest request) override;
    Reply<dispatch::v1::ConfirmDeliveryResponse> confirm_delivery(
        const Who& who, dispatch::v1::ConfirmDeliveryRequest request) override;
    Reply<dispatch::v1::SignOrderResponse> sign_order(
        const Who& who, dispatch::v1::SignOrderRequest request) override;
    Reply<dispatch::v1::DepartOrderResponse> depart_order(
        const Who& who, dispatch::v1::DepartOrderRequest request) override;
    Reply<dispatch::v1::ArriveOrderResponse> arrive_order(
        const Who& who, dispatch::v1::ArriveOrderRequest request) override;
    Reply<dispatch::v1::ClearOrderResponse> clear_order(
        const Who& who, dispatch::v1::ClearOrderRequest request) override;
    Reply<publicinfo::v1::DraftBulletinResponse> draft_bulletin(
        const Who& who, publicinfo::v1::DraftBulletinRequest request) override;
    Reply<publicinfo::v1::ApproveBulletinResponse> approve_bulletin(
        const Who& who, publicinfo::v1::ApproveBulletinRequest request) override;
    Reply<publicinfo::v1::PublishBulletinResponse> publish_bulletin(
        const Who& who, publicinfo::v1::PublishBulletinRequest request) override;
    Task<Error> watch_unit_orders(const Who& who, dispatch::v1::WatchUnitOrdersRequest request,
                                  Sink<dispatch::v1::WatchUnitOrdersResponse>& sink) override;
    Task<Error> watch_board(const Who& who, dispatch::v1::WatchBoardRequest request,
                            Sink<dispatch::v1::WatchBoardResponse>& sink) override;

private:
    template <class Response, class Request, class Handlers>
    Task<Result<Response>> deliver(domain::Principal who, std::string method, Request request,
                                   Handlers& (VirtualProcess::*service)(),
                                   Task<Result<Response>> (Handlers::*handler)(CallContext,
                                                                               Request),
                                   std::uint64_t* reached) {
        auto context = admit(std::move(who), method, request.header().scope());
        const MonotonicTime deadline = context ? context->deadline : MonotonicTime{};
        co_await travel();
        if (!context) co_return fail(std::move(context.error()));
        const std::size_t place = network_.pick(world_.processes().size());
        if (network_.loses_request(place)) co_return fail(co_await run_out(deadline));
        VirtualProcess& process = *world_.processes()[place];
        if (reached) *reached = process.number();
        auto result = co_await process.serve(
            world_.callers(),
            ((process.*service)().*handler)(std::move(*context), std::move(request)));
        co_await travel();
        if (network_.loses_answer(place)) co_return fail(co_await run_out(deadline));
        co_return result;
    }
    template <class Response, class Request, class Handlers>
    Task<void> repeat(domain::Principal who, std::string method, Request request,
                      Handlers& (VirtualProcess::*service)(),
                      Task<Result<Response>> (Handlers::*handler)(CallContext, Request)) {
        co_await sleep_for(world_.callers().timers(), network_.repeated_after());
        const auto ignored = co_await deliver(std::move(who), std::move(method), std::move(request),
                                              service, handler, nullptr);
    }
    /// FAILED_PRECONDITION / WRONG_SCOPE, or the errors of `domain::authorize`.
    Result<CallContext> admit(domain::Principal who, const std::string& method,
                              const common::v1::Scope& scope) const;
    Result<CallContext> admit(domain::Principal who, const std::string& method,
                              const domain::Scope& asked) const;
    Task<void> travel() { return sleep_for(world_.callers().timers(), network_.travel_time()); }
    /// Waits for the deadline, and says so.
    Task<Error> run_out(MonotonicTime deadline);

    VirtualWorld& world_;
    Network network_;
    TaskGroup copies_;
};

}  // namespace liandong::simulator
