#pragma once

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "simulator/check/watcher.h"

#include <map>
#include <string>

namespace liandong::simulator {

/// A unit's terminal: at each revision it shows the order that the unit holds, as it stood then.
class TerminalWatcher final : public Watcher {
public:
    /// Both must outlive it.
    TerminalWatcher(Scene& scene, Desk& desk, std::string unit_id)
        : Watcher(scene, desk), unit_id_(std::move(unit_id)) {}

    Task<void> watch() override;
    /// Shows the right order: its revision stands still while nothing concerns the unit.
    bool has_all(store::Revision end) const override;
    std::string name() const override { return "the terminal of " + unit_id_; }

private:
    void take(const dispatch::v1::WatchUnitOrdersResponse& message);
    void take_order(const dispatch::v1::Order& order, bool repeats);
    void judge() const;
    /// The order that it shows; empty: none.
    std::string shown() const { return view_.empty() ? std::string() : view_.begin()->first; }

    std::string unit_id_;
    std::map<std::string, std::string> view_;  ///< order → bytes
};

}  // namespace liandong::simulator
