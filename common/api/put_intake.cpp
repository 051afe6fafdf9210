#include "common/api/put_intake.h"

#include <array>
#include <utility>

namespace liandong::api {

using namespace domain;
namespace pb = liandong::intake::v1;

namespace {

constexpr std::array kProposals = {std::pair{Proposed::kLevel, "level"},
                                   std::pair{Proposed::kLifeThreatening, "life_threatening"},
                                   std::pair{Proposed::kHazards, "hazards"}};

}  // namespace

void put_intake(const Intake& intake, pb::Incident& out) {
    out.set_channel(static_cast<pb::Channel>(intake.channel));
    for (const auto& [what, name] : kProposals) {
        if (intake.is_proposed(what)) out.add_proposed(name);
    }
    for (const std::string& code : intake.suggested_types) out.add_suggested_types(code);
    for (const UsualNeed& need : intake.needs) {
        pb::UsualNeed& item = *out.add_usual_needs();
        item.set_capability(need.capability);
        item.set_count(static_cast<std::uint32_t>(need.count));
    }
    out.set_last_report_at_micros(to_micros(intake.last_report_at));
    out.set_call_end(static_cast<pb::CallEnd>(intake.call_end));
    if (intake.callback.state != CallbackState::kNone) {
        pb::Callback& callback = *out.mutable_callback();
        callback.set_state(static_cast<pb::CallbackState>(intake.callback.state));
        callback.set_due_at_micros(to_micros(intake.callback.due_at));
        callback.set_attempts(static_cast<std::uint32_t>(intake.callback.attempts));
    }
    out.set_alarm_site(intake.site);
    out.set_alarm_unverified(intake.unverified);
}

}  // namespace liandong::api
