#pragma once

#include "common/base/error.h"
#include "simulator/report/histogram.h"
#include "simulator/report/stage.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace liandong::simulator {

/// Things that are counted. Keys of report.json; see `kCounterNames`.
enum class Counter : std::uint8_t {
    kReportsPlanned,
    kReportsSent,
    kReportsAcknowledged,
    kReportsDropped,    ///< not sent: too many in flight
    kReportsCorrected,  ///< acknowledged with corrections (D1)
    kDispatches,
    kOrdersAcknowledged,
    kOrdersDelivered,
    kOrdersCleared,
    kOrdersUnexpected,  ///< on a terminal, but nobody had sent them
    kMessagesRepeated,  ///< the same version of an order twice on a stream
    kFactsSent,
    kFactsLate,      ///< kept, but they moved nothing (D3)
    kUnitsLost,      ///< named in a dispatch, not free any more
    kNeedsUnfilled,  ///< units asked for that never came
    kIncidentsClosed,
    kIncidentsUnresolved,  ///< not closed when the replay ended
    kBulletinsPublished,
    kResends,          ///< calls repeated with the same request id after an unknown outcome
    kOutcomesUnknown,  ///< still unknown after all resends
    kStreamsResumed,
    kVerifiedReports,  ///< acknowledged and found afterwards
    kMissingReports,   ///< acknowledged and not found afterwards
    kVerifiedOrders,
    kMissingOrders,
};
inline constexpr std::array<std::string_view, 25> kCounterNames = {"reports_planned",
                                                                   "reports_sent",
                                                                   "reports_acknowledged",
                                                                   "reports_dropped",
                                                                   "reports_corrected",
                                                                   "dispatches",
                                                                   "orders_acknowledged",
                                                                   "orders_delivered",
                                                                   "orders_cleared",
                                                                   "orders_unexpected",
                                                                   "messages_repeated",
                                                                   "facts_sent",
                                                                   "facts_late",
                                                                   "units_lost",
                                                                   "needs_unfilled",
                                                                   "incidents_closed",
                                                                   "incidents_unresolved",
                                                                   "bulletins_published",
                                                                   "resends",
                                                                   "outcomes_unknown",
                                                                   "streams_resumed",
                                                                   "verified_reports",
                                                                   "missing_reports",
                                                                   "verified_orders",
                                                                   "missing_orders"};

inline constexpr std::size_t kListed_max = 200;

/// What a replay measured and counted. On one io_context.
class Record {
public:
    void took(Stage stage, Duration wall) { stages_[static_cast<std::size_t>(stage)].add(wall); }
    /// `recorded`: what the source's own record says, shown beside what was replayed.
    void lasted(WorldSpan span, Duration world) {
        world_[static_cast<std::size_t>(span)].push_back(world);
    }
    void lasted_in_source(WorldSpan span, Duration world) {
        source_[static_cast<std::size_t>(span)].push_back(world);
    }
    void count(Counter counter, std::uint64_t by = 1) {
        counters_[static_cast<std::size_t>(counter)] += by;
    }
    /// A call that was refused for good.
    void refused(std::string_view call, const Error& error);
    /// A call that is sent again: its outcome was unknown, or the platform was busy.
    void resent(std::string_view call, const Error& error);
    /// A unit that a dispatch named and did not get; the first kListed_max are listed.
    void unit_lost(std::string_view reason, std::string line);

    const Histogram& stage(Stage stage) const { return stages_[static_cast<std::size_t>(stage)]; }
    const std::vector<Duration>& world(WorldSpan span) const {
        return world_[static_cast<std::size_t>(span)];
    }
    const std::vector<Duration>& source(WorldSpan span) const {
        return source_[static_cast<std::size_t>(span)];
    }
    std::uint64_t counter(Counter counter) const {
        return counters_[static_cast<std::size_t>(counter)];
    }
    /// "ReportIncident RESOURCE_EXHAUSTED/STORE_BUSY" → count.
    const std::map<std::string, std::uint64_t>& refusals() const { return refusals_; }
    const std::map<std::string, std::uint64_t>& resends() const { return resends_; }
    const std::map<std::string, std::uint64_t>& lost_by_reason() const { return lost_by_reason_; }
    const std::vector<std::string>& lost_units() const { return lost_units_; }

private:
    std::array<Histogram, kStages> stages_;
    std::array<std::vector<Duration>, kWorldSpans> world_;
    std::array<std::vector<Duration>, kWorldSpans> source_;
    std::array<std::uint64_t, kCounterNames.size()> counters_{};
    std::map<std::string, std::uint64_t> refusals_;
    std::map<std::string, std::uint64_t> resends_;
    std::map<std::string, std::uint64_t> lost_by_reason_;
    std::vector<std::string> lost_units_;
};

}  // namespace liandong::simulator
