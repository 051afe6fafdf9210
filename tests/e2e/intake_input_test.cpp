#include "tests/e2e/desk.h"

#include <gtest/gtest.h>

namespace liandong::test {
namespace {

/// What only these RPCs can be told wrongly; ReportIncident refuses nothing of its own (D1).
class IntakeInput : public Desk {};

TEST_F(IntakeInput, GetIncidentNamesWhatIsWrong) {
    expect_refused(
        platform_,
        {invalid(
             "braces", get_incident("a{b}"), [](auto&) {}, "ID_MALFORMED", "incident_id"),
         invalid(
             "empty", get_incident(""), [](auto&) {}, "ID_MALFORMED", "incident_id"),
         refusal(
             "unknown", get_incident("nowhere"), [](auto&) {}, Code::kNotFound, "INCIDENT_UNKNOWN",
             "incident_id")});
}

// A console never reads older than what it wrote: better no answer than yesterday's.
TEST_F(IntakeInput, GetIncidentRefusesARevisionThatDoesNotExistYet) {
    expect_refused(platform_, {refusal(
                                  "far ahead", get_incident(open_incident_),
                                  [](auto& request) {
                                      auto& revision =
                                          *request.mutable_header()->mutable_min_revision();
                                      revision.set_epoch(1);
                                      revision.set_seq(1'000'000);
                                  },
                                  Code::kUnavailable, "REVISION_NOT_REACHED")});
}

TEST_F(IntakeInput, ListAndWatchIncidentsNameWhatIsWrong) {
    const auto list = read_of<intake_pb::ListIncidentsRequest>();
    const auto watch = read_of<intake_pb::WatchIncidentsRequest>();
    const auto state = [](auto& request) {
        request.mutable_filter()->add_states(static_cast<intake_pb::IncidentState>(99));
    };
    const auto unspecified = [](auto& request) {
        request.mutable_filter()->add_states(intake_pb::INCIDENT_STATE_UNSPECIFIED);
    };
    const auto area = [](auto& request) {
        request.mutable_filter()->set_area_code("4209811000000001");
    };
    expect_refused(platform_,
                   {invalid("state", list, state, "ENUM_UNKNOWN", "filter.states"),
                    invalid("state 0", list, unspecified, "ENUM_UNKNOWN", "filter.states"),
                    invalid("area", list, area, "TEXT_TOO_LONG", "filter.area_code"),
                    invalid("state", watch, state, "ENUM_UNKNOWN", "filter.states"),
                    invalid("area", watch, area, "TEXT_TOO_LONG", "filter.area_code")});
}

TEST_F(IntakeInput, CloseIncidentNamesWhatIsWrong) {
    const auto nothing = [](auto&) {};
    const auto close = close_incident(open_incident_);
    expect_refused(platform_,
                   {invalid("id", close_incident("a/b"), nothing, "ID_MALFORMED", "incident_id"),
                    refusal("unknown", close_incident("nowhere"), nothing, Code::kNotFound,
                            "INCIDENT_UNKNOWN", "incident_id"),
                    invalid(
                        "no disposition", close, [](auto& r) { r.clear_disposition(); },
                        "DISPOSITION_REQUIRED", "disposition"),
                    invalid(
                        "disposition 99", close,
                        [](auto& r) { r.set_disposition(static_cast<intake_pb::Disposition>(99)); },
                        "ENUM_UNKNOWN", "disposition"),
                    invalid(
                        "note", close, [](auto& r) { r.set_note(std::string(501, 'x')); },
                        "TEXT_TOO_LONG", "note"),
                    refusal("orders open", close_incident(manned_incident_), nothing,
                            Code::kFailedPrecondition, "ORDERS_STILL_OPEN"),
                    refusal("closed", close_incident(closed_incident_), nothing,
                            Code::kFailedPrecondition, "INCIDENT_CLOSED")});
}

}  // namespace
}  // namespace liandong::test
