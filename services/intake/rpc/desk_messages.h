#pragma once

#include "common/base/error.h"
#include "common/domain/desk.h"
#include "liandong/intake/v1/desk.pb.h"
#include "services/intake/service/desk_service.h"

#include <string_view>

/// Messages of DeskService ↔ values. Nothing is decided here. The errors name the field:
/// INVALID_ARGUMENT / ENUM_UNKNOWN, TEXT_TOO_LONG, NOT_UTF8, TEXT_REQUIRED, TOO_MANY, ID_MALFORMED,
/// AGENCY_MALFORMED, NUMBER_OUT_OF_RANGE.
namespace liandong::intake {

namespace pb = liandong::intake::v1;

pb::Transfer message_of(const domain::Transfer& transfer, std::uint64_t version);
pb::Handover message_of(const domain::Handover& handover, std::uint64_t version);
pb::DutyReport message_of(const domain::DutyReport& report);
pb::DutyShift message_of(const domain::DutyShift& shift);
pb::ClockSuspension message_of(const domain::ClockSuspension& suspension);

/// As much of an incident as a tier shows: the one place that leaves things out.
void redact(pb::Incident& incident, domain::SharingTier tier);

Result<domain::ClockKind> read_clock_kind(int value);
Result<domain::ClockSuspension> read_suspension(const pb::SuspendClocksRequest& in);
Result<domain::Roster> read_roster(const pb::PutRosterRequest& in);
Result<Offer> read_offer(const pb::OfferTransferRequest& in);
Result<Leaving> read_leaving(const pb::GiveHandoverRequest& in);
Result<DutyDraft> read_duty_draft(const pb::SendDutyReportRequest& in);

}  // namespace liandong::intake
