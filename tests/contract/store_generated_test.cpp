// Generated operation sequences with colliding keys and request ids: RedisStore is held equal to
// MemoryStore.
#include "tests/contract/store_rig.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace liandong::test {
namespace {

using store::Batch;
using store::CommitOutcome;
using store::Key;

constexpr int kRounds = 60;
constexpr std::uint64_t kSeeds = 12;

/// Makes batches over few keys, request ids, indexes and counters, so that they meet.
class Generator {
public:
    explicit Generator(std::uint64_t seed) : random_(seed) {}

    std::vector<Batch> next_turn() {
        std::vector<Batch> batches(1 + random_.below(8));
        for (Batch& batch : batches) batch = next_batch();
        return batches;
    }
    Key key() {
        const auto kind = static_cast<domain::Kind>(random_.below(domain::kKinds));
        return Key{kind, fmt::format("k{}", random_.below(3))};
    }
    /// What the next batches take for the versions: mostly right.
    void know(const Key& key, std::uint64_t version) { known_[key] = version; }

private:
    bool chance(std::uint64_t percent) { return random_.below(100) < percent; }

    std::string bytes() {
        std::string made(random_.below(40), '\0');
        for (char& byte : made) byte = static_cast<char>(random_.next());
        return made;
    }
    std::uint64_t guess(const Key& key) {
        if (chance(15)) return random_.below(4);
        const auto found = known_.find(key);
        return found == known_.end() ? 0 : found->second;
    }
    Batch next_batch() {
        Batch batch;
        batch.event_header = bytes();
        for (auto n = random_.below(4); n > 0; --n) {
            const Key expected = key();
            batch.expectations.push_back({expected, guess(expected)});
            if (chance(70)) batch.writes.push_back({expected, bytes()});
        }
        for (auto n = random_.below(2); n > 0; --n) batch.writes.push_back({key(), bytes()});
        for (auto n = random_.below(3); n > 0; --n) {
            const std::string index = fmt::format("open.{}", random_.below(2));
            batch.index_changes.push_back(
                {{index, fmt::format("m{}", random_.below(6))}, chance(60)});
        }
        if (chance(60)) {
            batch.request =
                request(fmt::format("r{}", random_.below(25)), chance(80) ? 'a' : 'b', bytes());
        }
        for (auto n = batch.writes.empty() ? 0 : random_.below(3); n > 0; --n) {
            const auto response_tag = static_cast<std::uint8_t>(chance(50) ? 4 << 3 : 0);
            batch.serials.push_back({fmt::format("c:{:08}", random_.below(2)),
                                     static_cast<std::size_t>(random_.below(batch.writes.size())),
                                     3 << 3, response_tag});
        }
        return batch;
    }

    SeededRandom random_;
    std::map<Key, std::uint64_t> known_;
};

std::string describe(const Result<CommitOutcome>& outcome) {
    if (!outcome) return "error " + outcome.error().reason;
    if (const auto* done = std::get_if<store::Committed>(&*outcome)) {
        return fmt::format("committed {} {}", done->seq, done->response);
    }
    if (const auto* seen = std::get_if<store::Seen>(&*outcome)) {
        return fmt::format("seen {} {}", seen->seq, seen->response);
    }
    if (const auto* conflict = std::get_if<store::Conflict>(&*outcome)) {
        std::string text = "conflict";
        for (const Key& key : conflict->keys)
            text += fmt::format(" {}:{}", to_string(key.kind), key.id);
        return text;
    }
    return std::holds_alternative<store::Reused>(*outcome) ? "reused" : "unknown";
}

std::string describe(const store::LogEntry& entry) {
    std::string text = fmt::format("{} {}", entry.seq, entry.header);
    for (const store::Write& write : entry.writes) {
        text += fmt::format("|{}:{}={}", to_string(write.key.kind), write.key.id, write.bytes);
    }
    return text;
}

std::string describe_log(StoreRig& rig) {
    std::string text;
    for (const store::LogEntry& entry : rig.log()) text += describe(entry) + "\n";
    return text;
}

std::vector<Key> all_keys() {
    std::vector<Key> keys;
    for (std::size_t kind = 0; kind < domain::kKinds; ++kind) {
        for (int id = 0; id < 3; ++id)
            keys.push_back({static_cast<domain::Kind>(kind), fmt::format("k{}", id)});
    }
    return keys;
}

class GeneratedSequences : public ::testing::TestWithParam<Backend> {};

// The same operations give the same outcomes, the same values, the same indexes and the same log.
TEST_P(GeneratedSequences, GiveWhatMemoryStoreGives) {
    RedisProcess redis;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        StoreRig expected(kMemory, nullptr);
        StoreRig subject(GetParam(), &redis);
        Generator generator(seed);
        for (int round = 0; round < kRounds; ++round) {
            const std::vector<Batch> turn = generator.next_turn();
            const auto wanted = expected.commit_together(turn);
            const auto given = subject.commit_together(turn);
            for (std::size_t i = 0; i < turn.size(); ++i) {
                ASSERT_EQ(describe(given[i]), describe(wanted[i]))
                    << "round " << round << ", commit " << i;
            }
            for (const Key& key : all_keys()) generator.know(key, expected.value(key).version);
        }
        const auto queries = [](StoreRig& rig) { return rig.read(all_keys()).values; };
        ASSERT_EQ(queries(subject), queries(expected));
        for (const char* index : {"open.0", "open.1"})
            ASSERT_EQ(subject.list(index), expected.list(index));
        ASSERT_EQ(describe_log(subject), describe_log(expected));
    }
}

INSTANTIATE_TEST_SUITE_P(Backends, GeneratedSequences,
                         ::testing::Values(kRedisUnix, kRedisTcp, kRedisFault),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace liandong::test
