#pragma once

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

#include <string>
#include <vector>

namespace liandong::cli {

// How things are shown to people: ended lines, times in China's time, words in Chinese and English.

std::string incident_table(const std::vector<intake::v1::Incident>& incidents);
std::string incident_details(const intake::v1::GetIncidentResponse& response);
/// What happened, a line each, ready for a printer.
std::string timeline_lines(const intake::v1::GetTimelineResponse& response);
std::string count_tables(const intake::v1::CountIncidentsResponse& response);
std::string report_receipt(const intake::v1::ReportIncidentResponse& response);

std::string unit_table(const std::vector<dispatch::v1::Unit>& units);
std::string recommendation(const dispatch::v1::RecommendUnitsRequest& request,
                           const dispatch::v1::RecommendUnitsResponse& response);
/// Orders sent, units lost and who holds them (D4).
std::string dispatch_receipt(const dispatch::v1::DispatchUnitsResponse& response);

/// Closures, and what each does on the server's map.
std::string closure_table(const std::vector<dispatch::v1::Closure>& closures);

std::string order_table(const std::vector<dispatch::v1::Order>& orders);
/// With every entry of its record; skipped milestones are shown as missing (D3).
std::string order_details(const dispatch::v1::Order& order);

std::string bulletin_table(const std::vector<publicinfo::v1::Bulletin>& bulletins);
/// Everything that goes out, and the hash that an approval must repeat.
std::string bulletin_details(const publicinfo::v1::Bulletin& bulletin);

/// The first characters of an id, enough to be named by.
std::string short_id(const std::string& id);

}  // namespace liandong::cli
