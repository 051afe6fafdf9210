#pragma once

#include "common/domain/incident.h"
#include "common/domain/note.h"
#include "common/domain/order.h"

#include <string>
#include <vector>

namespace liandong::intake {

/// One line of what happened about an incident.
struct TimelineLine {
    Timestamp occurred_at;
    Timestamp recorded_at;
    std::string kind;  ///< "REPORT"; "ORDER_SENT", "ORDER_SIGNED" …; the name of a note's kind
    std::string actor;
    std::string agency;
    std::string on_behalf_of;
    std::string text;
    std::string reason;
    std::string source_id;  ///< report or order; empty for notes
    domain::Note note;      ///< of notes; else `number` is 0
};

/// Everything that is kept about one incident in one list: by when it happened, then by when it was
/// recorded, then notes by number. Pure; the three lists may come in any order.
std::vector<TimelineLine> timeline(const std::vector<domain::Report>& reports,
                                   const std::vector<domain::Order>& orders,
                                   const std::vector<domain::Note>& notes);

}  // namespace liandong::intake
