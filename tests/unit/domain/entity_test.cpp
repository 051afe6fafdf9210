#include "common/domain/entity.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace liandong::domain {
namespace {

constexpr Timestamp kEnd = Timestamp{Duration{1'784'368'800'000'001}};

template <class T> T with_id(std::string id) {
    T entity;
    entity.id = std::move(id);
    return entity;
}

std::vector<IndexEntry> entries(std::initializer_list<IndexEntry> list) { return list; }

// Every kind has its word, and every entity the key of its kind and id; settings of a scope have
// the id "1".
TEST(Key, NamesKindAndId) {
    EXPECT_EQ(key_of(Entity{with_id<Report>("r")}), (Key{Kind::kReport, "r"}));
    EXPECT_EQ(key_of(Entity{with_id<Incident>("i")}), key_of<Incident>("i"));
    EXPECT_EQ(key_of(Entity{with_id<Unit>("u")}), key_of<Unit>("u"));
    EXPECT_EQ(key_of(Entity{with_id<Order>("o")}), key_of<Order>("o"));
    EXPECT_EQ(key_of(Entity{with_id<Bulletin>("b")}), key_of<Bulletin>("b"));
    EXPECT_EQ(key_of(Entity{WorldSetting{}}), (Key{Kind::kWorldSetting, "1"}));
    EXPECT_EQ(key_of(Entity{Epoch{}}), (Key{Kind::kEpoch, "1"}));
    EXPECT_EQ(to_string(Kind::kReport), "report");
    EXPECT_EQ(to_string(Kind::kWorldSetting), "world_setting");
    EXPECT_EQ(open_index(Kind::kUnit), "open.unit");
    EXPECT_EQ(ended_index(Kind::kOrder), "ended.order");
}

// What is open stands in the open index, what has ended in the ended one, never in both.
TEST(IndexEntries, MoveFromOpenToEnded) {
    Incident incident = with_id<Incident>("i");
    EXPECT_EQ(index_entries(incident), entries({{"open.incident", "i"}}));
    EXPECT_FALSE(is_set(ended_at(incident)));
    ASSERT_TRUE(close(incident, Disposition::kResolved, "li", "", kEnd));
    EXPECT_EQ(index_entries(incident), entries({{"ended.incident", "1784368800000001:i"}}));
    EXPECT_EQ(ended_at(Entity{incident}), kEnd);

    Order order = with_id<Order>("o");
    EXPECT_EQ(index_entries(order), entries({{"open.order", "o"}}));
    OrderEntry cleared;
    cleared.fact = OrderFact::kCleared;
    cleared.recorded_at = kEnd;
    record_fact(order, cleared);
    EXPECT_EQ(index_entries(order), entries({{"ended.order", "1784368800000001:o"}}));
    record_fact(order, cleared);
    EXPECT_EQ(index_entries(order), entries({{"ended.order", "1784368800000001:o"}}))
        << "a late fact moves no index";
}

// A handled incident is not closed: it stays open until a person says how it ended.
TEST(IndexEntries, HandledIsStillOpen) {
    Incident incident = with_id<Incident>("i");
    Order order = with_id<Order>("o");
    order.incident_id = "i";
    order.state = OrderState::kCleared;
    note_order(incident, order);
    follow_orders(incident, kEnd);
    ASSERT_EQ(incident.state, IncidentState::kHandled);
    EXPECT_EQ(index_entries(incident), entries({{"open.incident", "i"}}));
}

// Units and bulletins are always listed; reports and settings are read by key.
TEST(IndexEntries, OfTheOtherKinds) {
    EXPECT_EQ(index_entries(with_id<Unit>("u")), entries({{"open.unit", "u"}}));
    Bulletin bulletin = with_id<Bulletin>("b");
    bulletin.state = BulletinState::kPublished;
    EXPECT_EQ(index_entries(bulletin), entries({{"open.bulletin", "b"}}));
    EXPECT_TRUE(index_entries(with_id<Report>("r")).empty());
    EXPECT_TRUE(index_entries(WorldSetting{}).empty());
    EXPECT_TRUE(index_entries(Epoch{}).empty());
}

// A closure says when it will end: it stands among the ended ones by that time from the beginning,
// and by the time it is lifted if that is earlier.
TEST(IndexEntries, OfAClosureAreByItsEnd) {
    Closure closure = with_id<Closure>("c");
    closure.begins_at = kEnd - std::chrono::hours{2};
    closure.expires_at = kEnd;
    EXPECT_EQ(index_entries(closure), entries({{"ended.closure", "1784368800000001:c"}}));
    EXPECT_TRUE(is_in_force(closure, kEnd - Duration{1}));
    EXPECT_FALSE(is_in_force(closure, kEnd));
    EXPECT_FALSE(is_in_force(closure, closure.begins_at - Duration{1}));
    closure.lifted_at = kEnd - std::chrono::seconds{1};
    EXPECT_EQ(index_entries(closure), entries({{"ended.closure", "1784368799000001:c"}}));
    EXPECT_FALSE(is_in_force(closure, closure.lifted_at));
    EXPECT_FALSE(is_in_force(closure, closure.lifted_at - std::chrono::minutes{1}))
        << "a clock that is behind";
    closure.lifted_at = kEnd + std::chrono::seconds{1};
    EXPECT_EQ(ended_at(Entity{closure}), kEnd);
}

// Members of an ended index sort by time, since they are padded to one width.
TEST(EndedMember, SortsByTime) {
    EXPECT_EQ(ended_member(from_micros(42), "x"), "0000000000000042:x");
    EXPECT_LT(ended_member(from_micros(999), "z"), ended_member(from_micros(1'000), "a"));
}

}  // namespace
}  // namespace liandong::domain
