#include "common/base/id.h"
#include "simulator/check/ask.h"
#include "simulator/check/person.h"
#include "simulator/check/wish.h"

#include <algorithm>
#include <utility>

namespace liandong::simulator {

using namespace liandong::intake::v1;
using domain::Kind;
using liandong::intake::IntakeHandlers;

namespace {

template <class Request, class Response>
Wish ask_intake(const char* what, Request request,
                Task<Result<Response>> (IntakeHandlers::*handler)(CallContext, Request)) {
    return make_wish(what, desk_person(), std::move(request), &VirtualProcess::intake, handler);
}

}  // namespace

/// One of three sites, so that alarms meet.
Wish WishMaker::report_alarm() {
    ReportIncidentRequest request;
    *request.mutable_header() = header();
    request.set_channel(random_.below(2) == 0 ? CHANNEL_ALARM : CHANNEL_LIFT);
    request.set_words("smoke");
    request.mutable_position()->set_latitude(30.93 + 0.01 * static_cast<double>(random_.below(3)));
    request.mutable_position()->set_longitude(113.57);
    request.mutable_position()->set_datum(liandong::common::v1::DATUM_WGS84);
    return ask_intake("ReportIncident", request, &IntakeHandlers::report_incident);
}

Wish WishMaker::report_lost_call() {
    ReportIncidentRequest request;
    *request.mutable_header() = header();
    request.set_channel(CHANNEL_PHONE_110);
    request.set_call_end(CALL_END_ABANDONED);
    return ask_intake("ReportIncident", request, &IntakeHandlers::report_incident);
}

Wish WishMaker::report_same_event() {
    ReportIncidentRequest request;
    *request.mutable_header() = header();
    request.set_channel(CHANNEL_PHONE_110);
    request.set_words("help");
    request.set_suggestions(5);
    request.mutable_same_event()->set_incident_id(any(Kind::kIncident));
    request.mutable_same_event()->set_in_danger(ANSWER_NO);
    request.mutable_same_event()->set_anything_new(ANSWER_NO);
    return ask_intake("ReportIncident", request, &IntakeHandlers::report_incident);
}

Wish WishMaker::link_some() {
    LinkIncidentsRequest request;
    *request.mutable_header() = header();
    const std::size_t count = 1 + random_.below(3);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string id = any(Kind::kIncident);
        const auto& ids = request.incident_ids();
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) request.add_incident_ids(id);
    }
    request.set_to_incident_id(any(Kind::kIncident));
    request.set_reason("same");
    request.set_in_danger(ANSWER_NO);
    request.set_anything_new(ANSWER_NO);
    return ask_intake("LinkIncidents", request, &IntakeHandlers::link_incidents);
}

Wish WishMaker::unlink_some() {
    UnlinkIncidentsRequest request;
    *request.mutable_header() = header();
    request.add_incident_ids(any(Kind::kIncident));
    request.set_reason("another");
    return ask_intake("UnlinkIncidents", request, &IntakeHandlers::unlink_incidents);
}

Wish WishMaker::declare_master() {
    DeclareMasterRequest request;
    *request.mutable_header() = header();
    request.set_incident_id(any(Kind::kIncident));
    request.set_is_master(random_.below(4) != 0);
    Wish wish = ask_intake("DeclareMaster", request, &IntakeHandlers::declare_master);
    wish.asked.may_do_nothing = true;
    return wish;
}

Wish WishMaker::verify_alarm() {
    VerifyAlarmRequest request;
    *request.mutable_header() = header();
    request.set_incident_id(any(Kind::kIncident));
    request.set_reason("seen");
    Wish wish = ask_intake("VerifyAlarm", request, &IntakeHandlers::verify_alarm);
    wish.asked.may_do_nothing = true;
    return wish;
}

Wish WishMaker::record_callback() {
    RecordCallbackRequest request;
    *request.mutable_header() = header();
    request.set_incident_id(any(Kind::kIncident));
    request.set_outcome(static_cast<CallbackOutcome>(1 + random_.below(7)));
    return ask_intake("RecordCallback", request, &IntakeHandlers::record_callback);
}

Wish WishMaker::desk_work() {
    switch (random_.below(8)) {
    case 0:
    case 1: return link_some();
    case 2: return unlink_some();
    case 3: return declare_master();
    case 4: return report_same_event();
    case 5: return verify_alarm();
    case 6: return record_callback();
    default: return report_lost_call();
    }
}

}  // namespace liandong::simulator
