#include "tests/unit/simulator/fake_platform.h"

#include <algorithm>

namespace liandong::simulator {
namespace {

using namespace dispatch::v1;

constexpr std::int64_t kServerTime = 1'784'400'000'000'000;

Error unavailable() { return {Code::kUnavailable, "FAKE_AWAY", "", {}}; }

bool fits(const Need& need, const Unit& unit) {
    const auto& kinds = need.kinds();
    const auto& capabilities = unit.capabilities();
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), unit.kind()) == kinds.end())
        return false;
    return need.capability().empty() || std::find(capabilities.begin(), capabilities.end(),
                                                  need.capability()) != capabilities.end();
}

}  // namespace

template <class Response, class Request, class Apply>
Task<Result<Response>> FakePlatform::answer(std::string rpc, Request request, Apply apply) {
    Trouble trouble = Trouble::kNone;
    if (auto& queue = troubles[rpc]; !queue.empty()) {
        trouble = queue.front();
        queue.pop_front();
    }
    if constexpr (requires { request.header().request_id(); }) {
        request_ids[rpc].push_back(request.header().request_id());
    }
    if (trouble == Trouble::kRefusedBefore) co_return std::unexpected(unavailable());
    if (trouble == Trouble::kForbidden) {
        co_return std::unexpected(Error{Code::kPermissionDenied, "PERMISSION_MISSING", "", {}});
    }
    Response response;
    if constexpr (requires { request.header().request_id(); }) {
        const std::string& id = request.header().request_id();
        if (const auto known = remembered_.find(id); known != remembered_.end()) {
            response.ParseFromString(known->second);
        } else {
            ++seq_;
            apply(request, response);
            response.mutable_header()->mutable_revision()->set_seq(seq_);
            remembered_[id] = response.SerializeAsString();
            changed();
        }
    } else {
        apply(request, response);
    }
    response.mutable_header()->set_server_time_micros(kServerTime);
    if (trouble == Trouble::kLostAfter) co_return std::unexpected(unavailable());
    co_return response;
}

void FakePlatform::changed() {
    for (Watcher* watcher : watchers_) watcher->changed.notify();
}

void FakePlatform::cut_streams() {
    for (Watcher* watcher : watchers_) {
        watcher->cut = true;
        watcher->changed.notify();
    }
}

Client::Reply<intake::v1::ReportIncidentResponse> FakePlatform::report_incident(
    const Who&, intake::v1::ReportIncidentRequest asked) {
    return answer<intake::v1::ReportIncidentResponse>(
        "ReportIncident", std::move(asked), [this](auto&, auto& response) {
            const std::string id = "incident-" + std::to_string(incidents.size());
            intake::v1::Incident& incident = incidents[id];
            incident.set_id(id);
            incident.set_version(seq_);
            incident.set_state(intake::v1::INCIDENT_STATE_RECEIVED);
            incident.add_report_ids("report-of-" + id);
            response.set_incident_id(id);
            response.set_report_id("report-of-" + id);
        });
}

Client::Reply<intake::v1::GetIncidentResponse> FakePlatform::get_incident(
    const Who&, intake::v1::GetIncidentRequest asked) {
    return answer<intake::v1::GetIncidentResponse>(
        "GetIncident", std::move(asked), [this](auto& request, auto& response) {
            const auto found = incidents.find(request.incident_id());
            if (found != incidents.end()) *response.mutable_incident() = found->second;
        });
}

Client::Reply<intake::v1::CloseIncidentResponse> FakePlatform::close_incident(
    const Who&, intake::v1::CloseIncidentRequest asked) {
    return answer<intake::v1::CloseIncidentResponse>(
        "CloseIncident", std::move(asked),
        [this](auto& request, auto&) { closed[request.incident_id()] = request.disposition(); });
}

Client::Reply<ImportUnitsResponse> FakePlatform::import_units(const Who&,
                                                              ImportUnitsRequest asked) {
    return answer<ImportUnitsResponse>(
        "ImportUnits", std::move(asked), [this](auto& request, auto& response) {
            for (const Unit& unit : request.units()) {
                Unit& target = units[unit.id()];
                target = unit;
                target.set_version(seq_);
                const bool off = unit.status() == UNIT_STATUS_OFF_DUTY;
                target.set_availability(off ? AVAILABILITY_NOT_AVAILABLE : AVAILABILITY_AVAILABLE);
            }
            response.set_added(static_cast<std::uint32_t>(request.units_size()));
        });
}

Client::Reply<RecommendUnitsResponse> FakePlatform::recommend_units(const Who&,
                                                                    RecommendUnitsRequest asked) {
    return answer<RecommendUnitsResponse>(
        "RecommendUnits", std::move(asked), [this](auto& request, auto& response) {
            std::vector<std::string> taken;
            for (int i = 0; i < request.needs_size(); ++i) {
                auto& filled = *response.add_needs();
                filled.set_need_index(static_cast<std::uint32_t>(i));
                std::uint32_t missing = request.needs(i).count();
                bool exists = false;
                for (const auto& [id, unit] : units) {
                    if (!fits(request.needs(i), unit)) continue;
                    exists = true;
                    const bool free = unit.availability() == AVAILABILITY_AVAILABLE &&
                                      std::ranges::find(taken, id) == taken.end();
                    if (!free || missing == 0) continue;
                    filled.add_chosen()->set_unit_id(id);
                    taken.push_back(id);
                    --missing;
                }
                filled.set_missing(missing);
                if (missing > 0)
                    filled.set_missing_reason(exists ? "ALL_COMMITTED" : "NO_SUCH_UNIT");
            }
        });
}

Client::Reply<DispatchUnitsResponse> FakePlatform::dispatch_units(const Who&,
                                                                  DispatchUnitsRequest asked) {
    return answer<DispatchUnitsResponse>(
        "DispatchUnits", std::move(asked), [this](auto& request, auto& response) {
            for (const std::string& id : request.unit_ids()) {
                Unit& unit = units[id];
                if (unit.availability() != AVAILABILITY_AVAILABLE) {
                    auto& lost = *response.add_lost();
                    lost.set_unit_id(id);
                    lost.set_reason("UNIT_TAKEN");
                    lost.set_holder_incident_id(unit.active_incident_id());
                    continue;
                }
                Order& order = orders["order-" + std::to_string(orders.size())];
                order.set_id("order-" + std::to_string(orders.size() - 1));
                order.set_incident_id(request.incident_id());
                order.set_unit_id(id);
                order.set_state(ORDER_STATE_SENT);
                order.set_version(seq_);
                unit.set_availability(AVAILABILITY_NOT_AVAILABLE);
                unit.set_active_incident_id(request.incident_id());
                unit.set_version(seq_);
                *response.add_orders() = order;
            }
            settle_incident(request.incident_id());
        });
}

Client::Reply<GetOrderResponse> FakePlatform::get_order(const Who&, GetOrderRequest asked) {
    return answer<GetOrderResponse>("GetOrder", std::move(asked),
                                    [this](auto& request, auto& response) {
                                        const auto found = orders.find(request.order_id());
                                        if (found != orders.end())
                                            *response.mutable_order() = found->second;
                                    });
}

template <class Request, class Response>
Task<Result<Response>> FakePlatform::fact(std::string rpc, Request asked, OrderState state) {
    return answer<Response>(std::move(rpc), std::move(asked),
                            [this, state](auto& request, auto& response) {
                                Order& order = orders[request.fact().order_id()];
                                const bool moves = state > order.state();
                                if (moves) {
                                    order.set_state(state);
                                    order.set_version(seq_);
                                    if (state == ORDER_STATE_CLEARED) free_unit(order);
                                }
                                order.add_entries()->set_moved_state(moves);
                                *response.mutable_order() = order;
                                settle_incident(order.incident_id());
                            });
}

void FakePlatform::free_unit(const Order& order) {
    Unit& unit = units[order.unit_id()];
    unit.set_availability(AVAILABILITY_AVAILABLE);
    unit.set_version(seq_);
}

void FakePlatform::settle_incident(const std::string& incident_id) {
    auto& incident = incidents[incident_id];
    bool all_ended = true;
    for (const auto& [id, order] : orders) {
        if (order.incident_id() == incident_id && order.state() < ORDER_STATE_CLEARED)
            all_ended = false;
    }
    incident.set_version(seq_);
    incident.set_state(all_ended ? intake::v1::INCIDENT_STATE_HANDLED
                                 : intake::v1::INCIDENT_STATE_DISPATCHED);
}

Client::Reply<ConfirmDeliveryResponse> FakePlatform::confirm_delivery(
    const Who&, ConfirmDeliveryRequest request) {
    return fact<ConfirmDeliveryRequest, ConfirmDeliveryResponse>(
        "ConfirmDelivery", std::move(request), ORDER_STATE_DELIVERED);
}
Client::Reply<SignOrderResponse> FakePlatform::sign_order(const Who&, SignOrderRequest request) {
    return fact<SignOrderRequest, SignOrderResponse>("SignOrder", std::move(request),
                                                     ORDER_STATE_SIGNED);
}
Client::Reply<DepartOrderResponse> FakePlatform::depart_order(const Who&,
                                                              DepartOrderRequest request) {
    return fact<DepartOrderRequest, DepartOrderResponse>("DepartOrder", std::move(request),
                                                         ORDER_STATE_DEPARTED);
}
Client::Reply<ArriveOrderResponse> FakePlatform::arrive_order(const Who&,
                                                              ArriveOrderRequest request) {
    return fact<ArriveOrderRequest, ArriveOrderResponse>("ArriveOrder", std::move(request),
                                                         ORDER_STATE_ARRIVED);
}
Client::Reply<ClearOrderResponse> FakePlatform::clear_order(const Who&, ClearOrderRequest request) {
    return fact<ClearOrderRequest, ClearOrderResponse>("ClearOrder", std::move(request),
                                                       ORDER_STATE_CLEARED);
}

Client::Reply<publicinfo::v1::DraftBulletinResponse> FakePlatform::draft_bulletin(
    const Who& who, publicinfo::v1::DraftBulletinRequest asked) {
    return answer<publicinfo::v1::DraftBulletinResponse>(
        "DraftBulletin", std::move(asked), [this, author = who.subject](auto&, auto& response) {
            publicinfo::v1::Bulletin& bulletin = bulletins["bulletin"];
            bulletin.set_id("bulletin");
            bulletin.set_author(author);
            bulletin.set_content_hash("hash");
            *response.mutable_bulletin() = bulletin;
        });
}
Client::Reply<publicinfo::v1::ApproveBulletinResponse> FakePlatform::approve_bulletin(
    const Who& who, publicinfo::v1::ApproveBulletinRequest asked) {
    return answer<publicinfo::v1::ApproveBulletinResponse>(
        "ApproveBulletin", std::move(asked), [this, approver = who.subject](auto& request, auto&) {
            auto& bulletin = bulletins[request.bulletin_id()];
            if (request.content_hash() == bulletin.content_hash()) bulletin.set_approver(approver);
        });
}
Client::Reply<publicinfo::v1::PublishBulletinResponse> FakePlatform::publish_bulletin(
    const Who&, publicinfo::v1::PublishBulletinRequest asked) {
    return answer<publicinfo::v1::PublishBulletinResponse>(
        "PublishBulletin", std::move(asked), [this](auto& request, auto&) {
            bulletins[request.bulletin_id()].set_state(publicinfo::v1::BULLETIN_STATE_PUBLISHED);
        });
}

template <class Message, class Fill>
Task<Error> FakePlatform::watch(Sink<Message>& sink, std::uint64_t seen, bool resume, Fill fill) {
    Watcher watcher(executor_);
    watchers_.push_back(&watcher);
    const auto registration = sink.cancellation().on_cancel([&] { watcher.changed.notify(); });
    bool first = true, open = true;
    while (open && !watcher.cut) {
        Message message;
        const std::uint64_t upto = seq_;
        fill(message, resume ? seen : 0);
        if (first) message.mutable_handshake()->set_snapshot_follows(!resume);
        message.set_snapshot_complete(first && !resume);
        message.mutable_resume()->set_seq(upto);
        first = false;
        resume = true;
        seen = upto;
        open = co_await sink.send(std::move(message));
        while (open && !watcher.cut && seen == seq_ && !sink.cancellation().is_cancelled()) {
            co_await watcher.changed.wait();
        }
    }
    std::erase(watchers_, &watcher);
    co_return unavailable();
}

Task<Error> FakePlatform::watch_unit_orders(const Who& who, WatchUnitOrdersRequest request,
                                            Sink<WatchUnitOrdersResponse>& sink) {
    co_return co_await watch(
        sink, request.resume().seq(), request.has_resume(),
        [this, unit = who.unit_id](WatchUnitOrdersResponse& message, std::uint64_t seen) {
            for (const auto& [id, order] : orders) {
                if (order.unit_id() != unit || order.version() <= seen) continue;
                *message.add_upserts() = order;
            }
        });
}

Task<Error> FakePlatform::watch_board(const Who&, WatchBoardRequest request,
                                      Sink<WatchBoardResponse>& sink) {
    co_return co_await watch(sink, request.resume().seq(), request.has_resume(),
                             [this](WatchBoardResponse& message, std::uint64_t seen) {
                                 for (const auto& [id, incident] : incidents) {
                                     if (incident.version() > seen)
                                         *message.add_incidents() = incident;
                                 }
                                 for (const auto& [id, unit] : units) {
                                     if (unit.version() > seen) *message.add_units() = unit;
                                 }
                                 for (const auto& [id, order] : orders) {
                                     if (order.version() > seen) *message.add_orders() = order;
                                 }
                             });
}

}  // namespace liandong::simulator
