#include "common/redis/commit_call.h"

#include "common/base/check.h"
#include "common/redis/commit_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace liandong::redis {
namespace {

constexpr std::size_t kSeqDigits = 16;
constexpr std::size_t kFingerprintSize = 64;

void append_u16(std::string& plan, std::size_t number) {
    LIANDONG_CHECK(number <= 0xffff);
    plan += static_cast<char>(number >> 8U);
    plan += static_cast<char>(number & 0xffU);
}

std::unexpected<Error> corrupt(std::string message) {
    return fail(Code::kInternal, "STORE_CORRUPT", std::move(message));
}

Result<std::uint64_t> parse_seq(std::string_view text) {
    std::uint64_t seq = 0;
    if (text.size() < kSeqDigits) return corrupt("a stored value is too short for its version");
    const char* end = text.data() + kSeqDigits;
    const auto parsed = std::from_chars(text.data(), end, seq);
    if (parsed.ec != std::errc{} || parsed.ptr != end)
        return corrupt("a stored value has no version");
    return seq;
}

/// Where each entity stands among the commit's keys.
class Places {
public:
    void add(const domain::Key& key, std::size_t place) { places_.emplace_back(&key, place); }
    void sort() {
        std::ranges::sort(places_, [](const auto& a, const auto& b) {
            return std::tie(*a.first, a.second) < std::tie(*b.first, b.second);
        });
    }
    const std::size_t* find(const domain::Key& key) const {
        const auto found = std::ranges::lower_bound(places_, key, {},
                                                    [](const auto& entry) { return *entry.first; });
        return found != places_.end() && *found->first == key ? &found->second : nullptr;
    }

private:
    std::vector<std::pair<const domain::Key*, std::size_t>> places_;
};

}  // namespace

EncodedCommit encode(const Keys& keys, const store::Batch& batch) {
    EncodedCommit commit;
    Command versions;
    Places places;
    if (batch.request) {
        LIANDONG_CHECK(batch.request->fingerprint.size() == kFingerprintSize);
        commit.keys.arg(keys.request(batch.request->request_id));
    }
    for (const bool absent : {true, false}) {
        for (std::size_t i = 0; i < batch.expectations.size(); ++i) {
            const store::Expectation& expected = batch.expectations[i];
            if ((expected.version == 0) != absent) continue;
            places.add(expected.key, commit.keys.size());
            commit.keys.arg(keys.entity(expected.key));
            commit.expectation_at.push_back(static_cast<std::uint16_t>(i));
            if (!absent) versions.arg(fmt::format("{:016d}", expected.version));
        }
    }
    places.sort();

    std::string key_of_write;
    std::size_t other = 0;
    for (const store::Write& write : batch.writes) {
        if (const std::size_t* place = places.find(write.key)) {
            append_u16(key_of_write, *place);
        } else {
            append_u16(key_of_write, commit.keys.size());
            commit.keys.arg(keys.entity(write.key));
            ++other;
        }
    }

    std::string plan;
    append_u16(plan, batch.request ? 1 : 0);
    append_u16(plan, batch.expectations.size() - versions.size());
    append_u16(plan, versions.size());
    append_u16(plan, other);
    append_u16(plan, batch.writes.size());
    append_u16(plan, batch.index_changes.size());
    append_u16(plan, batch.serials.size());
    plan += key_of_write;
    for (const store::IndexChange& change : batch.index_changes) {
        commit.keys.arg(keys.index(change.entry.index));
        plan += change.add ? '\1' : '\0';
    }
    for (const store::Serial& serial : batch.serials) {
        LIANDONG_CHECK(serial.write < batch.writes.size());
        commit.keys.arg(keys.counter(serial.counter));
        append_u16(plan, serial.write + 1);
        plan += static_cast<char>(serial.write_tag);
        plan += static_cast<char>(serial.response_tag);
    }

    commit.args.arg(plan);
    if (batch.request) commit.args.arg(batch.request->fingerprint).arg(batch.request->response);
    commit.args.append(versions.body(), versions.size());
    for (const store::IndexChange& change : batch.index_changes)
        commit.args.arg(change.entry.member);
    commit.args.arg(kHeaderField).arg(batch.event_header);
    for (const store::Write& write : batch.writes)
        commit.args.arg(Keys::word(write.key)).arg(write.bytes);
    return commit;
}

Command begin_call(const Keys& keys, std::size_t commit_keys) {
    Command call{"FCALL", kCommitFunction};
    call.arg(std::uint64_t{commit_keys + kCallKeys}).arg(keys.seq()).arg(keys.log());
    return call;
}

Result<store::CommitOutcome> decode(const Reply& answer, const EncodedCommit& commit,
                                    const store::Batch& batch) {
    if (!answer.is(Reply::Type::kString) || answer.text.empty())
        return corrupt("the commit function answered nothing");
    const std::string_view rest = std::string_view(answer.text).substr(1);
    switch (answer.text.front()) {
    case 'C': {
        const auto seq = parse_seq(rest);
        if (!seq) return fail(seq.error());
        std::string response = batch.request ? batch.request->response : std::string();
        response += rest.substr(kSeqDigits);
        return store::Committed{*seq, std::move(response)};
    }
    case 'S': {
        const auto seq = parse_seq(rest);
        if (!seq) return fail(seq.error());
        return store::Seen{*seq, std::string(rest.substr(kSeqDigits))};
    }
    case 'R': return store::Reused{};
    case 'X': break;
    default: return corrupt("the commit function found: " + std::string(rest));
    }
    std::vector<std::uint16_t> unmet;
    for (const char* at = rest.data(); at != rest.data() + rest.size(); ++at) {
        std::size_t place = 0;
        at = std::from_chars(at, rest.data() + rest.size(), place).ptr;
        LIANDONG_CHECK(place >= 1 && place <= commit.expectation_at.size());
        unmet.push_back(commit.expectation_at[place - 1]);
    }
    std::ranges::sort(unmet);
    store::Conflict conflict;
    for (const std::uint16_t index : unmet) conflict.keys.push_back(batch.expectations[index].key);
    return conflict;
}

Result<store::StoredValue> decode_value(Reply& value) {
    if (value.is(Reply::Type::kNil)) return store::StoredValue{};
    const auto version = parse_seq(value.text);
    if (!version) return fail(version.error());
    value.text.erase(0, kSeqDigits);
    return store::StoredValue{*version, std::move(value.text)};
}

Result<decltype(store::ReadOutcome::request)> decode_request(const Reply& record,
                                                             const store::RequestQuery& query) {
    if (record.is(Reply::Type::kNil)) return std::monostate{};
    const auto seq = parse_seq(record.text);
    if (!seq) return fail(seq.error());
    const std::string_view rest = std::string_view(record.text).substr(kSeqDigits);
    if (rest.size() < kFingerprintSize) return corrupt("a request record is too short");
    if (rest.substr(0, kFingerprintSize) != query.fingerprint) return store::Reused{};
    return store::Seen{*seq, std::string(rest.substr(kFingerprintSize))};
}

}  // namespace liandong::redis
