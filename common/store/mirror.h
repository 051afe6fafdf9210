#pragma once

#include "common/async/signal.h"
#include "common/store/store.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace liandong::store {

/// A value and its version, as a mirror holds it. Values are immutable: a watcher may keep one
/// while the mirror moves on.
template <class T> struct Versioned {
    std::uint64_t version = 0;
    std::uint32_t schema = 0;
    std::shared_ptr<const T> value;
};

/// What is kept behind the end of an entity, in world time.
inline constexpr std::chrono::hours kMirrorKeepsEnded{72};

/// What one process knows of one scope: everything open and what ended within 72 h of the newest
/// event. Fed by one `MirrorLoader`; read by handlers and watchers without a round trip. It may lag
/// behind the store, so it may cost a retry, and may never say "no" (transact.h). On one
/// io_context.
class Mirror {
public:
    template <class T> using Table = std::map<std::string, Versioned<T>, std::less<>>;

    /// False until the first load is complete, and again while it starts over.
    bool is_ready() const { return ready_; }
    Revision revision() const { return revision_; }

    /// nullptr when the mirror has none. Valid until the next `apply`.
    template <class T> const Versioned<T>* find(std::string_view id) const {
        const auto& table = this->table<T>();
        const auto found = table.find(id);
        return found == table.end() ? nullptr : &found->second;
    }
    /// In id order.
    template <class T> const Table<T>& table() const { return std::get<Table<T>>(tables_); }

    /// What changed behind `after`: each key once. nullopt when that can no longer be told (another
    /// epoch, older than what is kept): the watcher starts over from a snapshot. Bound: as many
    /// keys as the mirror holds.
    std::optional<std::vector<Key>> changes_since(Revision after) const;

    /// Somebody who is woken when there is news: of everything, or of `select`ed keys alone.
    class Subscription {
    public:
        explicit Subscription(Signal& signal) : signal_(signal) {}
        /// The seq before the first event that concerned it since the last call; nullopt: none did,
        /// or it has selected nothing.
        std::optional<std::uint64_t> take_quiet_until() { return std::exchange(quiet_until_, {}); }

    private:
        friend class Mirror;
        Signal& signal_;
        bool is_selective_ = false;
        std::vector<Key> keys_;
        std::optional<std::uint64_t> quiet_until_;
    };

    /// Wakes it after every change until `unsubscribe`; with `select`, only after events that write
    /// one of `keys`, and when the view starts over (loaded anew, another epoch). Bound: one
    /// wake-up a change and subscriber. Woken in the order of keys and subscriptions, so that
    /// nothing observable hangs on where a signal lies in memory.
    void subscribe(Subscription& subscription) { subscribers_.push_back(&subscription); }
    void unsubscribe(Subscription& subscription);
    void select(Subscription& subscription, std::vector<Key> keys);

    // ---- for transact ----
    /// How often it was emptied: what was decided on one filling is not applied to another.
    std::uint64_t filling() const { return filling_; }
    /// Event `seq` as the process that committed it knows it, before the log brings it; left to the
    /// log unless it is the next one and the mirror is ready. `writes` are what was stored, serials
    /// included.
    void apply_own(std::uint64_t seq, Timestamp recorded_at, std::vector<domain::Entity> writes);

    // ---- for the loader ----
    /// What it holds is not to be relied on any more: `is_ready` is false until `finish_load`.
    void invalidate() { ready_ = false; }
    /// Empties it; `is_ready` is false until `finish_load`.
    void begin_load(std::uint64_t seq);
    /// One value read while loading. Newer ones win. INTERNAL / STORE_CORRUPT.
    Status load(const Key& key, const StoredValue& value);
    /// `ended_left_out`: there are entities that ended longer ago than what was loaded.
    void finish_load(bool ended_left_out);
    /// The next event. Writes whose version is not newer than the value held are skipped. INTERNAL
    /// / STORE_CORRUPT; ABORTED / LOG_GAP when it is not the next one.
    Status apply(const LogEntry& entry);

private:
    struct Change {
        std::uint64_t seq;
        Key key;
    };
    static constexpr std::size_t kChanges_max = 65'536;

    Status put(const Key& key, std::uint64_t version, std::string_view bytes);
    void put(const Key& key, std::uint64_t version, std::uint32_t schema, domain::Entity entity);
    void note_change(std::uint64_t seq, const Key& key);
    /// The event is applied: moves on to it and tells whoever it concerns.
    void finish_event(std::uint64_t seq, Timestamp recorded_at, std::uint64_t epoch_before);
    void evict(Timestamp now);
    void wake_all();
    void wake_for(std::uint64_t seq);
    void forget_keys(Subscription& subscription);

    template <class... Ts> static std::tuple<Table<Ts>...> tables_of(std::variant<Ts...>*);
    decltype(tables_of(static_cast<domain::Entity*>(nullptr))) tables_;

    bool ready_ = false;
    std::uint64_t filling_ = 0;
    Revision revision_{1, 0};
    std::uint64_t floor_ = 0;     ///< removals at or below this seq may be forgotten
    std::deque<Change> changes_;  ///< the newest changes, in order; complete above `changes_from_`
    std::uint64_t changes_from_ = 0;
    std::set<std::pair<Timestamp, Key>> ended_;
    std::vector<Subscription*> subscribers_;             ///< all of them
    std::multimap<Key, Subscription*> subscribed_keys_;  ///< of the selective ones
};

}  // namespace liandong::store
