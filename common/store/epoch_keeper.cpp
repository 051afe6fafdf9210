#include "common/store/epoch_keeper.h"

#include "common/async/spawn.h"
#include "common/store/system.h"

namespace liandong::store {
namespace {

constexpr Duration kRetry = std::chrono::milliseconds{500};

}  // namespace

void EpochKeeper::connected(const std::string& master_replid) {
    if (master_replid == master_replid_) return;
    if (!master_replid_.empty()) loader_.start_over();
    master_replid_ = master_replid;
    if (is_open_) spawn_forever(context_.executor, raise(master_replid), "raise_epoch");
}

Task<void> EpochKeeper::open() {
    is_open_ = true;  // before the epoch is settled: another master may come meanwhile
    co_await raise(master_replid_);
}

Task<void> EpochKeeper::raise(std::string master_replid) {
    // Until another master comes, whose own call takes over.
    while (!master_replid.empty() && master_replid == master_replid_) {
        const Status status = co_await settle_epoch(context_, master_replid);
        if (status) {
            loader_.go_on();
            co_return;
        }
        const std::string scope = context_.scope.tag();
        context_.log.warn("epoch_not_settled",
                          {{"scope", std::string_view(scope)},
                           {"reason", std::string_view(status.error().reason)}});
        co_await sleep_for(context_.timers, kRetry);
    }
}

}  // namespace liandong::store
