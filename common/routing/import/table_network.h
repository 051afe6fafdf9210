#pragma once

#include "common/routing/draft.h"

#include <string>
#include <string_view>

namespace liandong::routing {

/// Roads as two tables (docs/roads.md, "Tables"):
///   nodes: node, lon, lat
///   edges: from_node, to_node; and if there: line ("lon lat;lon lat;…"), length_m, street,
///   class_code
///          (1 freeway … 5 residential, 6 ramp, else other), layer, oneway (yes, -1).
/// Edges whose layer begins with "Streets_Pedestri" are for feet. Errors of TableReader.
Result<Draft> read_edge_tables(std::string_view edges, std::string_view nodes);

/// The road tables of JEMSS (Ridler, Mason, Raith 2022): nodes.csv and arcs.csv, whose times are in
/// days, mode 1 with lights and sirens and mode 2 without, and whose distances are in km. Two arcs
/// between the same nodes, one each way, of the same distance are one road.
Result<Draft> read_jemss_tables(std::string_view arcs, std::string_view nodes);

/// arcs.csv or nodes.csv of a folder, or of a .zip. NOT_FOUND / ROAD_TABLE_UNREADABLE;
/// ROAD_TABLE_BROKEN.
Result<std::string> read_jemss_file(const std::string& folder_or_zip, const std::string& name);

}  // namespace liandong::routing
