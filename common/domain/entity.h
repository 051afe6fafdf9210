#pragma once

#include "common/domain/bulletin.h"
#include "common/domain/closure.h"
#include "common/domain/desk.h"
#include "common/domain/incident.h"
#include "common/domain/note.h"
#include "common/domain/order.h"
#include "common/domain/unit.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace liandong::domain {

/// The scope's own clock, so that a restarted process tells the same world time
/// (`WorldClock::Setting`).
struct WorldSetting {
    Timestamp epoch;
    Timestamp anchor;
    std::int64_t rate_millionths = 1'000'000;

    friend bool operator==(const WorldSetting&, const WorldSetting&) = default;
};

/// The log's epoch: raised by a commit when a process sees another Redis master (`master_replid`),
/// because after a failover `seq` can go back. Numbers rise within a log, and no two logs share one
/// (`store::settle_epoch`).
struct Epoch {
    std::int64_t number = 1;
    std::string master_replid;

    friend bool operator==(const Epoch&, const Epoch&) = default;
};

/// Everything that is stored. They belong to the district, not to a service. Each ≤ 16 KiB as
/// stored.
using Entity = std::variant<Report, Incident, Unit, Order, Bulletin, WorldSetting, Epoch, Note,
                            Closure, Transfer, Handover, Roster, DeskSetting, DutyReport>;

/// In the order of `Entity`'s alternatives.
enum class Kind : std::uint8_t {
    kReport,
    kIncident,
    kUnit,
    kOrder,
    kBulletin,
    kWorldSetting,
    kEpoch,
    kNote,
    kClosure,
    kTransfer,
    kHandover,
    kRoster,
    kDeskSetting,
    kDutyReport,
};
inline constexpr std::size_t kKinds = std::variant_size_v<Entity>;

/// "report", "incident" …: the words in keys and events.
std::string_view to_string(Kind kind);

/// Names one entity of a scope. Ids are unique within a kind; WorldSetting, Epoch and DeskSetting
/// have the id "1".
struct Key {
    Kind kind = Kind::kReport;
    std::string id;

    friend auto operator<=>(const Key&, const Key&) = default;
};

template <class T>
inline constexpr Kind kKindOf = [] {
    constexpr bool kSame[] = {std::is_same_v<T, Report>,      std::is_same_v<T, Incident>,
                              std::is_same_v<T, Unit>,        std::is_same_v<T, Order>,
                              std::is_same_v<T, Bulletin>,    std::is_same_v<T, WorldSetting>,
                              std::is_same_v<T, Epoch>,       std::is_same_v<T, Note>,
                              std::is_same_v<T, Closure>,     std::is_same_v<T, Transfer>,
                              std::is_same_v<T, Handover>,    std::is_same_v<T, Roster>,
                              std::is_same_v<T, DeskSetting>, std::is_same_v<T, DutyReport>};
    for (std::size_t i = 0; i < kKinds; ++i) {
        if (kSame[i]) return static_cast<Kind>(i);
    }
    throw "not an entity";
}();

template <class T> Key key_of(std::string_view id) { return Key{kKindOf<T>, std::string(id)}; }
Key key_of(const Entity& entity);

/// One place in an index: sorted by member within it.
struct IndexEntry {
    std::string index;
    std::string member;

    friend auto operator<=>(const IndexEntry&, const IndexEntry&) = default;
};

/// The kinds that indexes list and mirrors hold.
inline constexpr Kind kIndexed[] = {Kind::kUnit,     Kind::kIncident, Kind::kOrder,
                                    Kind::kBulletin, Kind::kClosure,  Kind::kTransfer,
                                    Kind::kHandover, Kind::kRoster,   Kind::kDeskSetting};

/// What mirrors do not hold: it is read by key, through its incident, and nobody watches it.
inline bool is_mirrored(Kind kind) {
    return kind != Kind::kReport && kind != Kind::kNote && kind != Kind::kDutyReport;
}

/// What ends by the clock, without an event: the order of ends tells nothing about that of events.
inline bool ends_by_itself(Kind kind) { return kind == Kind::kClosure || kind == Kind::kRoster; }

/// Index names: "open.<kind>" with the id as member holds what is open (units and bulletins: all);
/// "ended.<kind>" with "<16-digit microseconds>:<id>" what has ended, by time. Together they let a
/// mirror load what it keeps: everything open and what ended within 72 h. And `linked_index`.
std::string open_index(Kind kind);
std::string ended_index(Kind kind);
std::string ended_member(Timestamp ended_at, std::string_view id);

/// The entries an entity belongs to: a pure function of its value, so that the commit can derive
/// index changes and the auditor can check them. Reports and notes have none.
std::vector<IndexEntry> index_entries(const Entity& entity);

/// When the entity ended (closed, cleared …), or unset while it is open. A closure or
/// a roster says when it will end, so it stands among the ended ones from the beginning and leaves
/// by itself.
Timestamp ended_at(const Entity& entity);

}  // namespace liandong::domain
