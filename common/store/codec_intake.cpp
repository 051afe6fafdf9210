#include "common/store/codec_intake.h"

#include <utility>

namespace liandong::store::codec {

using namespace domain;
namespace pb = storage::v1;

void put(const Intake& in, pb::Intake& out) {
    out.set_channel(std::to_underlying(in.channel));
    out.set_proposed(in.proposed);
    for (const std::string& code : in.suggested_types) out.add_suggested_types(code);
    for (const UsualNeed& need : in.needs) {
        pb::UsualNeed& item = *out.add_needs();
        item.set_capability(need.capability);
        item.set_count(need.count);
    }
    for (const std::uint64_t caller : in.callers) out.add_callers(caller);
    out.set_last_report_at(to_micros(in.last_report_at));
    out.set_call_end(std::to_underlying(in.call_end));
    out.set_callback_state(std::to_underlying(in.callback.state));
    out.set_callback_due_at(to_micros(in.callback.due_at));
    out.set_callback_attempts(in.callback.attempts);
    out.set_site(in.site);
    out.set_unverified(in.unverified);
}

Intake get(const pb::Intake& in) {
    Intake intake;
    intake.channel = static_cast<Channel>(in.channel());
    intake.proposed = static_cast<std::uint8_t>(in.proposed());
    intake.suggested_types.assign(in.suggested_types().begin(), in.suggested_types().end());
    for (const auto& need : in.needs()) intake.needs.push_back({need.capability(), need.count()});
    intake.callers.assign(in.callers().begin(), in.callers().end());
    intake.last_report_at = from_micros(in.last_report_at());
    intake.call_end = static_cast<CallEnd>(in.call_end());
    intake.callback = {static_cast<CallbackState>(in.callback_state()),
                       from_micros(in.callback_due_at()), in.callback_attempts()};
    intake.site = in.site();
    intake.unverified = in.unverified();
    return intake;
}

}  // namespace liandong::store::codec
