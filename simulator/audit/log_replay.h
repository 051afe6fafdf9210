#pragma once

#include "common/domain/entity.h"
#include "common/store/memory_store.h"

#include "simulator/audit/report_ledger.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// Rebuilds a scope's state from its event log alone and judges it event by event, by rules of its
/// own (architecture, invariants 1 to 4): numbers without gaps, each request id once; units, orders
/// and incidents agree after every event; no unit holds two exclusive orders nor one that it was
/// not given; an order's record only grows and its end is final; nobody's numbers repeat; a
/// closure is lifted at most once; a bulletin goes out once, in the words in which somebody else
/// than its author approved it (invariant 5), and says that it is of an exercise (checks play in
/// exercises).
class LogReplay {
public:
    /// The next event.
    void apply(const store::LogEntry& entry);
    /// Every event of the state's log that was not applied yet.
    void catch_up(const store::MemoryState& state);
    /// Catches up, then adds a fault unless values and indexes are those of the state, bit for bit.
    void compare(const store::MemoryState& state);

    /// Sentences about what was wrong; empty when all is well. At most kFaults_max are kept.
    const std::vector<std::string>& faults() const { return faults_; }
    std::uint64_t events() const { return seq_; }
    /// Event kind → how many.
    const std::map<std::string, std::uint64_t>& kinds() const { return kinds_; }
    const std::map<store::Key, store::StoredValue>& values() const { return values_; }
    const std::map<store::Key, domain::Entity>& entities() const { return entities_; }
    /// The event that created this; 0: there is none.
    std::uint64_t first_seq_of(const store::Key& key) const {
        const auto found = created_.find(key);
        return found == created_.end() ? 0 : found->second;
    }
    /// The event that carries this request, "<agency>/<request id>"; 0: none.
    std::uint64_t seq_of(const std::string& request) const {
        const auto found = requests_.find(request);
        return found == requests_.end() ? 0 : found->second.seq;
    }
    /// Who did it, as the event says; empty: there is none.
    std::string actor_of(const std::string& request) const {
        const auto found = requests_.find(request);
        return found == requests_.end() ? std::string() : found->second.actor;
    }
    /// nullptr: there is none. Valid until the next event.
    const domain::Bulletin* bulletin(const std::string& id) const;
    /// The event that last wrote this bulletin; 0: there is none.
    std::uint64_t version_of(const std::string& bulletin_id) const {
        const auto found = values_.find({domain::Kind::kBulletin, bulletin_id});
        return found == values_.end() ? 0 : found->second.version;
    }

private:
    static constexpr std::size_t kFaults_max = 20;

    void fault(std::string sentence);
    void take(const store::Write& write, std::string_view event_kind);
    void index(const store::Key& key, const domain::Entity& entity);
    void judge(const domain::Report& report);
    void judge(const domain::Incident& incident);
    void judge(const domain::Unit& unit);
    void judge(const domain::Order& order);
    void judge(const domain::Bulletin& bulletin);
    void judge(const auto&) {}
    void judge_history(const domain::Order& before, const domain::Order& after);
    template <class T> const T* find(std::string_view id) const;

    std::uint64_t seq_ = 0;
    std::map<store::Key, store::StoredValue> values_;
    std::map<store::Key, domain::Entity> entities_;
    std::map<store::Key, std::uint64_t> created_;
    std::map<store::Key, std::vector<store::IndexEntry>> entries_;
    std::map<std::string, std::set<std::string>> indexes_;
    std::map<std::string, std::set<std::string>> open_orders_;  ///< unit → exclusive ones
    struct Done {
        std::uint64_t seq = 0;
        std::string actor;
    };
    std::map<std::string, Done> requests_;
    std::map<std::pair<std::string, std::int64_t>, std::string> numbers_;
    std::map<std::string, std::uint64_t> kinds_;
    ReportLedger ledger_;
    std::vector<std::string> faults_;
};

/// The log as bytes: two logs are the same exactly when these are.
std::string log_bytes(const std::vector<store::LogEntry>& log);

}  // namespace liandong::simulator
