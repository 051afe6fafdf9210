#pragma once

#include "liandong/intake/v1/desk.pb.h"

#include <string>
#include <vector>

namespace liandong::cli {

// What desks keep, as `view.h` shows the rest.

std::string alarm_table(const intake::v1::ListAlarmsResponse& response);
std::string duty_table(const intake::v1::GetRosterResponse& response);
std::string transfer_table(const std::vector<intake::v1::Transfer>& transfers);
std::string handover_table(const std::vector<intake::v1::Handover>& handovers);
/// Everything a hand-over carries.
std::string handover_details(const intake::v1::Handover& handover);
std::string duty_report_lines(const std::vector<intake::v1::DutyReport>& reports);

}  // namespace liandong::cli
