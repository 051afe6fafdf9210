#include "tests/e2e/desk.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

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
                                      revision.set_epoch(std::numeric_limits<std::int64_t>::max());
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

TEST_F(IntakeInput, TriageNamesWhatIsWrong) {
    const auto good = triage(open_incident_);
    const auto nothing = about<intake_pb::TriageIncidentRequest>(open_incident_);
    expect_refused(
        platform_,
        {invalid(
             "nothing", nothing, [](auto&) {}, "NOTHING_GIVEN", "type_code"),
         invalid(
             "type", good, [](auto& r) { r.set_type_code(std::string(33, 'x')); }, "TEXT_TOO_LONG",
             "type_code"),
         invalid(
             "hazard", good, [](auto& r) { r.mutable_hazards()->add_codes("Gas!"); },
             "HAZARD_MALFORMED", "hazards.codes[1]"),
         invalid(
             "level", good,
             [](auto& r) {
                 r.mutable_level()->set_scale(common_pb::LEVEL_SCALE_INCIDENT);
                 r.mutable_level()->set_code(9);
             },
             "LEVEL_OUT_OF_RANGE", "level"),
         invalid(
             "datum", good,
             [](auto& r) {
                 *r.mutable_place()->mutable_position() = position(30.9, 113.5);
                 r.mutable_place()->mutable_position()->clear_datum();
             },
             "DATUM_UNSPECIFIED", "place.position.datum"),
         invalid(
             "accuracy", good, [](auto& r) { r.mutable_place()->set_accuracy_meters(-1); },
             "ACCURACY_OUT_OF_RANGE", "place.accuracy_meters"),
         invalid(
             "heading", good, [](auto& r) { r.mutable_place()->set_heading_degrees(360); },
             "HEADING_OUT_OF_RANGE", "place.heading_degrees"),
         refusal(
             "closed", triage(closed_incident_), [](auto&) {}, Code::kFailedPrecondition,
             "INCIDENT_CLOSED")});
}

TEST_F(IntakeInput, NotesNameWhatIsWrong) {
    const auto good = remark(open_incident_);
    expect_refused(
        platform_,
        {invalid(
             "kind 99", good, [](auto& r) { r.set_kind(static_cast<intake_pb::NoteKind>(99)); },
             "ENUM_UNKNOWN", "kind"),
         invalid(
             "not by hand", good, [](auto& r) { r.set_kind(intake_pb::NOTE_KIND_CLOSED); },
             "NOTE_KIND_UNFIT", "kind"),
         invalid(
             "empty", good, [](auto& r) { r.clear_text(); }, "TEXT_REQUIRED", "text"),
         invalid(
             "long", good, [](auto& r) { r.set_text(std::string(1'001, 'x')); }, "TEXT_TOO_LONG",
             "text"),
         invalid(
             "corrects", good,
             [](auto& r) {
                 r.set_kind(intake_pb::NOTE_KIND_CORRECTION);
                 r.set_corrects(9);
             },
             "NOTE_UNKNOWN", "corrects"),
         invalid(
             "time", good, [](auto& r) { r.set_occurred_at_micros(1); }, "TIME_OUT_OF_RANGE",
             "occurred_at_micros")});
}

TEST_F(IntakeInput, LinksNameWhatIsWrong) {
    const auto nothing = [](auto&) {};
    expect_refused(platform_, {invalid("itself", link(open_incident_, open_incident_), nothing,
                                       "LINK_TO_ITSELF", "to_incident_id"),
                               invalid(
                                   "no reason", link(open_incident_, manned_incident_),
                                   [](auto& r) { r.clear_reason(); }, "REASON_REQUIRED", "reason"),
                               refusal("unknown", link(open_incident_, "nowhere"), nothing,
                                       Code::kNotFound, "INCIDENT_UNKNOWN", "to_incident_id"),
                               refusal("to a repeat", link(open_incident_, linked_incident_),
                                       nothing, Code::kFailedPrecondition, "LINK_TO_LINKED"),
                               refusal("again", link(linked_incident_, open_incident_), nothing,
                                       Code::kFailedPrecondition, "ALREADY_LINKED"),
                               refusal("has links", link(manned_incident_, open_incident_), nothing,
                                       Code::kFailedPrecondition, "HAS_LINKS"),
                               refusal(
                                   "not linked",
                                   [&] {
                                       auto request =
                                           about<intake_pb::UnlinkIncidentRequest>(open_incident_);
                                       request.set_reason("r");
                                       return request;
                                   }(),
                                   nothing, Code::kFailedPrecondition, "NOT_LINKED")});
}

TEST_F(IntakeInput, FiltersNameWhatIsWrong) {
    const auto count = read_of<intake_pb::CountIncidentsRequest>();
    expect_refused(
        platform_,
        {invalid(
             "phase", count,
             [](auto& r) {
                 r.mutable_filter()->add_phases(static_cast<intake_pb::IncidentPhase>(99));
             },
             "ENUM_UNKNOWN", "filter.phases"),
         invalid(
             "radius", count,
             [](auto& r) { *r.mutable_filter()->mutable_near() = position(30.9, 113.5); },
             "RADIUS_OUT_OF_RANGE", "filter.radius_meters"),
         invalid(
             "text", count, [](auto& r) { r.mutable_filter()->set_text(std::string(101, 'x')); },
             "TEXT_TOO_LONG", "filter.text"),
         invalid(
             "digits", count, [](auto& r) { r.set_area_digits(7); }, "AREA_DIGITS_UNKNOWN",
             "area_digits")});
}

}  // namespace
}  // namespace liandong::test
