// The commit that moves an order moves its incident and its unit too: whatever happens in whatever
// order, the three never disagree. A small district is driven by random commands and facts and
// checked after each.
#include "common/base/random.h"
#include "common/domain/incident.h"
#include "common/domain/order.h"
#include "common/domain/unit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace liandong::domain {
namespace {

class District {
public:
    explicit District(std::uint64_t seed) : random_(seed) {
        for (std::size_t i = 0; i < 3; ++i) {
            incidents_.emplace_back().id = "incident-" + std::to_string(i);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            Unit& unit = units_.emplace_back();
            unit.id = "unit-" + std::to_string(i);
            unit.status = UnitStatus::kInStation;
        }
    }

    void step() {
        now_ += std::chrono::seconds{random_.below(100)};
        switch (random_.below(8)) {
        case 0:
        case 1: dispatch(); break;
        case 2: set_some_status(); break;
        case 3: close_one(); break;
        default: report_fact(); break;
        }
    }

    void check() const {
        for (const Unit& unit : units_) check_unit(unit);
        for (const Incident& incident : incidents_) check_incident(incident);
    }

private:
    template <class T> T& any(std::vector<T>& things) {
        return things[random_.below(things.size())];
    }

    void dispatch() {
        Unit& unit = any(units_);
        Incident& incident = any(incidents_);
        if (availability(unit) != Availability::kAvailable || !is_open(incident)) return;
        if (incident.orders.size() == kIncidentOrders_max) return;
        Order& order = orders_.emplace_back();
        order.id = "order-" + std::to_string(orders_.size());
        order.incident_id = incident.id;
        order.unit_id = unit.id;
        order.sent_at = now_;
        link(order);
        EXPECT_EQ(unit.active_order_id, order.id);
    }

    void report_fact() {
        if (orders_.empty()) return;
        Order& order = any(orders_);
        OrderEntry entry;
        entry.fact = kAllOrderFacts[random_.below(std::size(kAllOrderFacts))];
        entry.occurred_at = now_ - std::chrono::seconds{random_.below(500)};
        entry.recorded_at = now_;
        record_fact(order, entry);
        link(order);
    }

    void link(const Order& order) {
        for (Incident& incident : incidents_) {
            note_order(incident, order);
            follow_orders(incident, now_);
        }
        for (Unit& unit : units_) follow_order(unit, order, now_);
    }

    void set_some_status() {
        [[maybe_unused]] const Status refused =
            set_status(any(units_), static_cast<UnitStatus>(random_.below(9)), now_);
    }

    void close_one() {
        [[maybe_unused]] const Status refused =
            close(any(incidents_), Disposition::kResolved, "li", "", now_);
    }

    void check_unit(const Unit& unit) const {
        const auto open = std::count_if(orders_.begin(), orders_.end(), [&](const Order& order) {
            return order.unit_id == unit.id && !is_ended(order.state);
        });
        ASSERT_LE(open, 1) << unit.id << " holds two exclusive orders";
        ASSERT_EQ(open == 1, !unit.active_order_id.empty());
        const bool shows_order =
            unit.status >= UnitStatus::kDispatched && unit.status <= UnitStatus::kOnScene;
        ASSERT_EQ(open == 1, shows_order);
        if (open == 0) return;
        const auto held = std::find_if(orders_.begin(), orders_.end(), [&](const Order& order) {
            return order.id == unit.active_order_id;
        });
        ASSERT_NE(held, orders_.end());
        ASSERT_EQ(held->unit_id, unit.id);
        ASSERT_EQ(held->incident_id, unit.active_incident_id);
        constexpr UnitStatus kShown[] = {UnitStatus::kDispatched, UnitStatus::kDispatched,
                                         UnitStatus::kAcknowledged, UnitStatus::kEnRoute,
                                         UnitStatus::kOnScene};
        ASSERT_EQ(unit.status, kShown[static_cast<std::size_t>(held->state)]);
    }

    void check_incident(const Incident& incident) const {
        std::size_t orders = 0;
        int furthest = -1;
        bool cleared = false;
        for (const Order& order : orders_) {
            if (order.incident_id != incident.id) continue;
            ASSERT_LT(orders, incident.orders.size());
            ASSERT_EQ(incident.orders[orders].order_id, order.id);
            ASSERT_EQ(incident.orders[orders].progress, static_cast<std::uint8_t>(order.state));
            ++orders;
            cleared = cleared || order.state == OrderState::kCleared;
            if (!is_ended(order.state))
                furthest = std::max(furthest, static_cast<int>(order.state));
        }
        ASSERT_EQ(incident.orders.size(), orders);
        if (!is_open(incident)) {
            ASSERT_EQ(furthest, -1) << "closed with an open order";
            return;
        }
        constexpr IncidentState kOpen[] = {IncidentState::kDispatched, IncidentState::kDispatched,
                                           IncidentState::kAcknowledged, IncidentState::kEnRoute,
                                           IncidentState::kOnScene};
        const IncidentState expected = furthest >= 0 ? kOpen[furthest]
                                       : cleared     ? IncidentState::kHandled
                                                     : IncidentState::kReceived;
        ASSERT_EQ(incident.state, expected);
        ASSERT_EQ(is_set(incident.dispatched_at), orders > 0);
        if (incident.state == IncidentState::kHandled) ASSERT_TRUE(is_set(incident.handled_at));
    }

    SeededRandom random_;
    Timestamp now_ = Timestamp{std::chrono::seconds{10'000}};
    std::vector<Incident> incidents_;
    std::vector<Unit> units_;
    std::vector<Order> orders_;
};

// 200 districts, 300 random commands and facts each: no unit holds two orders, no incident or unit
// tells another story than its orders.
TEST(Linkage, OrdersIncidentsAndUnitsNeverDisagree) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(testing::Message() << "seed " << seed);
        District district(seed);
        for (int i = 0; i < 300; ++i) {
            district.step();
            district.check();
            if (testing::Test::HasFatalFailure()) return;
        }
    }
}

}  // namespace
}  // namespace liandong::domain
