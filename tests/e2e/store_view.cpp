#include "tests/e2e/store_view.h"

#include "common/base/check.h"
#include "common/store/codec.h"
#include "tests/support/run_task.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace liandong::test {
namespace {

redis::RedisStore::Options options_for(const RedisProcess& redis) {
    redis::RedisStore::Options options;
    options.endpoint = redis.unix_endpoint();
    options.client_name = "auditor";
    return options;
}

}  // namespace

StoreView::StoreView(const RedisProcess& redis, domain::Scope scope)
    : redis_(redis),
      store_(std::move(scope), io_.get_executor(), timers_, random_, log_, options_for(redis)) {
    LIANDONG_CHECK(run(io_, store_.wait_until_ready(soon())));
}

std::vector<store::LogEntry> StoreView::log() {
    std::vector<store::LogEntry> all;
    const std::uint64_t last = run(io_, store_.last_seq(soon())).value();
    while (all.size() < last) {
        auto page = run(io_, store_.tail(all.size(), 1'000, Duration{0})).value();
        LIANDONG_CHECK(!page.empty());
        std::ranges::move(page, std::back_inserter(all));
    }
    return all;
}

std::set<std::string> StoreView::list(const std::string& index) {
    std::set<std::string> members;
    std::string after;
    while (true) {
        const auto page = run(io_, store_.list(index, after, 1'000, soon())).value();
        members.insert(page.begin(), page.end());
        if (page.size() < 1'000) return members;
        after = page.back();
    }
}

void StoreView::compare_values(const LogReplay& replay, std::vector<std::string>& found) {
    std::vector<store::Key> keys;
    const auto flush = [&] {
        const auto read = run(io_, store_.read(keys, std::nullopt, soon())).value();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (read.values[i] == replay.values().at(keys[i])) continue;
            found.push_back(
                fmt::format("another value: {} {}", to_string(keys[i].kind), keys[i].id));
        }
        keys.clear();
    };
    for (const auto& [key, value] : replay.values()) {
        keys.push_back(key);
        if (keys.size() == 1'000) flush();
    }
    if (!keys.empty()) flush();
}

void StoreView::compare_indexes(const Indexes& right, std::vector<std::string>& found) {
    for (std::size_t i = 0; i < domain::kKinds; ++i) {
        const auto kind = static_cast<domain::Kind>(i);
        for (const std::string& index : {domain::open_index(kind), domain::ended_index(kind)}) {
            const auto at = right.find(index);
            if (list(index) != (at == right.end() ? std::set<std::string>{} : at->second)) {
                found.push_back("another index: " + index);
            }
        }
    }
}

std::vector<std::string> StoreView::differences(const LogReplay& replay) {
    std::vector<std::string> found;
    Indexes indexes;
    std::set<std::string> counters;
    for (const auto& [key, value] : replay.values()) {
        const domain::Entity entity = store::decode(key.kind, value.bytes).value().entity;
        for (auto& entry : domain::index_entries(entity)) {
            indexes[entry.index].insert(entry.member);
        }
        if (const auto* report = std::get_if<domain::Report>(&entity)) {
            counters.insert("report:" + report->serial_date);
            counters.insert("incident:" + report->serial_date);
        }
    }
    compare_values(replay, found);
    compare_indexes(indexes, found);
    // Beside those: one request record an event, the counters, `seq` and `log`.
    const std::size_t right =
        replay.values().size() + indexes.size() + replay.events() + counters.size() + 2;
    const std::size_t keys =
        std::strtoull(redis_.command({"DBSIZE"}).c_str() + 1, nullptr, 10);  // ":42\r\n"
    if (keys != right) found.push_back(fmt::format("{} keys instead of {}", keys, right));
    return found;
}

}  // namespace liandong::test
