#pragma once

#include "common/domain/call_context.h"
#include "liandong/intake/v1/desk.pb.h"
#include "services/intake/service/desk_service.h"

namespace liandong::intake {

namespace pb = liandong::intake::v1;

/// `liandong.intake.v1.DeskService`: reads messages, asks the service, writes messages. Free of
/// gRPC.
class DeskHandlers {
public:
    /// `service` must outlive them.
    explicit DeskHandlers(DeskService& service) : service_(service) {}

    Task<Result<pb::ListAlarmsResponse>> list_alarms(CallContext context,
                                                     pb::ListAlarmsRequest request);
    Task<Result<pb::TakeAlarmResponse>> take_alarm(CallContext context,
                                                   pb::TakeAlarmRequest request);
    Task<Result<pb::SuspendClocksResponse>> suspend_clocks(CallContext context,
                                                           pb::SuspendClocksRequest request);
    Task<Result<pb::ResumeClocksResponse>> resume_clocks(CallContext context,
                                                         pb::ResumeClocksRequest request);
    Task<Result<pb::PutRosterResponse>> put_roster(CallContext context,
                                                   pb::PutRosterRequest request);
    Task<Result<pb::GetRosterResponse>> get_roster(CallContext context,
                                                   pb::GetRosterRequest request);
    Task<Result<pb::OfferTransferResponse>> offer_transfer(CallContext context,
                                                           pb::OfferTransferRequest request);
    Task<Result<pb::DeliverTransferResponse>> deliver_transfer(CallContext context,
                                                               pb::DeliverTransferRequest request);
    Task<Result<pb::AnswerTransferResponse>> answer_transfer(CallContext context,
                                                             pb::AnswerTransferRequest request);
    Task<Result<pb::CompleteTransferResponse>> complete_transfer(
        CallContext context, pb::CompleteTransferRequest request);
    Task<Result<pb::WithdrawTransferResponse>> withdraw_transfer(
        CallContext context, pb::WithdrawTransferRequest request);
    Task<Result<pb::ListTransfersResponse>> list_transfers(CallContext context,
                                                           pb::ListTransfersRequest request);
    Task<Result<pb::SetResponseLevelResponse>> set_response_level(
        CallContext context, pb::SetResponseLevelRequest request);
    Task<Result<pb::GiveHandoverResponse>> give_handover(CallContext context,
                                                         pb::GiveHandoverRequest request);
    Task<Result<pb::TakeHandoverResponse>> take_handover(CallContext context,
                                                         pb::TakeHandoverRequest request);
    Task<Result<pb::WithdrawHandoverResponse>> withdraw_handover(
        CallContext context, pb::WithdrawHandoverRequest request);
    Task<Result<pb::ListHandoversResponse>> list_handovers(CallContext context,
                                                           pb::ListHandoversRequest request);
    Task<Result<pb::OpenDutyReportingResponse>> open_duty_reporting(
        CallContext context, pb::OpenDutyReportingRequest request);
    Task<Result<pb::SendDutyReportResponse>> send_duty_report(CallContext context,
                                                              pb::SendDutyReportRequest request);
    Task<Result<pb::ConfirmDutyReportResponse>> confirm_duty_report(
        CallContext context, pb::ConfirmDutyReportRequest request);
    Task<Result<pb::ListDutyReportsResponse>> list_duty_reports(CallContext context,
                                                                pb::ListDutyReportsRequest request);

private:
    const std::string& district() { return service_.context().scope.district; }

    DeskService& service_;
};

}  // namespace liandong::intake
