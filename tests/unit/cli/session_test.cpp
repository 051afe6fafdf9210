#include "cli/session.h"

#include "cli/listing.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <sstream>

namespace liandong::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Three incidents in pages of one, and a close that loses its answer.
class SmallIntake final : public intake::v1::IntakeService::Service {
public:
    grpc::Status ListIncidents(grpc::ServerContext* context,
                               const intake::v1::ListIncidentsRequest* request,
                               intake::v1::ListIncidentsResponse* response) override {
        const auto& metadata = context->client_metadata();
        const auto principal = metadata.find("liandong-principal");
        if (principal != metadata.end())
            seen_principal.assign(principal->second.data(), principal->second.size());
        seen_scope = request->header().scope().world() + "." + request->header().scope().district();
        const int page = request->page().token().empty() ? 0 : std::stoi(request->page().token());
        auto& incident = *response->add_incidents();
        incident.set_id("id-" + std::to_string(page));
        incident.set_number("420981-20260718-00000" + std::to_string(page));
        response->mutable_header()->set_server_time_micros(1'784'368'800'000'000);
        if (endless || page < 2) response->mutable_page()->set_next_token(std::to_string(page + 1));
        return grpc::Status::OK;
    }
    grpc::Status CloseIncident(grpc::ServerContext*, const intake::v1::CloseIncidentRequest*,
                               intake::v1::CloseIncidentResponse*) override {
        return rpc::to_grpc_status({Code::kUnavailable, "OUTCOME_UNKNOWN", "lost", {}});
    }

    bool endless = false;
    std::string seen_principal;
    std::string seen_scope;
};

class SessionTest : public testing::Test {
protected:
    SessionTest() {
        int port = 0;
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&service_);
        server_ = builder.BuildAndStart();
        options_.target = "127.0.0.1:" + std::to_string(port);
        options_.request_id = "0197f0a0-0000-7000-8000-000000000001";
    }
    ~SessionTest() override { server_->Shutdown(); }

    Session session() { return Session(options_, *check(options_), {out_, err_}, clock_, random_); }

    SmallIntake service_;
    std::unique_ptr<grpc::Server> server_;
    Options options_;
    std::ostringstream out_, err_;
    SystemClock clock_;
    SeededRandom random_{1};
};

// A list is read to its last page, as the one who asks, in his scope.
TEST_F(SessionTest, ReadsAllPages) {
    Session s = session();
    const auto incidents = list_incidents(s, {});
    ASSERT_TRUE(incidents);
    EXPECT_EQ(incidents->size(), 3U);
    EXPECT_EQ(service_.seen_scope, "exercise.420981");
    EXPECT_THAT(service_.seen_principal, HasSubstr("agency=zhihui"));
}

// A list without end is given up at a stated limit.
TEST_F(SessionTest, GivesUpEndlessLists) {
    service_.endless = true;
    Session s = session();
    const auto incidents = list_incidents(s, {});
    ASSERT_FALSE(incidents);
    EXPECT_EQ(incidents.error().reason, "TOO_MANY");
}

// An incident is found by the end of its number; a whole id is taken without asking.
TEST_F(SessionTest, FindsByNumber) {
    Session s = session();
    EXPECT_EQ(*find_incident(s, "2"), "id-2");
    EXPECT_EQ(find_incident(s, "9").error().reason, "NAME_UNKNOWN");
    service_.seen_scope.clear();
    EXPECT_EQ(*find_incident(s, "0197f0a0-0000-8000-8000-000000000001"),
              "0197f0a0-0000-8000-8000-000000000001");
    EXPECT_EQ(service_.seen_scope, "");
}

// A lost answer to a change names the request id to repeat it with and exits with 3; a lost read
// does not.
TEST_F(SessionTest, TellsHowToRepeatAChange) {
    Session s = session();
    EXPECT_EQ(s.refused({Code::kUnavailable, "PEER_UNREACHABLE", "", {}}), kUnavailableOrUnknown);
    EXPECT_THAT(err_.str(), Not(HasSubstr("--request-id")));
    intake::v1::CloseIncidentRequest request;
    *request.mutable_header() = s.mutation_header();
    const auto response = s.call(s.intake(), &Session::Intake::CloseIncident, request);
    ASSERT_FALSE(response);
    EXPECT_EQ(s.refused(response.error()), kUnavailableOrUnknown);
    EXPECT_THAT(err_.str(), HasSubstr("--request-id 0197f0a0-0000-7000-8000-000000000001"));
}

// A method that the server lacks, and a server that is not there, are told apart.
TEST_F(SessionTest, TellsMissingRolesFromMissingServers) {
    Session s = session();
    const auto missing =
        s.call(s.dispatch(), &Session::Dispatch::GetOrder, dispatch::v1::GetOrderRequest{});
    EXPECT_EQ(missing.error().reason, "METHOD_UNKNOWN");
    options_.target = "127.0.0.1:1";
    Session lost = session();
    EXPECT_EQ(list_incidents(lost, {}).error().reason, "PEER_UNREACHABLE");
}

// Relative times follow the world's clock, which an exercise has of its own; exact ones need no
// server.
TEST_F(SessionTest, ReadsTimesByTheWorldsClock) {
    Session s = session();
    EXPECT_EQ(*s.read_time("+1h"), 1'784'372'400'000'000);
    EXPECT_EQ(*s.read_time(""), 0);
    options_.target = "127.0.0.1:1";
    Session lost = session();
    EXPECT_TRUE(lost.read_time("2026-07-18T10:00:00Z"));
    EXPECT_EQ(lost.read_time("nonsense").error().reason, "TIME_MALFORMED");
    EXPECT_EQ(lost.read_time("+1h").error().reason, "PEER_UNREACHABLE");
}

// With --json a failure is one JSON object, and wrong usage exits with 2.
TEST_F(SessionTest, SpeaksJson) {
    options_.json = true;
    Session s = session();
    EXPECT_EQ(s.usage({Code::kInvalidArgument, "NEED_MALFORMED", "x", {}}), kUsage);
    EXPECT_THAT(err_.str(), HasSubstr("\"reason\":\"NEED_MALFORMED\""));
    intake::v1::Incident incident;
    incident.set_id("a");
    s.answer_list<intake::v1::Incident>({incident, incident}, nullptr);
    EXPECT_EQ(out_.str(), "{\"id\":\"a\"}\n{\"id\":\"a\"}\n");
}

}  // namespace
}  // namespace liandong::cli
