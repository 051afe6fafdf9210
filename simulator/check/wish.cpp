#include "simulator/check/wish.h"

#include "common/base/id.h"
#include "simulator/check/ask.h"
#include "simulator/check/person.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace liandong::simulator {
namespace {

using namespace liandong::dispatch::v1;
using domain::Kind;
using domain::OrderFact;
using liandong::dispatch::DispatchHandlers;
using liandong::intake::IntakeHandlers;

Located located_in(const RecommendUnitsResponse& response, std::uint64_t process) {
    Located located{process, from_micros(response.header().server_time_micros()), {}};
    const auto add = [&](const Candidate& candidate) {
        located.units.emplace_back(candidate.unit_id(), candidate.position_age_seconds());
    };
    for (const FilledNeed& need : response.needs()) {
        std::ranges::for_each(need.chosen(), add);
        std::ranges::for_each(need.alternatives(), add);
    }
    return located;
}

Task<Answer> ask_whom_to_send(InProcessClient& client, RecommendUnitsRequest request,
                              const FixBook& known) {
    const FixBook known_before = known;
    std::uint64_t process = 0;
    auto response = co_await client.call(
        desk_person(), "liandong.dispatch.v1.DispatchService.RecommendUnits", std::move(request),
        &VirtualProcess::dispatch, &DispatchHandlers::recommend_units, &process);
    if (!response) co_return fail(std::move(response.error()));
    const Located located = located_in(*response, process);
    Answer answer = answer_of(std::move(response));
    answer->gone_back = known_before.gone_back(located);
    co_return answer;
}

Unit make_unit(std::size_t number, bool in_service) {
    Unit unit;
    unit.set_id(fmt::format("unit-{}", number));
    unit.set_agency(kCheckAgency);
    unit.set_kind(UNIT_KIND_POLICE_PATROL);
    // One is only ever asked for through liaison (D9).
    unit.set_relation(number == 0 ? COMMAND_RELATION_APPROVAL : COMMAND_RELATION_DIRECT);
    unit.mutable_home()->set_latitude(30.9 + 0.001 * static_cast<double>(number));
    unit.mutable_home()->set_longitude(113.5);
    unit.mutable_home()->set_datum(liandong::common::v1::DATUM_WGS84);
    unit.set_status(in_service ? UNIT_STATUS_IN_STATION : UNIT_STATUS_OUT_OF_SERVICE);
    return unit;
}

}  // namespace

liandong::common::v1::MutationHeader WishMaker::header() {
    liandong::common::v1::MutationHeader header;
    set_scope(header, scope_);
    header.set_request_id(make_uuid_v7(clock_.now(), random_));
    return header;
}

std::string WishMaker::any_unit() { return fmt::format("unit-{}", random_.below(kUnits)); }

std::string WishMaker::any(Kind kind) {
    std::vector<const std::string*> ids;
    std::vector<std::uint64_t> versions;
    const auto& values = known().values();
    for (auto at = values.lower_bound({kind, ""}); at != values.end() && at->first.kind == kind;
         ++at) {
        // Mostly what changed last: that is where others are too.
        if (at->second.version + 60 > known().events() || random_.below(20) == 0) {
            ids.push_back(&at->first.id);
        }
    }
    if (ids.empty()) return "nowhere";
    return *ids[random_.below(ids.size())];
}

std::string WishMaker::likely_order() {
    if (random_.below(4) != 0) {
        const auto found = known().entities().find({Kind::kUnit, any_unit()});
        if (found != known().entities().end()) {
            const auto& unit = std::get<domain::Unit>(found->second);
            if (!unit.active_order_id.empty()) return unit.active_order_id;
        }
    }
    return any(Kind::kOrder);
}

Wish WishMaker::draw() {
    const std::uint64_t roll = random_.below(135);
    if (roll < 12) return report();
    if (roll < 15)
        return import_some(random_.below(kUnits), 1 + random_.below(2), random_.below(4) != 0);
    if (roll < 20) return set_status();
    if (roll < 25) return recommend();
    if (roll < 50) return dispatch();
    if (roll < 87) return fact();
    if (roll < 93) return cancel();
    if (roll < 100) return close(any(Kind::kIncident));
    if (roll < 115) return bulletin();
    if (roll >= 125) return desk_work();
    if (roll >= 119) return report_alarm();
    return roll < 117 ? close_road() : reopen_road();
}

Wish WishMaker::import_all() { return import_some(0, kUnits, true); }

Wish WishMaker::import_some(std::size_t first, std::size_t count, bool in_service) {
    ImportUnitsRequest request;
    *request.mutable_header() = header();
    for (std::size_t i = first; i < std::min(first + count, kUnits); ++i) {
        *request.add_units() = make_unit(i, in_service);
    }
    return make_wish("ImportUnits", desk_person(), request, &VirtualProcess::dispatch,
                     &DispatchHandlers::import_units);
}

Wish WishMaker::report() {
    liandong::intake::v1::ReportIncidentRequest request;
    *request.mutable_header() = header();
    request.set_channel(liandong::intake::v1::CHANNEL_PHONE_110);
    request.set_words("help");
    return make_wish("ReportIncident", desk_person(), request, &VirtualProcess::intake,
                     &IntakeHandlers::report_incident);
}

Wish WishMaker::set_status() {
    SetUnitStatusRequest request;
    *request.mutable_header() = header();
    request.set_unit_id(any_unit());
    const bool in_service = random_.below(3) != 0;
    request.set_status(in_service ? UNIT_STATUS_ON_PATROL : UNIT_STATUS_OUT_OF_SERVICE);
    return make_wish("SetUnitStatus", desk_person(), request, &VirtualProcess::dispatch,
                     &DispatchHandlers::set_unit_status);
}

Wish WishMaker::recommend() {
    RecommendUnitsRequest request;
    set_scope(*request.mutable_header(), scope_);
    request.set_incident_id(any(Kind::kIncident));
    request.add_needs()->set_count(2);
    request.set_alternatives(kUnits);
    Wish wish = make_wish("RecommendUnits", desk_person(), request, &VirtualProcess::dispatch,
                          &DispatchHandlers::recommend_units);
    wish.call = [request, known = &auditor_.fixes()](InProcessClient& client, bool) {
        return ask_whom_to_send(client, request, *known);
    };
    return wish;
}

Wish WishMaker::dispatch() {
    DispatchUnitsRequest request;
    *request.mutable_header() = header();
    request.set_incident_id(any(Kind::kIncident));
    const std::size_t first = random_.below(kUnits), count = 1 + random_.below(3);
    for (std::size_t i = 0; i < count; ++i)
        request.add_unit_ids(fmt::format("unit-{}", (first + i) % kUnits));
    request.set_conflict_rule(random_.below(3) == 0 ? CONFLICT_RULE_ALL_OR_NONE
                                                    : CONFLICT_RULE_SEND_WHAT_IS_FREE);
    request.set_accept_unverified_alarm(random_.below(2) == 0);
    Wish wish = make_wish("DispatchUnits", desk_person(), request, &VirtualProcess::dispatch,
                          &DispatchHandlers::dispatch_units);
    wish.asked.names = request.incident_id();
    return wish;
}

Wish WishMaker::fact() {
    OrderFactReport report;
    report.set_order_id(likely_order());
    const auto known = this->known().entities().find({Kind::kOrder, report.order_id()});
    domain::Principal who = desk_person();
    if (known != this->known().entities().end() && random_.below(2) == 0)
        who = crew_of(std::get<domain::Order>(known->second).unit_id);
    const auto make = [&]<class Request, class Response>(
                          const char* what, Task<Result<Response>> (DispatchHandlers::*handler)(
                                                CallContext, Request)) {
        Request request;
        *request.mutable_header() = header();
        *request.mutable_fact() = report;
        Wish wish = make_wish(what, who, request, &VirtualProcess::dispatch, handler);
        wish.asked.names = report.order_id();
        wish.asked.is_fact = known != this->known().entities().end();
        return wish;
    };
    switch (random_.below(6)) {
    case 0: return make("ConfirmDelivery", &DispatchHandlers::confirm_delivery);
    case 1: return make("SignOrder", &DispatchHandlers::sign_order);
    case 2: return make("DepartOrder", &DispatchHandlers::depart_order);
    case 3: return make("ArriveOrder", &DispatchHandlers::arrive_order);
    case 4: return make("ClearOrder", &DispatchHandlers::clear_order);
    default:
        report.set_reason("broken down");
        return make("DeclineOrder", &DispatchHandlers::decline_order);
    }
}

Wish WishMaker::clear(const std::string& order_id) {
    ClearOrderRequest request;
    *request.mutable_header() = header();
    request.mutable_fact()->set_order_id(order_id);
    Wish wish = make_wish("ClearOrder", desk_person(), request, &VirtualProcess::dispatch,
                          &DispatchHandlers::clear_order);
    wish.asked.names = order_id;
    wish.asked.is_fact = true;
    return wish;
}

Wish WishMaker::cancel() {
    CancelOrderRequest request;
    *request.mutable_header() = header();
    request.set_order_id(likely_order());
    request.set_reason("not needed");
    Wish wish = make_wish("CancelOrder", desk_person(), request, &VirtualProcess::dispatch,
                          &DispatchHandlers::cancel_order);
    wish.asked.names = request.order_id();
    return wish;
}

Wish WishMaker::close_road() {
    CloseRoadRequest request;
    *request.mutable_header() = header();
    Closure& closure = *request.mutable_closure();
    closure.set_reason(CLOSURE_REASON_FLOOD);
    closure.mutable_at()->set_latitude(30.9);
    closure.mutable_at()->set_longitude(113.5);
    closure.mutable_at()->set_datum(liandong::common::v1::DATUM_WGS84);
    closure.set_expires_at_micros(to_micros(clock_.now() + std::chrono::hours(24 * 300)));
    return make_wish("CloseRoad", desk_person(), request, &VirtualProcess::dispatch,
                     &DispatchHandlers::close_road);
}

Wish WishMaker::reopen_road() {
    ReopenRoadRequest request;
    *request.mutable_header() = header();
    request.set_closure_id(any(Kind::kClosure));
    request.set_reason("open again");
    Wish wish = make_wish("ReopenRoad", desk_person(), request, &VirtualProcess::dispatch,
                          &DispatchHandlers::reopen_road);
    wish.asked.names = request.closure_id();
    return wish;
}

Wish WishMaker::close(const std::string& incident_id) {
    liandong::intake::v1::CloseIncidentRequest request;
    *request.mutable_header() = header();
    request.set_incident_id(incident_id);
    request.set_disposition(liandong::intake::v1::DISPOSITION_RESOLVED);
    request.set_note("over");  // without it, a caller who was not reached keeps it open (D14)
    Wish wish = make_wish("CloseIncident", desk_person(), request, &VirtualProcess::intake,
                          &IntakeHandlers::close_incident);
    wish.asked.names = incident_id;
    return wish;
}

}  // namespace liandong::simulator
