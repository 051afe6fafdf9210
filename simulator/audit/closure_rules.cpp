#include "simulator/audit/closure_rules.h"

namespace liandong::simulator {

using domain::Closure;

namespace {

std::string fault_of_new(const Closure& closure) {
    if (is_set(closure.lifted_at)) return "was lifted when it was entered";
    if (closure.author.empty() || closure.agency.empty()) return "was entered by nobody";
    if (closure.stops == 0) return "stops nobody";
    if (closure.expires_at <= closure.begins_at || closure.expires_at <= closure.recorded_at)
        return "was over when it was entered";
    return {};
}

}  // namespace

std::string fault_of_step(const Closure* before, const Closure& after) {
    if (!before) return fault_of_new(after);
    if (is_set(before->lifted_at)) return "was written after it was lifted";
    if (!is_set(after.lifted_at)) return "was written again and not lifted";
    if (after.lifted_by.empty()) return "was lifted by nobody";
    if (after.lifted_at < before->recorded_at) return "was lifted before it was entered";
    if (after.lifted_at >= before->expires_at) return "was lifted after its end";
    Closure as_before = after;
    as_before.lifted_at = {};
    as_before.lifted_by.clear();
    as_before.lift_reason.clear();
    return as_before == *before ? "" : "was changed by lifting it";
}

}  // namespace liandong::simulator
