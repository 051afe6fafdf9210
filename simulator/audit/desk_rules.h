#pragma once

#include "common/domain/desk.h"
#include "common/domain/incident.h"

#include <string>

/// What is wrong with a step, by rules of the auditor's own (D6, D10, D12, D25); empty: nothing.
/// `before` is nullptr when it is new.
namespace liandong::simulator {

/// An incident is never without an owner; a clock that rings has rung once more than before, and
/// later; who has taken an alarm keeps it.
std::string fault_of_step(const domain::Incident* before, const domain::Incident& after);

/// Offered → delivered → accepted | rejected | expired | withdrawn → completed, never back, and
/// what was said stays.
std::string fault_of_step(const domain::Transfer* before, const domain::Transfer& after);

/// Given once, taken by somebody else or withdrawn, once.
std::string fault_of_step(const domain::Handover* before, const domain::Handover& after);

/// Never changed but for who has received it.
std::string fault_of_step(const domain::DutyReport* before, const domain::DutyReport& after);

}  // namespace liandong::simulator
