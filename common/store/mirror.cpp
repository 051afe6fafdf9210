#include "common/store/mirror.h"

#include "common/base/check.h"
#include "common/store/codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::store {

using domain::Entity;
using domain::Kind;

std::optional<std::vector<Key>> Mirror::changes_since(Revision after) const {
    if (after.epoch != revision_.epoch || after.seq > revision_.seq || after.seq < floor_)
        return std::nullopt;
    std::set<Key> keys;
    if (after.seq >= changes_from_) {
        const auto first = std::upper_bound(
            changes_.begin(), changes_.end(), after.seq,
            [](std::uint64_t seq, const Change& change) { return seq < change.seq; });
        for (auto change = first; change != changes_.end(); ++change) keys.insert(change->key);
    } else {
        // Older than the list of changes: the versions themselves tell.
        std::apply(
            [&]<class... Ts>(const Table<Ts>&... tables) {
                (
                    [&] {
                        for (const auto& [id, value] : tables) {
                            if (value.version > after.seq)
                                keys.insert(Key{domain::kKindOf<Ts>, id});
                        }
                    }(),
                    ...);
            },
            tables_);
    }
    return std::vector<Key>(keys.begin(), keys.end());
}

void Mirror::begin_load(std::uint64_t seq) {
    std::apply([](auto&... tables) { (tables.clear(), ...); }, tables_);
    ended_.clear();
    changes_.clear();
    ready_ = false;
    ++filling_;
    revision_ = Revision{1, seq};
    changes_from_ = seq;
    floor_ = 0;
}

Status Mirror::load(const Key& key, const StoredValue& value) {
    if (value.version == 0) return {};
    return put(key, value.version, value.bytes);
}

void Mirror::finish_load(bool ended_left_out) {
    // What ended earlier than everything loaded ended at a lower seq than the lowest of those: a
    // watcher that has seen that much has seen those removals too.
    if (ended_left_out) {
        const std::uint64_t evicted_meanwhile = std::exchange(floor_, revision_.seq);
        std::apply(
            [&]<class... Ts>(const Table<Ts>&... tables) {
                (
                    [&] {
                        if (domain::ends_by_itself(domain::kKindOf<Ts>)) return;
                        for (const auto& [id, value] : tables) {
                            if (is_set(domain::ended_at(*value.value)))
                                floor_ = std::min(floor_, value.version);
                        }
                    }(),
                    ...);
            },
            tables_);
        floor_ = std::max(floor_, evicted_meanwhile);
    }
    ready_ = true;
    wake_all();
}

Status Mirror::apply(const LogEntry& entry) {
    if (entry.seq <= revision_.seq) return {};
    if (entry.seq != revision_.seq + 1) {
        return fail(Code::kAborted, "LOG_GAP",
                    fmt::format("event {} follows {}", entry.seq, revision_.seq));
    }
    const std::uint64_t epoch_before = revision_.epoch;
    for (const Write& write : entry.writes) {
        if (!domain::is_mirrored(write.key.kind)) continue;
        if (auto status = put(write.key, entry.seq, write.bytes); !status) return status;
        note_change(entry.seq, write.key);
    }
    const auto header = decode_event_header(entry.header);
    if (!header) return fail(header.error());
    finish_event(entry.seq, header->recorded_at, epoch_before);
    return {};
}

void Mirror::apply_own(std::uint64_t seq, Timestamp recorded_at, std::vector<Entity> writes) {
    if (!ready_ || seq != revision_.seq + 1) return;
    const std::uint64_t epoch_before = revision_.epoch;
    for (Entity& entity : writes) {
        const Key key = domain::key_of(entity);
        if (!domain::is_mirrored(key.kind)) continue;
        put(key, seq, kSchema, std::move(entity));
        note_change(seq, key);
    }
    finish_event(seq, recorded_at, epoch_before);
}

void Mirror::note_change(std::uint64_t seq, const Key& key) {
    changes_.push_back({seq, key});
    if (changes_.size() <= kChanges_max) return;
    changes_from_ = changes_.front().seq;
    changes_.pop_front();
}

void Mirror::finish_event(std::uint64_t seq, Timestamp recorded_at, std::uint64_t epoch_before) {
    revision_.seq = seq;
    evict(recorded_at);
    if (revision_.epoch == epoch_before) {
        wake_for(seq);
    } else {
        wake_all();
    }
}

Status Mirror::put(const Key& key, std::uint64_t version, std::string_view bytes) {
    if (!domain::is_mirrored(key.kind)) return {};
    auto decoded = decode(key.kind, bytes);
    if (!decoded) return fail(std::move(decoded.error()));
    put(key, version, decoded->schema, std::move(decoded->entity));
    return {};
}

void Mirror::put(const Key& key, std::uint64_t version, std::uint32_t schema, Entity entity) {
    std::visit(
        [&]<class T>(T& value) {
            Versioned<T>& slot = std::get<Table<T>>(tables_)[key.id];
            if (slot.version >= version) return;
            if (slot.value) ended_.erase({domain::ended_at(*slot.value), key});
            slot = Versioned<T>{version, schema, std::make_shared<const T>(std::move(value))};
            if (const Timestamp ended = domain::ended_at(*slot.value); is_set(ended))
                ended_.emplace(ended, key);
        },
        entity);
    if (key.kind == Kind::kEpoch) {
        revision_.epoch = static_cast<std::uint64_t>(find<domain::Epoch>(key.id)->value->number);
    }
}

void Mirror::evict(Timestamp now) {
    while (!ended_.empty() && ended_.begin()->first < now - kMirrorKeepsEnded) {
        const Key key = ended_.begin()->second;
        ended_.erase(ended_.begin());
        std::apply(
            [&]<class... Ts>(Table<Ts>&... tables) {
                (
                    [&] {
                        if (domain::kKindOf<Ts> != key.kind) return;
                        const auto found = tables.find(key.id);
                        LIANDONG_CHECK(found != tables.end());
                        floor_ = std::max(floor_, found->second.version);
                        tables.erase(found);
                    }(),
                    ...);
            },
            tables_);
    }
}

void Mirror::unsubscribe(Subscription& subscription) {
    std::erase(subscribers_, &subscription);
    forget_keys(subscription);
}

void Mirror::select(Subscription& subscription, std::vector<Key> keys) {
    if (subscription.is_selective_ && subscription.keys_ == keys) return;
    forget_keys(subscription);
    subscription.is_selective_ = true;
    subscription.keys_ = std::move(keys);
    for (const Key& key : subscription.keys_) subscribed_keys_.emplace(key, &subscription);
}

void Mirror::forget_keys(Subscription& subscription) {
    for (const Key& key : subscription.keys_) {
        const auto [first, last] = subscribed_keys_.equal_range(key);
        for (auto at = first; at != last; ++at) {
            if (at->second != &subscription) continue;
            subscribed_keys_.erase(at);
            break;
        }
    }
}

void Mirror::wake_all() {
    for (Subscription* subscriber : subscribers_) subscriber->signal_.notify();
}

void Mirror::wake_for(std::uint64_t seq) {
    for (Subscription* subscriber : subscribers_) {
        if (!subscriber->is_selective_) subscriber->signal_.notify();
    }
    auto first = changes_.end();
    while (first != changes_.begin() && std::prev(first)->seq == seq) --first;
    for (; first != changes_.end(); ++first) {
        const auto [begin, end] = subscribed_keys_.equal_range(first->key);
        for (auto at = begin; at != end; ++at) {
            Subscription& subscriber = *at->second;
            if (!subscriber.quiet_until_) subscriber.quiet_until_ = seq - 1;
            subscriber.signal_.notify();
        }
    }
}

}  // namespace liandong::store
