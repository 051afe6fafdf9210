#include "tests/e2e/desk.h"

#include <chrono>
#include <thread>
#include <utility>

// The part of the desk that is about DeskService.
namespace liandong::test {
namespace {

/// As kWang, for the fire service.
constexpr std::string_view kFire = "subject=fire;agency=xiaofang;roles=gateway";
/// A colleague whose shift ends.
constexpr std::string_view kLi = "subject=li;agency=gongan;roles=dispatcher";

/// Who offers transfers: a hand-over carries at most 50 of its own.
constexpr std::string_view kSun = "subject=sun;agency=gongan;roles=dispatcher";

std::int64_t micros_from_now(std::chrono::seconds after) {
    using namespace std::chrono;
    return duration_cast<microseconds>((system_clock::now() + after).time_since_epoch()).count();
}

template <class Request> Request change() {
    Request request;
    *request.mutable_header() = mutation();
    return request;
}

template <class Request> Request of_transfer(const std::string& id) {
    auto request = change<Request>();
    request.set_transfer_id(id);
    return request;
}

intake_pb::AnswerTransferRequest answer_transfer(const std::string& id, bool accept) {
    auto request = of_transfer<intake_pb::AnswerTransferRequest>(id);
    request.set_accept(accept);
    request.set_answer("一中队");
    return request;
}

intake_pb::GiveHandoverRequest give_handover() {
    auto request = change<intake_pb::GiveHandoverRequest>();
    request.set_seat("110-3");
    return request;
}

intake_pb::SendDutyReportRequest first_report(const std::string& incident) {
    auto request = about<intake_pb::SendDutyReportRequest>(incident);
    request.set_stage(intake_pb::DUTY_REPORT_STAGE_FIRST);
    request.add_addressees("县委总值班室");
    return request;
}

/// The server's own clocks ring: waits until the incident's does.
void wait_for_an_alarm(const Wire& wire, const std::string& incident) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < end) {
        const auto found = wire.ask<intake_pb::GetIncidentResponse>(get_incident(incident));
        if (!found) break;
        if (found->incident().alarms_size() > 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    FAIL() << "no clock rang within 20 s";
}

}  // namespace

intake_pb::OfferTransferRequest Desk::offer_transfer(const std::string& incident) {
    auto request = about<intake_pb::OfferTransferRequest>(incident);
    request.set_kind(intake_pb::TRANSFER_KIND_AGENCY);
    request.set_to_agency("xiaofang");
    request.set_reason("起火");
    request.set_sharing(intake_pb::SHARING_TIER_WORKING);
    return request;
}

void Desk::set_up_desk() {
    if (!std::exchange(is_quiet_, true)) {
        // Tests count events: no clock rings between two of theirs.
        auto quiet = change<intake_pb::SuspendClocksRequest>();
        quiet.set_kind(intake_pb::CLOCK_KIND_NOT_TAKEN_UP);
        quiet.set_urgency_max(3);
        quiet.set_until_micros(micros_from_now(std::chrono::hours(2)));
        quiet.set_reason("test");
        wire_.ask<intake_pb::SuspendClocksResponse>(quiet).value();
    }
    const CallOptions fire{.principal = std::string(kFire)};
    const auto offer = [this](const std::string& incident) {
        const CallOptions sun{.principal = std::string(kSun)};
        return wire_.ask<intake_pb::OfferTransferResponse>(offer_transfer(incident), sun)
            .value()
            .transfer()
            .id();
    };
    ringing_incident_ = report_one("冒烟");
    wire_
        .ask<intake_pb::AnswerTransferResponse>(answer_transfer(offer(ringing_incident_), false),
                                                fire)
        .value();
    wire_.ask<intake_pb::SendDutyReportResponse>(first_report(ringing_incident_)).value();
    offered_transfer_ = offer(report_one("起火"));
    accepted_transfer_ = offer(report_one("又起火"));
    wire_.ask<intake_pb::AnswerTransferResponse>(answer_transfer(accepted_transfer_, true), fire)
        .value();
    const CallOptions li{.principal = std::string(kLi)};
    given_handover_ =
        wire_.ask<intake_pb::GiveHandoverResponse>(give_handover(), li).value().handover().id();
    own_handover_ =
        wire_.ask<intake_pb::GiveHandoverResponse>(give_handover()).value().handover().id();
    wait_for_an_alarm(wire_, ringing_incident_);
}

std::map<std::string, Desk::Make> Desk::desk_service_makers() {
    const auto made = [](auto make) { return [make] { return make().SerializeAsString(); }; };
    return {
        {"ListAlarmsRequest", made(read_of<intake_pb::ListAlarmsRequest>)},
        {"TakeAlarmRequest", made([this] {
             auto request = about<intake_pb::TakeAlarmRequest>(ringing_incident_);
             request.set_kind(intake_pb::CLOCK_KIND_TRANSFER);
             return request;
         })},
        {"SuspendClocksRequest", made([] {
             auto request = change<intake_pb::SuspendClocksRequest>();
             request.set_kind(intake_pb::CLOCK_KIND_NO_FEEDBACK);
             request.set_urgency_max(1);
             request.set_until_micros(micros_from_now(std::chrono::hours(1)));
             request.set_reason("洪水");
             return request;
         })},
        {"ResumeClocksRequest", made([] {
             auto request = change<intake_pb::ResumeClocksRequest>();
             request.set_kind(intake_pb::CLOCK_KIND_NO_FEEDBACK);
             return request;
         })},
        {"PutRosterRequest", made([] {
             auto request = change<intake_pb::PutRosterRequest>();
             request.set_date("20260718");
             return request;
         })},
        {"GetRosterRequest", made(read_of<intake_pb::GetRosterRequest>)},
        {"OfferTransferRequest", made([this] { return offer_transfer(open_incident_); })},
        {"DeliverTransferRequest", made([this] {
             return of_transfer<intake_pb::DeliverTransferRequest>(offered_transfer_);
         })},
        {"AnswerTransferRequest", made([this] {
             auto request = answer_transfer(offered_transfer_, true);
             request.mutable_header()->set_on_behalf_of("119 值班员");
             return request;
         })},
        {"CompleteTransferRequest", made([this] {
             auto request = of_transfer<intake_pb::CompleteTransferRequest>(accepted_transfer_);
             request.set_outcome("扑灭");
             request.mutable_header()->set_on_behalf_of("119 值班员");
             return request;
         })},
        {"WithdrawTransferRequest", made([this] {
             auto request = of_transfer<intake_pb::WithdrawTransferRequest>(offered_transfer_);
             request.set_reason("弄错");
             return request;
         })},
        {"ListTransfersRequest", made(read_of<intake_pb::ListTransfersRequest>)},
        {"SetResponseLevelRequest", made([this] {
             auto request = about<intake_pb::SetResponseLevelRequest>(open_incident_);
             request.set_level(4);
             request.set_reason("火势蔓延");
             return request;
         })},
        {"GiveHandoverRequest", made(give_handover)},
        {"TakeHandoverRequest", made([this] {
             auto request = change<intake_pb::TakeHandoverRequest>();
             request.set_handover_id(given_handover_);
             return request;
         })},
        {"WithdrawHandoverRequest", made([this] {
             auto request = change<intake_pb::WithdrawHandoverRequest>();
             request.set_handover_id(own_handover_);
             return request;
         })},
        {"ListHandoversRequest", made(read_of<intake_pb::ListHandoversRequest>)},
        {"OpenDutyReportingRequest", made([this] {
             auto request = about<intake_pb::OpenDutyReportingRequest>(open_incident_);
             request.set_reason("涉及学校");
             return request;
         })},
        {"SendDutyReportRequest", made([this] { return first_report(open_incident_); })},
        {"ConfirmDutyReportRequest", made([this] {
             auto request = about<intake_pb::ConfirmDutyReportRequest>(ringing_incident_);
             request.set_number(1);
             request.set_addressee("县委总值班室");
             return request;
         })},
        {"ListDutyReportsRequest", made([this] {
             auto request = read_of<intake_pb::ListDutyReportsRequest>();
             request.set_incident_id(ringing_incident_);
             return request;
         })},
    };
}

}  // namespace liandong::test
