#pragma once

#include "common/base/check.h"
#include "common/routing/draft.h"
#include "common/routing/road_graph.h"

namespace liandong::fuzz {

/// Whatever a reader accepts must become a file that opens, or be refused with a reason.
inline void build_and_open(Result<routing::Draft> draft) {
    if (!draft) {
        LIANDONG_CHECK(!draft.error().reason.empty());
        return;
    }
    routing::BuildReport report;
    const auto file = routing::build_roads(std::move(*draft), {}, report);
    if (!file) return LIANDONG_CHECK(!file.error().reason.empty());
    LIANDONG_CHECK(routing::RoadGraph::from_bytes(*file).has_value());
}

}  // namespace liandong::fuzz
