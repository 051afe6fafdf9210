#pragma once

#include "common/async/signal.h"
#include "simulator/agents/exercise.h"
#include "simulator/agents/ledger.h"
#include "simulator/agents/open_needs.h"
#include "simulator/agents/task_group.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace liandong::simulator {

inline constexpr int kDispatchAttempts_max = 200;
inline constexpr int kUnitsADispatch_max = 32;

/// The dispatch desk: for each acknowledged report asks for units, sends what is free, asks again
/// when a unit that would do is freed (first those in danger of life, then in order of arrival; at
/// most kDispatchAttempts_max times), and closes the incident when its orders have ended. Learns of
/// freed units and handled incidents from a console, as people do. A repeat of an earlier report is
/// closed as such, without units.
class Dispatcher {
public:
    /// All arguments outlive the dispatcher.
    Dispatcher(Exercise& exercise, Ledger& ledger);

    /// Works on an incident from now on. `report` outlives the dispatcher.
    void take(const ScenarioReport& report, const std::string& incident_id, MonotonicTime intended);
    /// What the desk's console shows.
    void show(const dispatch::v1::WatchBoardResponse& message);
    /// Needs that still wait will not be met: those cases go on without. Also wakes everybody after
    /// the replay stopped.
    void give_up_waiting();

    std::size_t open_cases() const { return work_.running(); }
    /// Wait for a unit to be freed.
    std::size_t waiting_cases() const { return waiting_.size(); }
    Task<void> join() { return work_.join(); }
    /// Until every case is closed, or until `when` or `wake`: whether every case is closed.
    Task<bool> join_until(MonotonicTime when) { return work_.join_until(exercise_.timers, when); }
    void wake() { work_.wake(); }

private:
    struct Case {
        Case(const ScenarioReport& its_report, std::string id, MonotonicTime at, Executor executor)
            : report(its_report),
              incident_id(std::move(id)),
              intended(at),
              needs(its_report.needs),
              wake(executor) {}
        const ScenarioReport& report;
        std::string incident_id;
        MonotonicTime intended;
        OpenNeeds needs;
        Signal wake;
        std::size_t orders = 0;
        bool called = false;
        std::uint64_t sent_seq = 0;       ///< revision of the last dispatch that sent somebody
        std::uint64_t shown_version = 0;  ///< of the incident, as the console last showed it
        bool shown_handled = false;
        /// Handled, and not only because the console does not yet show what was sent last.
        bool is_handled() const { return shown_handled && shown_version > sent_seq; }
    };
    /// Danger of life first, then order of arrival.
    using Turn = std::tuple<bool, std::size_t, Case*>;

    Task<void> work_on(Case& incident);
    Task<void> send_recommended(Case& incident);
    Task<void> send_recorded(Case& incident);
    /// One round: recommendation and dispatch. False when a call failed for good.
    Task<bool> send_round(Case& incident, bool& lost_some);
    Task<Result<dispatch::v1::DispatchUnitsResponse>> dispatch(Case& incident,
                                                               std::vector<std::string> units);
    void note_lost(const Case& incident, const dispatch::v1::LostUnit& lost);
    /// False when nobody will come any more.
    Task<bool> wait_for_unit(Case& incident, std::size_t freed_before);
    Task<void> wait_for_end(Case& incident);
    Task<void> close(Case& incident, intake::v1::Disposition disposition, std::string note);
    void freed(const dispatch::v1::Unit& unit);
    void show_unit(const dispatch::v1::Unit& unit);

    Exercise& exercise_;
    Ledger& ledger_;
    domain::Principal who_;
    std::map<std::string, std::unique_ptr<Case>> cases_;
    std::map<std::string, bool> available_;
    std::vector<dispatch::v1::Unit> freed_;  ///< in order; one for each order that ended
    std::set<Turn> waiting_;
    std::size_t next_turn_ = 0;
    bool gave_up_ = false;
    TaskGroup work_;
};

}  // namespace liandong::simulator
