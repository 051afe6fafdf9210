// Redis Cluster accepts a call only when all its keys share a slot: one node that runs as a cluster
// shows it.
#include "tests/contract/store_rig.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

namespace liandong::test {
namespace {

using store::Batch;
using store::Committed;

// Everything that a commit, a read, a list and a tail can touch lies in one slot of a cluster.
TEST(Cluster, EveryKeyOfAScopeSharesASlot) {
    RedisProcess::Options options;
    options.cluster = true;
    RedisProcess server(options);
    ASSERT_EQ(server.command({"MSET", "a", "1", "b", "2"}).substr(0, 10), "-CROSSSLOT");
    StoreRig rig(kRedisTcp, &server);
    std::vector<Batch> batches;
    for (int i = 0; i < 20; ++i) {
        Batch batch;
        for (std::size_t kind = 0; kind < domain::kKinds; ++kind) {
            const store::Key key{static_cast<domain::Kind>(kind), fmt::format("{}", i)};
            batch.expectations.push_back({key, 0});
            batch.writes.push_back({key, "bytes"});
            batch.index_changes.push_back({{domain::open_index(key.kind), key.id}, true});
        }
        batch.serials = {{"report:20260718", 0, 3 << 3, 2 << 3},
                         {"incident:20260718", 1, 3 << 3, 0}};
        batch.request = request(fmt::format("r{}", i));
        batches.push_back(std::move(batch));
    }
    for (const auto& outcome : rig.commit_together(batches)) {
        EXPECT_TRUE(std::holds_alternative<Committed>(outcome.value()));
    }
    for (const auto& outcome : rig.commit_together(batches)) {
        EXPECT_TRUE(std::holds_alternative<store::Seen>(outcome.value()));
    }
    EXPECT_EQ(rig.read({incident("1"), unit("2")}, query("r3")).values.size(), 2U);
    EXPECT_EQ(rig.list("open.incident").size(), 20U);
    EXPECT_EQ(rig.log().size(), 20U);
}

}  // namespace
}  // namespace liandong::test
