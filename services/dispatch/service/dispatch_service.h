#pragma once

#include "common/domain/mutation.h"
#include "common/store/feed.h"
#include "common/store/find.h"
#include "common/store/scope_context.h"
#include "common/store/transact.h"
#include "services/dispatch/policy/import_unit.h"
#include "services/dispatch/policy/recommend.h"
#include "services/dispatch/policy/record_fact.h"
#include "services/dispatch/policy/send_units.h"
#include "services/dispatch/service/closure_board.h"
#include "services/dispatch/service/unit_board.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::dispatch {

inline constexpr std::size_t kUnitsPerImport_max = 200;

struct DispatchWish {
    std::string incident_id;
    std::vector<std::string> unit_ids;  ///< 1–kUnitsPerDispatch_max, distinct (checked at the edge)
    ConflictRule rule = ConflictRule::kSendWhatIsFree;
    std::string note;
    bool accept_unverified = false;  ///< a machine's alarm that nobody has checked (D16)
};

/// Where units are wanted.
struct RecommendWish {
    std::optional<Destination> place;  ///< unset: nobody knows
    std::vector<Need> needs;
    std::size_t alternatives = 0;
};

struct Recommendation {
    Recommended found;
    /// What the candidates' row numbers mean; valid until the next await.
    std::span<const UnitRow> rows;
};

/// How many candidates were recommended on each rung since start.
using RungCounts = std::array<std::uint64_t, kRungs>;

/// Keeps units, recommends them, sends them and follows their orders, in one scope.
class DispatchService {
public:
    /// Both must outlive the service.
    DispatchService(store::ScopeContext& context, TravelModel& model)
        : context_(context), model_(model), board_(context.mirror), closures_(context.mirror) {}

    /// Event "units_imported". Every unit was validated at the edge.
    Task<Result<store::Settled>> import_units(Mutation mutation, std::vector<ImportedUnit> units);

    /// NOT_FOUND / UNIT_UNKNOWN and the refusals of `domain::set_status`. Event "unit_status_set".
    Task<Result<store::Settled>> set_status(Mutation mutation, std::string unit_id,
                                            domain::UnitStatus status,
                                            std::optional<domain::Point> position);

    /// One commit. NOT_FOUND / INCIDENT_UNKNOWN, UNIT_UNKNOWN (field "unit_ids[i]") and the
    /// refusals of `send_units`. Event "units_dispatched".
    Task<Result<store::Settled>> dispatch(Mutation mutation, DispatchWish wish);

    /// One commit moves order, incident and unit. NOT_FOUND / ORDER_UNKNOWN; PERMISSION_DENIED /
    /// NOT_THE_UNITS_ORDER for another unit's terminal, NOT_THE_AGENCYS_UNIT for another agency's
    /// gateway; for cancelling, a command, FAILED_PRECONDITION / ORDER_ENDED. Event "order_<fact>".
    Task<Result<store::Settled>> record(Mutation mutation, FactReport report);

    /// Zero round trips; the same state gives the same answer.
    Recommendation recommend(const RecommendWish& wish);
    const RungCounts& rung_counts() const { return rung_counts_; }

    /// `closure` as a desk entered it (checked at the edge); no `begins_at` is now.
    /// RESOURCE_EXHAUSTED / TOO_MANY_CLOSURES and the refusals of `check_closure`. Event
    /// "road_closed".
    Task<Result<store::Settled>> close_road(Mutation mutation, domain::Closure closure);
    /// NOT_FOUND / CLOSURE_UNKNOWN and the refusals of `lift`. Event "road_reopened".
    Task<Result<store::Settled>> reopen_road(Mutation mutation, std::string closure_id,
                                             std::string reason);
    /// What it does on the map of this process.
    ClosureEffect effect_of(const domain::Closure& closure);

    /// See `UnitBoard::note_position`.
    bool note_position(std::string_view unit_id, domain::Point position, Timestamp fixed_at,
                       std::optional<double> heading_degrees) {
        return board_.note_position(unit_id, position, fixed_at, heading_degrees);
    }

    /// One unit, order or incident. See `store::find`.
    template <class T> Task<Result<store::Found<T>>> find(std::string id, MonotonicTime deadline) {
        return store::find<T>(context_, std::move(id), deadline);
    }

    store::ScopeContext& context() { return context_; }

private:
    store::ScopeContext& context_;
    TravelModel& model_;
    UnitBoard board_;
    ClosureBoard closures_;
    RungCounts rung_counts_{};
};

}  // namespace liandong::dispatch
