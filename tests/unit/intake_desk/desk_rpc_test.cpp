#include "tests/unit/intake_desk/desk_rpc_fixture.h"

#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using namespace std::chrono_literals;

/// An offer to the fire service.
class TransferRpc : public DeskRpc {
protected:
    Result<pb::OfferTransferResponse> offer(const std::string& id,
                                            pb::TransferKind kind = pb::TRANSFER_KIND_AGENCY,
                                            pb::SharingTier tier = pb::SHARING_TIER_SUMMARY) {
        auto request = about<pb::OfferTransferRequest>(id);
        request.set_kind(kind);
        request.set_to_agency("xiaofang");
        request.set_reason("起火");
        request.set_sharing(tier);
        return ask(&DeskHandlers::offer_transfer, request, taker());
    }
    Result<pb::AnswerTransferResponse> accept(const std::string& transfer, CallContext caller,
                                              const char* on_behalf_of = "") {
        auto request = mutation<pb::AnswerTransferRequest>();
        request.mutable_header()->set_on_behalf_of(on_behalf_of);
        request.set_transfer_id(transfer);
        request.set_accept(true);
        return ask(&DeskHandlers::answer_transfer, request, std::move(caller));
    }
};

// Offered, seen by the other side as far as its tier goes, accepted, completed; the timeline has
// it.
TEST_F(TransferRpc, GoToTheOtherAgencyAndBack) {
    const std::string id = report().incident_id();
    const auto offered = offer(id);
    ASSERT_TRUE(offered) << offered.error().reason;
    const std::string transfer = offered->transfer().id();
    const auto seen =
        ask(&DeskHandlers::list_transfers, pb::ListTransfersRequest{}, fire_gateway());
    ASSERT_TRUE(seen);
    ASSERT_EQ(seen->transfers_size(), 1);
    EXPECT_EQ(seen->transfers(0).incident().id(), id);
    EXPECT_EQ(seen->transfers(0).incident().type_code(), "010100");
    EXPECT_EQ(seen->transfers(0).incident().summary(), "") << "a summary has no words";
    const auto accepted = accept(transfer, fire_gateway());
    ASSERT_TRUE(accepted) << accepted.error().reason;
    EXPECT_EQ(accepted->incident().agency(), "xiaofang");
    auto complete = mutation<pb::CompleteTransferRequest>();
    complete.set_transfer_id(transfer);
    complete.set_outcome("扑灭");
    ASSERT_TRUE(ask(&DeskHandlers::complete_transfer, complete, fire_gateway()));
    pb::GetTimelineRequest timeline;
    timeline.set_incident_id(id);
    const auto lines = desk_.run(desk_.intake().get_timeline(inspector(), timeline));
    ASSERT_TRUE(lines);
    int told = 0;
    for (const auto& line : lines->lines()) told += line.kind() == "TRANSFER" ? 1 : 0;
    EXPECT_EQ(told, 3);
}

// A gateway answers for its own agency only, whomever it names; a person may speak for another.
TEST_F(TransferRpc, AreAnsweredInOnesOwnName) {
    const std::string id = report().incident_id();
    const std::string transfer = offer(id)->transfer().id();
    CallContext hospital = fire_gateway();
    hospital.principal.agency = "jiuhu";
    EXPECT_EQ(accept(transfer, hospital, "119").error().reason, "NOT_THE_ADDRESSEE");
    EXPECT_EQ(
        ask(&DeskHandlers::list_transfers, pb::ListTransfersRequest{}, hospital)->transfers_size(),
        0);
    EXPECT_EQ(accept(transfer, dispatcher()).error().reason, "NOT_THE_ADDRESSEE");
    EXPECT_TRUE(accept(transfer, dispatcher(), "119 值班员"));
}

// A directive takes a supervisor; the same request again gives the same transfer.
TEST_F(TransferRpc, DirectivesComeFromAbove) {
    const std::string id = report().incident_id();
    EXPECT_EQ(offer(id, pb::TRANSFER_KIND_DIRECTIVE).error().reason, "DIRECTIVE_BEYOND_ROLE");
    auto request = about<pb::OfferTransferRequest>(id);
    request.set_kind(pb::TRANSFER_KIND_DIRECTIVE);
    request.set_to_agency("gongan");
    request.set_reason("限期办结");
    request.set_sharing(pb::SHARING_TIER_WORKING);
    const auto one = ask(&DeskHandlers::offer_transfer, request, supervisor());
    ASSERT_TRUE(one) << one.error().reason;
    const auto two = ask(&DeskHandlers::offer_transfer, request, supervisor());
    ASSERT_TRUE(two);
    EXPECT_EQ(one->transfer().id(), two->transfer().id());
    EXPECT_EQ(one->incident().note_count(), two->incident().note_count());
}

// Request ids are each agency's own: the same one of another agency is another transfer.
TEST_F(TransferRpc, OfTwoAgenciesUnderOneRequestIdAreTwo) {
    auto request = about<pb::OfferTransferRequest>(report().incident_id());
    request.set_kind(pb::TRANSFER_KIND_REFERRAL);
    request.set_to_agency("tiaojie");
    request.set_reason("纠纷");
    request.set_sharing(pb::SHARING_TIER_SUMMARY);
    const auto one = ask(&DeskHandlers::offer_transfer, request, taker());
    CallContext other = taker();
    other.principal.agency = "xiaofang";
    const auto two = ask(&DeskHandlers::offer_transfer, request, other);
    ASSERT_TRUE(one && two);
    EXPECT_NE(one->transfer().id(), two->transfer().id());
    EXPECT_EQ(two->transfer().from_agency(), "xiaofang");
}

// What a person has claimed and waits for goes over with the second signature.
TEST_F(DeskRpc, AShiftIsHandedOver) {
    const std::string mine = report().incident_id(), free = report().incident_id();
    pb::ClaimIncidentRequest claim;
    *claim.mutable_header() = desk_.mutation_header();
    claim.set_incident_id(mine);
    ASSERT_TRUE(desk_.run(desk_.intake().claim_incident(taker(), claim)));
    desk_.loop().settle();
    auto give = mutation<pb::GiveHandoverRequest>();
    give.set_seat("110-3");
    give.add_promises("十分钟内回电");
    const auto given = ask(&DeskHandlers::give_handover, give, taker());
    ASSERT_TRUE(given) << given.error().reason;
    ASSERT_EQ(given->handover().incident_ids_size(), 1);
    EXPECT_EQ(incident(mine).claimed_by(), "taker");
    auto take = mutation<pb::TakeHandoverRequest>();
    take.set_handover_id(given->handover().id());
    const auto taken = ask(&DeskHandlers::take_handover, take, dispatcher());
    ASSERT_TRUE(taken) << taken.error().reason;
    EXPECT_EQ(taken->passed_on(0), mine);
    EXPECT_EQ(incident(mine).claimed_by(), "dispatcher");
    EXPECT_EQ(incident(free).claimed_by(), "");
    const auto again = ask(&DeskHandlers::take_handover, take, dispatcher());
    ASSERT_TRUE(again) << "the same request, the same answer";
    EXPECT_EQ(again->passed_on_size(), 1);
    EXPECT_EQ(ask(&DeskHandlers::list_handovers, pb::ListHandoversRequest{}, inspector())
                  ->handovers_size(),
              0);
}

// The chain of reports upwards, from the store, in its order, with who has received what.
TEST_F(DeskRpc, AnEventIsReportedUpwards) {
    const std::string id = report().incident_id();
    auto level = about<pb::SetResponseLevelRequest>(id);
    level.set_level(2);
    level.set_reason("火势蔓延");
    EXPECT_EQ(ask(&DeskHandlers::set_response_level, level, supervisor()).error().reason,
              "RESPONSE_LEVEL_BEYOND_ROLE");
    level = about<pb::SetResponseLevelRequest>(id);
    level.set_level(2);
    level.set_reason("火势蔓延");
    const auto raised = ask(&DeskHandlers::set_response_level, level, commander());
    ASSERT_TRUE(raised) << raised.error().reason;
    EXPECT_NE(raised->incident().duty_report_since_micros(), 0);
    auto send = about<pb::SendDutyReportRequest>(id);
    send.set_stage(pb::DUTY_REPORT_STAGE_FIRST);
    send.add_addressees("县委总值班室");
    ASSERT_TRUE(ask(&DeskHandlers::send_duty_report, send, taker()));
    auto more = about<pb::SendDutyReportRequest>(id);
    more.set_stage(pb::DUTY_REPORT_STAGE_FINAL);
    more.set_text("扑灭");
    more.add_addressees("县委总值班室");
    auto& figure = *more.add_figures();
    figure.set_name("伤");
    figure.set_value(2);
    figure.set_source("120");
    ASSERT_TRUE(ask(&DeskHandlers::send_duty_report, more, taker()));
    auto confirm = about<pb::ConfirmDutyReportRequest>(id);
    confirm.set_number(2);
    confirm.set_addressee("县委总值班室");
    confirm.set_received_by("chen");
    ASSERT_TRUE(ask(&DeskHandlers::confirm_duty_report, confirm, taker()));
    pb::ListDutyReportsRequest list;
    list.set_incident_id(id);
    const auto reports = ask(&DeskHandlers::list_duty_reports, list, inspector());
    ASSERT_TRUE(reports);
    ASSERT_EQ(reports->reports_size(), 2);
    EXPECT_EQ(reports->reports(0).addressees(0).received_by(), "");
    EXPECT_EQ(reports->reports(1).addressees(0).received_by(), "chen");
    EXPECT_TRUE(incident(id).duty_report_final());
}

// Bad input is told by its field, and nothing is written.
TEST_F(DeskRpc, BadInputNamesItsField) {
    const std::string id = report().incident_id();
    const auto refused = [&](auto handler, auto request) {
        const std::uint64_t before = desk_.mirror().revision().seq;
        const auto response = ask(handler, request, commander());
        EXPECT_EQ(desk_.mirror().revision().seq, before);
        if (response) return std::string();
        return response.error().reason + " " + std::string(response.error().find("field"));
    };
    auto alarm = about<pb::TakeAlarmRequest>(id);
    EXPECT_EQ(refused(&DeskHandlers::take_alarm, alarm), "ENUM_UNKNOWN kind");
    alarm = about<pb::TakeAlarmRequest>("no id!");
    EXPECT_EQ(refused(&DeskHandlers::take_alarm, alarm), "ID_MALFORMED incident_id");
    alarm = about<pb::TakeAlarmRequest>("unknown");
    alarm.set_kind(pb::CLOCK_KIND_NOT_SIGNED);
    EXPECT_EQ(refused(&DeskHandlers::take_alarm, alarm), "INCIDENT_UNKNOWN incident_id");
    auto offer = about<pb::OfferTransferRequest>(id);
    offer.set_to_agency("消防");
    EXPECT_EQ(refused(&DeskHandlers::offer_transfer, offer), "AGENCY_MALFORMED to_agency");
    offer = about<pb::OfferTransferRequest>(id);
    offer.set_kind(static_cast<pb::TransferKind>(77));
    EXPECT_EQ(refused(&DeskHandlers::offer_transfer, offer), "ENUM_UNKNOWN kind");
    auto answer = mutation<pb::AnswerTransferRequest>();
    answer.set_transfer_id("unknown");
    EXPECT_EQ(refused(&DeskHandlers::answer_transfer, answer), "TRANSFER_UNKNOWN transfer_id");
    auto take = mutation<pb::TakeHandoverRequest>();
    take.set_handover_id("unknown");
    EXPECT_EQ(refused(&DeskHandlers::take_handover, take), "HANDOVER_UNKNOWN handover_id");
    auto give = mutation<pb::GiveHandoverRequest>();
    EXPECT_EQ(refused(&DeskHandlers::give_handover, give), "TEXT_REQUIRED seat");
    give.set_seat("110-3");
    give.add_promises("");
    EXPECT_EQ(refused(&DeskHandlers::give_handover, give), "TEXT_REQUIRED promises[0]");
    auto send = about<pb::SendDutyReportRequest>(id);
    send.set_text(std::string(2'001, 'x'));
    EXPECT_EQ(refused(&DeskHandlers::send_duty_report, send), "TEXT_TOO_LONG text");
    auto confirm = about<pb::ConfirmDutyReportRequest>(id);
    EXPECT_EQ(refused(&DeskHandlers::confirm_duty_report, confirm), "NUMBER_OUT_OF_RANGE number");
    confirm.set_number(3);
    EXPECT_EQ(refused(&DeskHandlers::confirm_duty_report, confirm), "DUTY_REPORT_UNKNOWN number");
    auto roster = mutation<pb::PutRosterRequest>();
    EXPECT_EQ(refused(&DeskHandlers::put_roster, roster), "DATE_MALFORMED date");
    pb::GetRosterRequest day;
    day.set_date("20200101");
    EXPECT_EQ(refused(&DeskHandlers::get_roster, day), "ROSTER_UNKNOWN date");
    pb::ListAlarmsRequest list;
    list.set_limit(51);
    EXPECT_EQ(refused(&DeskHandlers::list_alarms, list), "NUMBER_OUT_OF_RANGE limit");
}

}  // namespace
}  // namespace liandong::intake
