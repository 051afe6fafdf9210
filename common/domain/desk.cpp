#include "common/domain/desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace liandong::domain {

std::string_view to_string(TransferKind kind) {
    constexpr std::string_view kNames[] = {"UNSPECIFIED", "AGENCY",    "UPWARD",
                                           "DOWNWARD",    "DIRECTIVE", "REFERRAL"};
    static_assert(std::size(kNames) == kTransferKinds);
    return kNames[std::to_underlying(kind)];
}

std::string_view to_string(TransferState state) {
    constexpr std::string_view kNames[] = {"OFFERED", "DELIVERED", "ACCEPTED", "REJECTED",
                                           "EXPIRED", "WITHDRAWN", "COMPLETED"};
    return kNames[std::to_underlying(state)];
}

std::string_view to_string(DutyReportStage stage) {
    constexpr std::string_view kNames[] = {"UNSPECIFIED", "FIRST", "FOLLOW_UP", "FINAL"};
    return kNames[std::to_underlying(stage)];
}

bool is_open(TransferState state) { return state <= TransferState::kAccepted; }

Timestamp ended_at(const Roster& roster) {
    Timestamp last;
    for (const DutyShift& shift : roster.shifts) last = std::max(last, shift.to);
    return last;
}

Timestamp ended_at(const Transfer& transfer) {
    if (is_open(transfer.state)) return {};
    return is_set(transfer.completed_at) ? transfer.completed_at : transfer.answered_at;
}

Timestamp ended_at(const Handover& handover) {
    return is_set(handover.taken_at) ? handover.taken_at : handover.withdrawn_at;
}

std::string duty_report_id(std::string_view incident_id, std::int32_t number) {
    return fmt::format("{}-d{:02}", incident_id, number);
}

}  // namespace liandong::domain
