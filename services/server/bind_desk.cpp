#include "services/server/bind.h"

namespace liandong::server {

void bind_desk(rpc::Server& server, const ScopeStacks& scopes) {
    namespace pb = liandong::intake::v1;
    using Handlers = intake::DeskHandlers;
    const std::string service = "liandong.intake.v1.DeskService";
    const auto handlers = by_scope(scopes, &ScopeStack::desk);
    server.unary<pb::ListAlarmsRequest, pb::ListAlarmsResponse>(
        service, "ListAlarms", rpc::by_scope(handlers, &Handlers::list_alarms));
    server.unary<pb::TakeAlarmRequest, pb::TakeAlarmResponse>(
        service, "TakeAlarm", rpc::by_scope(handlers, &Handlers::take_alarm));
    server.unary<pb::SuspendClocksRequest, pb::SuspendClocksResponse>(
        service, "SuspendClocks", rpc::by_scope(handlers, &Handlers::suspend_clocks));
    server.unary<pb::ResumeClocksRequest, pb::ResumeClocksResponse>(
        service, "ResumeClocks", rpc::by_scope(handlers, &Handlers::resume_clocks));
    server.unary<pb::PutRosterRequest, pb::PutRosterResponse>(
        service, "PutRoster", rpc::by_scope(handlers, &Handlers::put_roster));
    server.unary<pb::GetRosterRequest, pb::GetRosterResponse>(
        service, "GetRoster", rpc::by_scope(handlers, &Handlers::get_roster));
    server.unary<pb::OfferTransferRequest, pb::OfferTransferResponse>(
        service, "OfferTransfer", rpc::by_scope(handlers, &Handlers::offer_transfer));
    server.unary<pb::DeliverTransferRequest, pb::DeliverTransferResponse>(
        service, "DeliverTransfer", rpc::by_scope(handlers, &Handlers::deliver_transfer));
    server.unary<pb::AnswerTransferRequest, pb::AnswerTransferResponse>(
        service, "AnswerTransfer", rpc::by_scope(handlers, &Handlers::answer_transfer));
    server.unary<pb::CompleteTransferRequest, pb::CompleteTransferResponse>(
        service, "CompleteTransfer", rpc::by_scope(handlers, &Handlers::complete_transfer));
    server.unary<pb::WithdrawTransferRequest, pb::WithdrawTransferResponse>(
        service, "WithdrawTransfer", rpc::by_scope(handlers, &Handlers::withdraw_transfer));
    server.unary<pb::ListTransfersRequest, pb::ListTransfersResponse>(
        service, "ListTransfers", rpc::by_scope(handlers, &Handlers::list_transfers));
    server.unary<pb::SetResponseLevelRequest, pb::SetResponseLevelResponse>(
        service, "SetResponseLevel", rpc::by_scope(handlers, &Handlers::set_response_level));
    server.unary<pb::GiveHandoverRequest, pb::GiveHandoverResponse>(
        service, "GiveHandover", rpc::by_scope(handlers, &Handlers::give_handover));
    server.unary<pb::TakeHandoverRequest, pb::TakeHandoverResponse>(
        service, "TakeHandover", rpc::by_scope(handlers, &Handlers::take_handover));
    server.unary<pb::WithdrawHandoverRequest, pb::WithdrawHandoverResponse>(
        service, "WithdrawHandover", rpc::by_scope(handlers, &Handlers::withdraw_handover));
    server.unary<pb::ListHandoversRequest, pb::ListHandoversResponse>(
        service, "ListHandovers", rpc::by_scope(handlers, &Handlers::list_handovers));
    server.unary<pb::OpenDutyReportingRequest, pb::OpenDutyReportingResponse>(
        service, "OpenDutyReporting", rpc::by_scope(handlers, &Handlers::open_duty_reporting));
    server.unary<pb::SendDutyReportRequest, pb::SendDutyReportResponse>(
        service, "SendDutyReport", rpc::by_scope(handlers, &Handlers::send_duty_report));
    server.unary<pb::ConfirmDutyReportRequest, pb::ConfirmDutyReportResponse>(
        service, "ConfirmDutyReport", rpc::by_scope(handlers, &Handlers::confirm_duty_report));
    server.unary<pb::ListDutyReportsRequest, pb::ListDutyReportsResponse>(
        service, "ListDutyReports", rpc::by_scope(handlers, &Handlers::list_duty_reports));
}

}  // namespace liandong::server
