#include "common/base/id.h"
#include "common/store/codec.h"
#include "tests/unit/intake/intake_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace liandong::intake {
namespace {

using namespace std::chrono_literals;
using Request = pb::ReportIncidentRequest;

constexpr char kName[] = "CanaryName-张三";
constexpr char kPhone[] = "13800138000";

class Reports : public IntakeFixture {
protected:
    Request personal_report() {
        Request request = good_report();
        request.mutable_reporter()->set_name(kName);
        request.mutable_reporter()->set_phone(kPhone);
        return request;
    }
    /// Every byte that is kept of this request.
    std::string kept(const Request& request) {
        std::string bytes;
        for (const auto& [key, value] : desk_.state().values()) bytes += key.id + value.bytes;
        for (const auto& [index, members] : desk_.state().indexes()) {
            for (const std::string& member : members) bytes += index + member;
        }
        for (const store::LogEntry& entry : desk_.state().log()) {
            bytes += entry.header;
            for (const store::Write& write : entry.writes) bytes += write.bytes;
        }
        const std::string id = "gongan/" + request.header().request_id();
        const std::string fingerprint =
            sha256_hex({taker().method, taker().principal.agency, request.SerializeAsString()});
        const auto remembered = desk_.state().read({}, store::RequestQuery{id, fingerprint});
        const auto* seen = std::get_if<store::Seen>(&remembered->request);
        EXPECT_NE(seen, nullptr) << "the request record was not found";
        return seen ? bytes + seen->response : bytes;
    }
};

// Names and numbers of reporters are never stored in clear: not in values, not in the log, not in
// the remembered answer.
TEST_F(Reports, PersonalDataIsNeverStoredInClear) {
    const Request request = personal_report();
    report(request);
    const std::string bytes = kept(request);
    EXPECT_NE(bytes.find("古城大道"), std::string::npos);  // the search sees what is there
    EXPECT_EQ(bytes.find("CanaryName"), std::string::npos);
    EXPECT_EQ(bytes.find("张三"), std::string::npos);
    EXPECT_EQ(bytes.find(kPhone), std::string::npos);
}

// Not even when they were too long or unreadable, and so set aside.
TEST_F(Reports, PersonalDataIsNotInCorrections) {
    Request request = good_report();
    request.mutable_reporter()->set_name(std::string(kName) + "\xff" + std::string(250, 'n'));
    request.mutable_reporter()->set_phone(std::string(kPhone) + "\xff" + std::string(50, '9'));
    EXPECT_EQ(report(request).corrections_size(), 2);
    const std::string bytes = kept(request);
    EXPECT_EQ(bytes.find("CanaryName"), std::string::npos);
    EXPECT_EQ(bytes.find(kPhone), std::string::npos);
}

// Who needs them to help sees them; who only inspects does not.
TEST_F(Reports, PersonalDataIsShownToThoseWhoMay) {
    const auto response = report(personal_report());
    for (const CallContext& caller : {taker(), dispatcher()}) {
        const auto found = get(response.incident_id(), caller);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->reports(0).reporter().name(), kName);
        EXPECT_EQ(found->reports(0).reporter().phone(), kPhone);
    }
    const auto inspected = get(response.incident_id(), inspector());
    ASSERT_TRUE(inspected);
    EXPECT_FALSE(inspected->reports(0).has_reporter());
    EXPECT_EQ(inspected->SerializeAsString().find("CanaryName"), std::string::npos);
}

// The answer says when and how safely it is kept, and under which numbers people will speak of it.
TEST_F(Reports, TheAnswer) {
    const auto response = report();
    EXPECT_EQ(response.header().revision().epoch(), 1U);
    EXPECT_EQ(response.header().revision().seq(), 1U);
    EXPECT_EQ(response.header().durability(), liandong::common::v1::DURABILITY_LOCAL);
    EXPECT_EQ(response.header().server_time_micros(), to_micros(test::kDeskOpens));
    EXPECT_EQ(response.report_number(), "420981-20260718-000001");
    EXPECT_EQ(response.incident_number(), "420981-20260718-000001");
    const auto found = get(response.incident_id(), dispatcher());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->incident().number(), response.incident_number());
    EXPECT_EQ(found->incident().version(), 1U);
    EXPECT_EQ(found->reports(0).number(), response.report_number());
    EXPECT_EQ(found->reports(0).recorded_by(), "taker");
}

// A resend gives the same answer and makes nothing new, whatever time has passed.
TEST_F(Reports, AResendGivesTheSameAnswer) {
    const Request request = good_report();
    auto first = report(request);
    report();
    desk_.loop().advance(1h);
    auto again = report(request);
    again.mutable_header()->set_server_time_micros(first.header().server_time_micros());
    EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
    EXPECT_EQ(list().incidents_size(), 2);
}

// Also when its record has expired: ids are derived from the request, so the report is found.
TEST_F(Reports, AResendAfterItsRecordExpired) {
    const Request request = good_report();
    report();
    const auto first = report(request);
    test::VirtualDesk later;  // the same values, without request records
    for (const store::LogEntry& entry : desk_.state().log()) {
        store::Batch batch;
        batch.writes = entry.writes;
        batch.event_header = entry.header;
        ASSERT_TRUE(later.state().commit(std::move(batch)));
    }
    later.loop().settle();
    const auto again = later.run(later.intake().report_incident(taker(), request));
    ASSERT_TRUE(again) << again.error().reason;
    EXPECT_EQ(again->SerializeAsString(), first.SerializeAsString());
    EXPECT_EQ(later.state().last_seq(), 2U);
}

// The same id for another report is refused.
TEST_F(Reports, AReusedIdIsRefused) {
    Request request = good_report();
    report(request);
    request.set_words("另一件事");
    const auto refused = send(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().reason, "REQUEST_ID_REUSED");
    EXPECT_EQ(list().incidents_size(), 1);
}

// Numbers have no gaps, however the reports crowd in and answers get lost; each day counts anew, by
// China's calendar.
TEST_F(Reports, NumbersHaveNoGaps) {
    std::vector<std::shared_ptr<test::VirtualLoop::Started<Result<pb::ReportIncidentResponse>>>>
        sent;
    std::vector<Request> requests;
    for (int i = 0; i < 50; ++i) {
        if (i % 7 == 0) desk_.faults().script_commit({store::FaultKind::kLostReply, {}});
        if (i % 7 == 3) desk_.faults().script_commit({store::FaultKind::kLost, {}});
        requests.push_back(good_report());
        sent.push_back(
            desk_.loop().start(desk_.intake().report_incident(taker(), requests.back())));
    }
    desk_.loop().settle();
    std::set<std::string> numbers;
    int lost = 0;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        ASSERT_TRUE(sent[i]->value);
        Result<pb::ReportIncidentResponse> response = *sent[i]->value;
        if (!response) {
            ++lost;
            EXPECT_EQ(response.error().reason, "OUTCOME_UNKNOWN");
            response = send(requests[i]);
        }
        ASSERT_TRUE(response);
        numbers.insert(response->incident_number());
    }
    EXPECT_EQ(lost, 15);
    ASSERT_EQ(numbers.size(), 50U);
    EXPECT_EQ(*numbers.begin(), "420981-20260718-000001");
    EXPECT_EQ(*numbers.rbegin(), "420981-20260718-000050");
    desk_.loop().advance(6h);  // midnight in China
    EXPECT_EQ(report().incident_number(), "420981-20260719-000001");
}

// The event carries what was written, and says who did it; one event a report.
TEST_F(Reports, OneEventAReport) {
    Request request = good_report();
    request.mutable_header()->set_on_behalf_of("grid-7");
    report(request);
    ASSERT_EQ(desk_.state().last_seq(), 1U);
    const auto header = store::decode_event_header(desk_.state().log()[0].header);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->kind, "incident_reported");
    EXPECT_EQ(header->actor, "taker");
    EXPECT_EQ(header->on_behalf_of, "grid-7");
    EXPECT_EQ(desk_.state().log()[0].writes.size(), 2U);
}

}  // namespace
}  // namespace liandong::intake
