#include "common/store/system.h"

#include "common/base/id.h"
#include "common/store/codec.h"
#include "common/store/transact.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace liandong::store {
namespace {

using namespace domain;
using namespace std::chrono_literals;

constexpr std::string_view kOnly = "1";

Mutation system_mutation(ScopeContext& context, std::string request_id) {
    Mutation mutation;
    mutation.fingerprint = sha256_hex({request_id});
    mutation.request_id = std::move(request_id);
    mutation.actor = "system:start";
    mutation.agency = "liandong";
    mutation.deadline = context.timers.now() + 5s;
    return mutation;
}

/// No number that a lost log has given. What that log came to is not known here, so time and the
/// master's name tell them apart: time alone would not where a clock that was ahead has given the
/// number before.
std::int64_t next_epoch(const Epoch* before, Timestamp now, const std::string& master_replid) {
    const std::string drawn = sha256_hex({master_replid}).substr(0, 5);  // 20 bits: a second
    return std::max(before ? before->number : 0, to_micros(now)) + 1 +
           std::stol(drawn, nullptr, 16);
}

Timestamp world_time(const WorldSetting& setting, Timestamp wall) {
    const double elapsed = static_cast<double>((wall - setting.anchor).count());
    return setting.epoch + Duration{static_cast<std::int64_t>(
                               elapsed * static_cast<double>(setting.rate_millionths) / 1e6)};
}

}  // namespace

Task<Result<WorldSetting>> settle_world(ScopeContext& context, std::int64_t rate_millionths,
                                        std::optional<Timestamp> epoch, Timestamp wall_now) {
    std::vector<Key> keys;
    keys.push_back(key_of<WorldSetting>(kOnly));
    for (int attempt = 0; attempt < kTransactAttempts_max; ++attempt) {
        const auto read =
            co_await context.store.read(keys, std::nullopt, context.timers.now() + 5s);
        if (!read) co_return fail(read.error());
        WorldSetting setting{epoch.value_or(wall_now), wall_now, rate_millionths};
        if (read->values[0].version != 0) {
            const auto decoded = decode(Kind::kWorldSetting, read->values[0].bytes);
            if (!decoded) co_return fail(decoded.error());
            const auto& stored = std::get<WorldSetting>(decoded->entity);
            if (stored.rate_millionths == rate_millionths) co_return stored;
            setting.epoch = world_time(stored, wall_now);
        }
        const auto settled = co_await transact(
            context,
            system_mutation(context,
                            fmt::format("world/{}/{}", read->values[0].version, rate_millionths)),
            [setting](View& view) -> Result<Decision> {
                Decision decision;
                view.get<WorldSetting>(kOnly);
                decision.event_kind = "world_clock_set";
                decision.writes.emplace_back(setting);
                return decision;
            });
        if (!settled && settled.error().code != Code::kAborted) co_return fail(settled.error());
    }
    co_return fail(Code::kAborted, "TOO_MUCH_CONTENTION",
                   "other processes keep setting the world's clock");
}

Task<Status> settle_epoch(ScopeContext& context, std::string master_replid) {
    const Timestamp now = context.clock.now();
    const auto settled =
        co_await transact(context, system_mutation(context, "epoch/" + master_replid),
                          [=](View& view) -> Result<Decision> {
                              const Epoch* before = view.get<Epoch>(kOnly);
                              Decision decision;
                              if (before && before->master_replid == master_replid) {
                                  decision.already_done = true;
                                  return decision;
                              }
                              decision.event_kind = "epoch_raised";
                              decision.writes.emplace_back(
                                  Epoch{next_epoch(before, now, master_replid), master_replid});
                              return decision;
                          });
    if (!settled) co_return fail(settled.error());
    co_return Status{};
}

}  // namespace liandong::store
