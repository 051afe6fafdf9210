#include "tests/contract/store_rig.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace liandong::test {
namespace {

domain::Scope next_scope() {
    static int number = 0;
    return {fmt::format("test{}", ++number), "420981"};
}

}  // namespace

StoreRig::StoreRig(const Backend& backend, RedisProcess* redis) {
    const domain::Scope scope = next_scope();
    main_ = make(backend, redis, scope);
    other_ = make(backend, redis, scope);
}

StoreRig::Face StoreRig::make(const Backend& backend, RedisProcess* redis,
                              const domain::Scope& scope) {
    Face made;
    if (backend.is_redis()) {
        redis::RedisStore::Options options;
        options.endpoint = backend.kind == Backend::Kind::kRedisTcp ? redis->tcp_endpoint()
                                                                    : redis->unix_endpoint();
        auto store = std::make_unique<redis::RedisStore>(scope, io_.get_executor(), timers_,
                                                         random_, log_, options);
        LIANDONG_CHECK(run(io_, store->wait_until_ready(soon())));
        made.inner = std::move(store);
    } else {
        made.inner = std::make_unique<store::MemoryStore>(memory_, io_.get_executor(), timers_);
    }
    made.face = made.inner.get();
    if (backend.behind_fault_store) {
        made.faults = std::make_unique<store::FaultStore>(*made.inner, timers_);
        made.face = made.faults.get();
    }
    return made;
}

Result<store::CommitOutcome> StoreRig::try_commit(store::Batch batch) {
    return run(io_, store().commit(std::move(batch), soon()));
}

store::CommitOutcome StoreRig::commit(store::Batch batch) {
    return try_commit(std::move(batch)).value();
}

std::vector<Result<store::CommitOutcome>> StoreRig::commit_together(
    std::vector<store::Batch> batches) {
    std::vector<std::optional<Result<store::CommitOutcome>>> outcomes(batches.size());
    for (std::size_t i = 0; i < batches.size(); ++i) {
        spawn(io_.get_executor(), store().commit(std::move(batches[i]), soon()),
              [&outcomes, i](std::exception_ptr failure, Result<store::CommitOutcome> outcome) {
                  LIANDONG_CHECK(!failure);
                  outcomes[i] = std::move(outcome);
              });
    }
    std::vector<Result<store::CommitOutcome>> all;
    for (auto& outcome : outcomes) {
        while (!outcome) {
            io_.restart();
            LIANDONG_CHECK(io_.run_one_for(std::chrono::seconds{20}) > 0);
        }
        all.push_back(std::move(*outcome));
    }
    return all;
}

store::ReadOutcome StoreRig::read(std::vector<store::Key> keys,
                                  std::optional<store::RequestQuery> request) {
    return run(io_, store().read(std::move(keys), std::move(request), soon())).value();
}

std::vector<std::string> StoreRig::list(std::string index, std::string after, std::size_t count) {
    return run(io_, store().list(std::move(index), std::move(after), count, soon())).value();
}

std::vector<store::LogEntry> StoreRig::tail(std::uint64_t after, std::size_t count, Duration wait) {
    return run(io_, store().tail(after, count, wait)).value();
}

std::vector<store::LogEntry> StoreRig::log() {
    std::vector<store::LogEntry> all;
    const std::uint64_t last = last_seq();
    while (all.size() < last) {
        std::vector<store::LogEntry> page = tail(all.size());
        LIANDONG_CHECK(!page.empty());
        std::ranges::move(page, std::back_inserter(all));
    }
    return all;
}

std::uint64_t StoreRig::last_seq() { return run(io_, store().last_seq(soon())).value(); }

store::Key incident(std::string id) { return {domain::Kind::kIncident, std::move(id)}; }

store::Key unit(std::string id) { return {domain::Kind::kUnit, std::move(id)}; }

store::RequestRecord request(std::string id, char fingerprint, std::string response) {
    return {std::move(id), std::string(64, fingerprint), std::move(response)};
}

store::RequestQuery query(std::string id, char fingerprint) {
    return {std::move(id), std::string(64, fingerprint)};
}

}  // namespace liandong::test
