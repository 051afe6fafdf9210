#include "services/intake/rpc/desk_handlers.h"

#include "common/api/convert.h"
#include "common/api/page.h"
#include "common/api/respond.h"
#include "services/intake/rpc/changes.h"
#include "services/intake/rpc/desk_messages.h"

#include <algorithm>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

constexpr std::size_t kAlarmGroups_max = 50;
constexpr std::size_t kAlarmGroups_default = 20;

/// `read_mutation_of`, the ids that it names, and whether it is bound to its own agency.
template <class Request>
Result<Mutation> read_desk_change(const CallContext& context, const Request& request) {
    auto mutation = read_mutation_of(context, request);
    if (!mutation) return mutation;
    Status status;
    if constexpr (requires { request.incident_id(); })
        status = api::check_id(request.incident_id(), "incident_id");
    if constexpr (requires { request.transfer_id(); })
        status = api::check_id(request.transfer_id(), "transfer_id");
    if constexpr (requires { request.handover_id(); })
        status = api::check_id(request.handover_id(), "handover_id");
    if (!status) return fail(std::move(status.error()));
    mutation->own_agency_only = api::is_bound_to_agency(context.principal);
    return mutation;
}

/// The answer to a change, with what the message has room for.
template <class Response>
Result<Response> settled_as(store::ScopeContext& context, const Result<store::Settled>& settled) {
    if (!settled) return fail(settled.error());
    Response response;
    *response.mutable_header() = api::mutation_header(context, settled->revision);
    const std::uint64_t version = settled->revision.seq;
    const Outcome& outcome = settled->outcome;
    if constexpr (requires { response.mutable_incident(); }) {
        *response.mutable_incident() =
            api::incident(outcome.incidents.at(0), version, context.scope.district);
    }
    if constexpr (requires { response.mutable_transfer(); })
        *response.mutable_transfer() = message_of(outcome.transfers.at(0), version);
    if constexpr (requires { response.mutable_handover(); })
        *response.mutable_handover() = message_of(outcome.handovers.at(0), version);
    if constexpr (requires { response.mutable_report(); })
        *response.mutable_report() = message_of(outcome.duty_reports.at(0));
    if constexpr (requires { response.add_passed_on(); }) {
        for (const Incident& incident : outcome.incidents) response.add_passed_on(incident.id);
    }
    return response;
}

bool may_command(const Principal& principal) {
    return std::ranges::any_of(principal.roles,
                               [](Role role) { return allows(role, Permission::kDeskCommand); });
}

}  // namespace

// ---- clocks

Task<Result<pb::ListAlarmsResponse>> DeskHandlers::list_alarms(CallContext context,
                                                               pb::ListAlarmsRequest request) {
    if (auto status = api::check_text(request.area_code(), 15, "area_code"); !status)
        co_return fail(status.error());
    if (request.limit() > kAlarmGroups_max)
        co_return invalid_field("limit", "NUMBER_OUT_OF_RANGE", "1 to 50, or 0: 20");
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const auto alarms = service_.alarms(
        request.area_code(), request.limit() == 0 ? kAlarmGroups_default : request.limit());
    pb::ListAlarmsResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    response.set_total(static_cast<std::uint32_t>(alarms.total));
    for (const auto& held : alarms.incidents) {
        pb::AlarmGroup& group = *response.add_groups();
        *group.mutable_incident() = api::incident(*held.value, held.version, district());
        const auto standing = standing_alarms(*held.value);
        for (const Alarm* alarm : standing->alarms) *group.add_alarms() = api::alarm(*alarm);
    }
    for (const ClockSuspension& suspension : service_.suspensions())
        *response.add_suspensions() = message_of(suspension);
    co_return response;
}

Task<Result<pb::TakeAlarmResponse>> DeskHandlers::take_alarm(CallContext context,
                                                             pb::TakeAlarmRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    const auto kind = read_clock_kind(request.kind());
    if (!kind) co_return fail(kind.error());
    co_return settled_as<pb::TakeAlarmResponse>(
        service_.context(),
        co_await service_.take_alarm(std::move(*mutation), request.incident_id(), *kind,
                                     request.reason()));
}

Task<Result<pb::SuspendClocksResponse>> DeskHandlers::suspend_clocks(
    CallContext context, pb::SuspendClocksRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto suspension = read_suspension(request);
    if (!suspension) co_return fail(std::move(suspension.error()));
    co_return settled_as<pb::SuspendClocksResponse>(
        service_.context(),
        co_await service_.suspend_clocks(std::move(*mutation), std::move(*suspension)));
}

Task<Result<pb::ResumeClocksResponse>> DeskHandlers::resume_clocks(
    CallContext context, pb::ResumeClocksRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    const auto kind = read_clock_kind(request.kind());
    if (!kind) co_return fail(kind.error());
    co_return settled_as<pb::ResumeClocksResponse>(
        service_.context(), co_await service_.resume_clocks(std::move(*mutation), *kind));
}

// ---- who is on duty

Task<Result<pb::PutRosterResponse>> DeskHandlers::put_roster(CallContext context,
                                                             pb::PutRosterRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto roster = read_roster(request);
    if (!roster) co_return fail(std::move(roster.error()));
    co_return settled_as<pb::PutRosterResponse>(
        service_.context(), co_await service_.put_roster(std::move(*mutation), std::move(*roster)));
}

Task<Result<pb::GetRosterResponse>> DeskHandlers::get_roster(CallContext context,
                                                             pb::GetRosterRequest request) {
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const auto rosters = service_.rosters();
    pb::GetRosterResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    if (!request.date().empty()) {
        const auto found = std::ranges::find(rosters, request.date(), &Roster::id);
        if (found == rosters.end()) {
            co_return fail(Error{
                Code::kNotFound,
                "ROSTER_UNKNOWN",
                "no roster of that day is kept (72 h)",
                {}}.with("field", "date"));
        }
        for (const DutyShift& shift : (*found)->shifts) *response.add_shifts() = message_of(shift);
    }
    const Timestamp now = service_.context().clock.now();
    for (std::size_t i = 1; i < kDutyRoles; ++i) {
        const auto role = static_cast<DutyRole>(i);
        if (const DutyShift* shift = on_duty(rosters, role, now)) {
            *response.add_on_duty() = message_of(*shift);
        } else {
            response.add_holes(static_cast<pb::DutyRole>(role));
        }
    }
    co_return response;
}

// ---- others who act

Task<Result<pb::OfferTransferResponse>> DeskHandlers::offer_transfer(
    CallContext context, pb::OfferTransferRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto offer = read_offer(request);
    if (!offer) co_return fail(std::move(offer.error()));
    if (offer->kind == TransferKind::kDirective && !may_command(context.principal)) {
        co_return fail(Code::kPermissionDenied, "DIRECTIVE_BEYOND_ROLE",
                       "a directive takes a shift supervisor or a duty commander");
    }
    co_return settled_as<pb::OfferTransferResponse>(
        service_.context(), co_await service_.offer_transfer(
                                std::move(*mutation), request.incident_id(), std::move(*offer)));
}

Task<Result<pb::DeliverTransferResponse>> DeskHandlers::deliver_transfer(
    CallContext context, pb::DeliverTransferRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return settled_as<pb::DeliverTransferResponse>(
        service_.context(),
        co_await service_.deliver_transfer(std::move(*mutation), request.transfer_id()));
}

Task<Result<pb::AnswerTransferResponse>> DeskHandlers::answer_transfer(
    CallContext context, pb::AnswerTransferRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_text(request.answer(), kNoteReason_max, "answer"); !status)
        co_return fail(std::move(status.error()));
    co_return settled_as<pb::AnswerTransferResponse>(
        service_.context(),
        co_await service_.answer_transfer(std::move(*mutation), request.transfer_id(),
                                          request.accept(), request.answer()));
}

Task<Result<pb::CompleteTransferResponse>> DeskHandlers::complete_transfer(
    CallContext context, pb::CompleteTransferRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_text(request.outcome(), kTransferOutcome_max, "outcome"); !status)
        co_return fail(std::move(status.error()));
    co_return settled_as<pb::CompleteTransferResponse>(
        service_.context(), co_await service_.complete_transfer(
                                std::move(*mutation), request.transfer_id(), request.outcome()));
}

Task<Result<pb::WithdrawTransferResponse>> DeskHandlers::withdraw_transfer(
    CallContext context, pb::WithdrawTransferRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return settled_as<pb::WithdrawTransferResponse>(
        service_.context(), co_await service_.withdraw_transfer(
                                std::move(*mutation), request.transfer_id(), request.reason()));
}

Task<Result<pb::ListTransfersResponse>> DeskHandlers::list_transfers(
    CallContext context, pb::ListTransfersRequest request) {
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    if (!request.incident_id().empty()) {
        if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
            co_return fail(std::move(status.error()));
    }
    if (auto status = api::check_text(request.agency(), 32, "agency"); !status)
        co_return fail(std::move(status.error()));
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const bool is_bound = api::is_bound_to_agency(context.principal);
    const std::string& viewer = context.principal.agency;
    auto transfers = service_.transfers(request.incident_id(), is_bound ? viewer : request.agency(),
                                        request.include_ended(), page->after, page->size + 1);
    const bool has_next = api::trim_to_page(transfers, *page);
    const Timestamp now = service_.context().clock.now();
    pb::ListTransfersResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    for (const auto& held : transfers) {
        const Transfer& transfer = *held.value;
        pb::TransferView& view = *response.add_transfers();
        *view.mutable_transfer() = message_of(transfer, held.version);
        const auto* incident = service_.context().mirror.find<Incident>(transfer.incident_id);
        if (!incident) continue;
        const bool sees_all =
            !is_bound || viewer == transfer.from_agency || viewer == incident->value->agency;
        const auto tier = sees_all ? SharingTier::kPersonal : visible_tier(transfer, viewer, now);
        if (!tier) continue;
        *view.mutable_incident() = api::incident(*incident->value, incident->version, district());
        redact(*view.mutable_incident(), *tier);
    }
    if (has_next) {
        response.mutable_page()->set_next_token(
            api::page_token(DeskService::sort_key(*transfers.back().value)));
    }
    co_return response;
}

Task<Result<pb::SetResponseLevelResponse>> DeskHandlers::set_response_level(
    CallContext context, pb::SetResponseLevelRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    const auto level = static_cast<std::int32_t>(std::min(request.level(), 99U));
    co_return settled_as<pb::SetResponseLevelResponse>(
        service_.context(),
        co_await service_.set_response(std::move(*mutation), request.incident_id(), level,
                                       context.principal.roles, request.reason()));
}

// ---- hand-over

Task<Result<pb::GiveHandoverResponse>> DeskHandlers::give_handover(
    CallContext context, pb::GiveHandoverRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto leaving = read_leaving(request);
    if (!leaving) co_return fail(std::move(leaving.error()));
    co_return settled_as<pb::GiveHandoverResponse>(
        service_.context(),
        co_await service_.give_handover(std::move(*mutation), std::move(*leaving)));
}

Task<Result<pb::TakeHandoverResponse>> DeskHandlers::take_handover(
    CallContext context, pb::TakeHandoverRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return settled_as<pb::TakeHandoverResponse>(
        service_.context(),
        co_await service_.take_handover(std::move(*mutation), request.handover_id()));
}

Task<Result<pb::WithdrawHandoverResponse>> DeskHandlers::withdraw_handover(
    CallContext context, pb::WithdrawHandoverRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return settled_as<pb::WithdrawHandoverResponse>(
        service_.context(),
        co_await service_.withdraw_handover(std::move(*mutation), request.handover_id()));
}

Task<Result<pb::ListHandoversResponse>> DeskHandlers::list_handovers(
    CallContext context, pb::ListHandoversRequest request) {
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    auto handovers = service_.handovers(request.include_ended(), page->after, page->size + 1);
    const bool has_next = api::trim_to_page(handovers, *page);
    pb::ListHandoversResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    for (const auto& held : handovers)
        *response.add_handovers() = message_of(*held.value, held.version);
    if (has_next) {
        response.mutable_page()->set_next_token(
            api::page_token(DeskService::sort_key(*handovers.back().value)));
    }
    co_return response;
}

// ---- reports upwards

Task<Result<pb::OpenDutyReportingResponse>> DeskHandlers::open_duty_reporting(
    CallContext context, pb::OpenDutyReportingRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return settled_as<pb::OpenDutyReportingResponse>(
        service_.context(), co_await service_.open_duty_reporting(
                                std::move(*mutation), request.incident_id(), request.reason()));
}

Task<Result<pb::SendDutyReportResponse>> DeskHandlers::send_duty_report(
    CallContext context, pb::SendDutyReportRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto draft = read_duty_draft(request);
    if (!draft) co_return fail(std::move(draft.error()));
    co_return settled_as<pb::SendDutyReportResponse>(
        service_.context(), co_await service_.send_duty_report(
                                std::move(*mutation), request.incident_id(), std::move(*draft)));
}

Task<Result<pb::ConfirmDutyReportResponse>> DeskHandlers::confirm_duty_report(
    CallContext context, pb::ConfirmDutyReportRequest request) {
    auto mutation = read_desk_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (request.number() < 1 || request.number() > kDutyReports_max)
        co_return invalid_field("number", "NUMBER_OUT_OF_RANGE", "1 to 99");
    if (auto status = api::check_text(request.received_by(), 64, "received_by"); !status)
        co_return fail(std::move(status.error()));
    co_return settled_as<pb::ConfirmDutyReportResponse>(
        service_.context(),
        co_await service_.confirm_duty_report(std::move(*mutation), request.incident_id(),
                                              static_cast<std::int32_t>(request.number()),
                                              request.addressee(), request.received_by()));
}

Task<Result<pb::ListDutyReportsResponse>> DeskHandlers::list_duty_reports(
    CallContext context, pb::ListDutyReportsRequest request) {
    if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
        co_return fail(std::move(status.error()));
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const auto reports = co_await service_.duty_reports(request.incident_id(), context.deadline);
    if (!reports) co_return fail(reports.error());
    pb::ListDutyReportsResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    for (const DutyReport& report : *reports) *response.add_reports() = message_of(report);
    co_return response;
}

}  // namespace liandong::intake
