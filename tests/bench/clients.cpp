#include "tests/bench/clients.h"

#include <algorithm>
#include <utility>

namespace liandong::bench {
namespace {

/// How many calls that are not measured go at once.
constexpr std::size_t kTogether = 32;

/// Until the mirror shows what `after` tells: the read waits for it in the server.
void wait_for_mirror(Clients& clients, const Messages& messages,
                     const common_pb::ResponseHeader& after) {
    std::vector<dispatch_pb::RecommendUnitsRequest> reads(1);
    *reads[0].mutable_header() = messages.read_header(after);
    reads[0].mutable_position()->set_datum(common_pb::DATUM_WGS84);
    reads[0].add_needs();
    run_closed(clients.recommend, reads, 1);
}

template <class Responses> const common_pb::ResponseHeader& newest(const Responses& responses) {
    return std::ranges::max_element(
               responses, {},
               [](const auto& response) { return response.header().revision().seq(); })
        ->header();
}

}  // namespace

Clients::Clients(const std::shared_ptr<grpc::Channel>& channel)
    : intake_stub_(intake_pb::IntakeService::NewStub(channel)),
      dispatch_stub_(dispatch_pb::DispatchService::NewStub(channel)) {
    const auto bind = [](auto& rpc, auto& stub, auto call) {
        rpc.start = [&stub, call](auto* context, const auto* request, auto* response, auto done) {
            call(*stub.async(), context, request, response, std::move(done));
        };
    };
    auto& intake = *intake_stub_;
    auto& dispatcher = *dispatch_stub_;
    bind(report, intake, [](auto& stub, auto&&... a) { stub.ReportIncident(std::move(a)...); });
    bind(get_incident, intake, [](auto& stub, auto&&... a) { stub.GetIncident(std::move(a)...); });
    bind(import_units, dispatcher,
         [](auto& stub, auto&&... a) { stub.ImportUnits(std::move(a)...); });
    bind(get_unit, dispatcher, [](auto& stub, auto&&... a) { stub.GetUnit(std::move(a)...); });
    bind(recommend, dispatcher,
         [](auto& stub, auto&&... a) { stub.RecommendUnits(std::move(a)...); });
    bind(dispatch, dispatcher,
         [](auto& stub, auto&&... a) { stub.DispatchUnits(std::move(a)...); });
    bind(clear, dispatcher, [](auto& stub, auto&&... a) { stub.ClearOrder(std::move(a)...); });
}

std::vector<std::string> report_incidents(Clients& clients, Messages& messages, std::size_t count) {
    const auto load = run_closed(clients.report, messages.reports(count), kTogether);
    std::vector<std::string> ids;
    for (const auto& response : load.responses) ids.push_back(response.incident_id());
    wait_for_mirror(clients, messages, newest(load.responses));
    return ids;
}

void import_units(Clients& clients, Messages& messages,
                  const std::vector<dispatch_pb::ImportUnitsRequest>& imports) {
    const auto load = run_closed(clients.import_units, imports, 2);
    wait_for_mirror(clients, messages, newest(load.responses));
}

void clear_orders(Clients& clients, Messages& messages, const std::vector<std::string>& order_ids) {
    std::vector<dispatch_pb::ClearOrderRequest> requests;
    for (const std::string& id : order_ids) requests.push_back(messages.clear(id));
    const auto load = run_closed(clients.clear, requests, kTogether);
    wait_for_mirror(clients, messages, newest(load.responses));
}

}  // namespace liandong::bench
