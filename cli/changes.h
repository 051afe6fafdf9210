#pragma once

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace liandong::cli {

/// One line, without its end: time, what it is, what changed since `before` (null: it is new). The
/// time is the latest stamp that the thing carries.
std::string change_line(const intake::v1::Incident* before, const intake::v1::Incident& after);
std::string change_line(const dispatch::v1::Unit* before, const dispatch::v1::Unit& after);
std::string change_line(const dispatch::v1::Order* before, const dispatch::v1::Order& after);
std::string change_line(const publicinfo::v1::Bulletin* before,
                        const publicinfo::v1::Bulletin& after);
std::string change_line(const dispatch::v1::Closure* before, const dispatch::v1::Closure& after);

/// What it is called in a line of the watch.
std::string name_of(const intake::v1::Incident& incident);
std::string name_of(const dispatch::v1::Unit& unit);
std::string name_of(const dispatch::v1::Order& order);
std::string name_of(const publicinfo::v1::Bulletin& bulletin);
std::string name_of(const dispatch::v1::Closure& closure);

/// What a watch holds of one kind. The first snapshot is for a table; whatever comes later gives
/// lines of changes, also a later snapshot (after a restart), which is compared with what was held
/// before.
template <class T> class Tracker {
public:
    using Lines = std::vector<std::string>;

    void begin_snapshot() {
        in_snapshot_ = true;
        stale_ = std::exchange(held_, {});
    }

    Lines upsert(const T& thing) {
        if (in_snapshot_) {
            held_[thing.id()] = thing;
            return {};
        }
        const auto known = held_.find(thing.id());
        const T* before = known == held_.end() ? nullptr : &known->second;
        if (before && before->version() == thing.version()) return {};
        Lines lines{change_line(before, thing)};
        held_[thing.id()] = thing;
        return lines;
    }

    Lines remove(const std::string& id) {
        const auto known = held_.find(id);
        if (known == held_.end()) return {};
        Lines lines{name_of(known->second) + ": left the view"};
        held_.erase(known);
        return lines;
    }

    /// Nothing after the first snapshot: show `held()` then.
    Lines end_snapshot() {
        in_snapshot_ = false;
        if (!std::exchange(has_snapshot_, true)) return {};
        Lines lines;
        for (const auto& [id, thing] : held_) {
            const auto known = stale_.find(id);
            if (known == stale_.end()) {
                lines.push_back(change_line(nullptr, thing));
            } else if (known->second.version() != thing.version()) {
                lines.push_back(change_line(&known->second, thing));
            }
        }
        for (const auto& [id, thing] : stale_) {
            if (!held_.contains(id)) lines.push_back(name_of(thing) + ": left the view");
        }
        stale_.clear();
        return lines;
    }

    bool has_snapshot() const { return has_snapshot_; }

    std::vector<T> held() const {
        std::vector<T> things;
        things.reserve(held_.size());
        for (const auto& [id, thing] : held_) things.push_back(thing);
        return things;
    }

private:
    std::map<std::string, T> held_;
    std::map<std::string, T> stale_;
    bool in_snapshot_ = false;
    bool has_snapshot_ = false;
};

}  // namespace liandong::cli
