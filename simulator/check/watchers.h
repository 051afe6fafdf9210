#pragma once

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "simulator/agents/task_group.h"
#include "simulator/audit/auditor.h"
#include "simulator/check/mutant.h"
#include "simulator/check/trouble.h"
#include "simulator/virtual/virtual_world.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace liandong::simulator {

/// What watchers share with each other.
struct Watching {
    VirtualWorld& world;
    Auditor& auditor;
    Mistake& mistake;
    Troubles troubles;
    bool healed = false;  ///< nobody freezes or hangs up any more
    bool over = false;    ///< watchers leave
};

/// A console of the whole district that holds a board stream, loses it and resumes it elsewhere,
/// and may stop reading. After each message its view is held against the log: nothing missing,
/// nothing twice, in order.
class BoardWatcher {
public:
    BoardWatcher(Watching& watching, SeededRandom random) : watching_(watching), random_(random) {}

    /// Until the check is over.
    Task<void> watch();
    /// The revision that the view is of.
    store::Revision revision() const { return told_; }
    /// The stream hangs up at the next message or at once.
    void leave() { gone_.cancel(); }

private:
    void take(const dispatch::v1::WatchBoardResponse& message);
    void take_value(const store::Key& key, std::uint64_t version);
    void judge(std::uint64_t from);

    Watching& watching_;
    SeededRandom random_;
    Cancellation gone_;
    std::map<store::Key, std::uint64_t> view_;  ///< key → version
    store::Revision told_;
    bool snapshot_ = true;  ///< the view is being told from the start
};

/// A unit's terminal, in the same way: at each revision it shows the order that the unit holds.
class TerminalWatcher {
public:
    TerminalWatcher(Watching& watching, SeededRandom random, std::string unit_id)
        : watching_(watching), random_(random), unit_id_(std::move(unit_id)) {}

    Task<void> watch();
    store::Revision revision() const { return told_; }
    void leave() { gone_.cancel(); }

private:
    void take(const dispatch::v1::WatchUnitOrdersResponse& message);

    Watching& watching_;
    SeededRandom random_;
    std::string unit_id_;
    Cancellation gone_;
    std::map<std::string, std::string> view_;  ///< order → bytes
    store::Revision told_;
};

}  // namespace liandong::simulator
