#include "tests/unit/dispatch/dispatch_fixture.h"

#include <gmock/gmock.h>

#include <optional>
#include <vector>

namespace liandong::dispatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Sink = test::CollectingSink<pb::WatchUnitOrdersResponse>;

class WatchUnitOrders : public DispatchFixture {
protected:
    WatchUnitOrders() { import({"u1", "u2"}); }

    void watch(Sink& sink, std::optional<common_pb::Revision> resume = {}) {
        pb::WatchUnitOrdersRequest request;
        request.set_unit_id("u1");
        if (resume) *request.mutable_resume() = *resume;
        desk_.watch(sink, desk_.dispatch().watch_unit_orders(crew("u1"), request, sink));
    }
    /// The ids of orders shown and removed by these messages.
    static std::vector<std::string> shown(
        const std::vector<pb::WatchUnitOrdersResponse>& messages) {
        std::vector<std::string> ids;
        for (const auto& message : messages) {
            for (const pb::Order& order : message.upserts()) ids.push_back(order.id());
        }
        return ids;
    }
    static std::vector<std::string> removed(
        const std::vector<pb::WatchUnitOrdersResponse>& messages) {
        std::vector<std::string> ids;
        for (const auto& message : messages) {
            for (const std::string& id : message.removals()) ids.push_back(id);
        }
        return ids;
    }
};

// The stream begins with a handshake and what is open.
TEST_F(WatchUnitOrders, BeginsWithWhatIsOpen) {
    Sink idle;
    watch(idle);
    ASSERT_THAT(idle.messages(), SizeIs(1));
    EXPECT_TRUE(idle.messages()[0].handshake().snapshot_follows());
    EXPECT_EQ(idle.messages()[0].handshake().reason(), "FIRST");
    EXPECT_TRUE(idle.messages()[0].snapshot_complete());
    EXPECT_EQ(idle.messages()[0].resume().seq(), log_size());
    EXPECT_THAT(shown(idle.messages()), IsEmpty());

    const pb::Order order = send("u1");
    Sink busy;
    watch(busy);
    EXPECT_THAT(shown(busy.messages()), ElementsAre(order.id()));
    EXPECT_EQ(busy.messages()[0].upserts(0).SerializeAsString(), order.SerializeAsString());
}

// Each change of the order comes once, its end as a removal; what concerns others does not come.
TEST_F(WatchUnitOrders, TellsEachChangeOnce) {
    Sink sink;
    watch(sink);
    sink.take();
    const std::string incident = report();
    EXPECT_THAT(sink.take(), IsEmpty());
    const auto sent = dispatch(incident, {"u1", "u2"});
    const std::string own = sent.orders(0).id(), other = sent.orders(1).id();
    auto messages = sink.take();
    ASSERT_THAT(messages, SizeIs(1));
    EXPECT_THAT(shown(messages), ElementsAre(own));
    EXPECT_EQ(messages[0].resume().seq(), log_size());
    ASSERT_TRUE(sign(other, dispatcher()));
    EXPECT_THAT(sink.take(), IsEmpty());
    ASSERT_TRUE(sign(own, dispatcher()));
    messages = sink.take();
    ASSERT_THAT(shown(messages), ElementsAre(own));
    EXPECT_EQ(messages[0].upserts(0).state(), pb::ORDER_STATE_SIGNED);
    ASSERT_TRUE(clear(own));
    messages = sink.take();
    EXPECT_THAT(shown(messages), IsEmpty());
    EXPECT_THAT(removed(messages), ElementsAre(own));
    // A late press about what has ended is nothing new for the crew.
    ASSERT_TRUE(clear(own));
    EXPECT_THAT(sink.take(), IsEmpty());
}

// A new order in the same moment as the end of the old one: both are told.
TEST_F(WatchUnitOrders, TellsOldAndNewTogether) {
    const pb::Order old = send("u1");
    Sink sink;
    watch(sink);
    sink.take();
    const auto cleared = desk_.loop().start(
        desk_.dispatch().clear_order(dispatcher(), fact<pb::ClearOrderRequest>(old.id())));
    const std::string incident = report();
    const auto sent = dispatch(incident, {"u1"});
    const auto messages = sink.take();
    EXPECT_THAT(removed(messages), ElementsAre(old.id()));
    EXPECT_THAT(shown(messages), ElementsAre(sent.orders(0).id()));
}

// A terminal that comes back is told what happened meanwhile, and not what it has.
TEST_F(WatchUnitOrders, ResumesBehindWhatWasTold) {
    const pb::Order first = send("u1");
    Sink before;
    watch(before);
    const auto token = before.messages().back().resume();
    before.close();
    desk_.loop().settle();

    Sink same;
    watch(same, token);
    ASSERT_THAT(same.messages(), SizeIs(1));
    EXPECT_FALSE(same.messages()[0].handshake().snapshot_follows());
    EXPECT_THAT(shown(same.messages()), IsEmpty());
    same.take();
    // It still shows that order: its end is told.
    ASSERT_TRUE(clear(first.id()));
    EXPECT_THAT(removed(same.take()), ElementsAre(first.id()));
    same.close();
    const pb::Order second = send("u1");

    Sink later;
    watch(later, token);
    EXPECT_THAT(removed(later.messages()), ElementsAre(first.id()));
    EXPECT_THAT(shown(later.messages()), ElementsAre(second.id()));
}

// A token of another epoch starts over.
TEST_F(WatchUnitOrders, AnotherEpochStartsOver) {
    const pb::Order order = send("u1");
    common_pb::Revision token;
    token.set_epoch(7);
    token.set_seq(1);
    Sink sink;
    watch(sink, token);
    desk_.advance(std::chrono::seconds{6});
    ASSERT_FALSE(sink.messages().empty());
    EXPECT_EQ(sink.messages()[0].handshake().reason(), "NEW_EPOCH");
    EXPECT_THAT(shown(sink.messages()), ElementsAre(order.id()));
}

}  // namespace
}  // namespace liandong::dispatch
