#pragma once

#include "common/base/error.h"
#include "common/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::domain {

/// One unit sent to one incident. Sent, delivered and signed are three facts, shown as three.
enum class OrderState : std::uint8_t {
    kSent,       ///< 派警: committed
    kDelivered,  ///< the terminal confirmed that it has it
    kSigned,     ///< 签收
    kDeparted,   ///< 出警
    kArrived,    ///< 到场
    kCleared,    ///< 处置完毕; ends the order
    kDeclined,   ///< 退回; ends the order
    kCancelled,  ///< 撤回; ends the order
};
inline constexpr OrderState kAllOrderStates[] = {
    OrderState::kSent,    OrderState::kDelivered, OrderState::kSigned,   OrderState::kDeparted,
    OrderState::kArrived, OrderState::kCleared,   OrderState::kDeclined, OrderState::kCancelled};

/// What may be recorded about an order.
enum class OrderFact : std::uint8_t {
    kDelivered,
    kSigned,
    kDeparted,
    kArrived,
    kCleared,
    kDeclined,
    kCancelled
};
inline constexpr OrderFact kAllOrderFacts[] = {
    OrderFact::kDelivered, OrderFact::kSigned,   OrderFact::kDeparted, OrderFact::kArrived,
    OrderFact::kCleared,   OrderFact::kDeclined, OrderFact::kCancelled};

/// Where a fact comes from (D3).
enum class FactSource : std::uint8_t {
    kUnspecified,
    kButton,    ///< the crew's terminal
    kOnBehalf,  ///< a dispatcher, for a radio-only unit
    kGeofence,
    kImport,  ///< another system's record
};

/// One entry of an order's record: what was said, when it happened, when we heard it, from whom.
struct OrderEntry {
    OrderFact fact = OrderFact::kDelivered;
    Timestamp occurred_at;
    Timestamp recorded_at;
    FactSource source = FactSource::kUnspecified;
    std::string by;
    std::string reason;  ///< for declined and cancelled; ≤ 200 bytes
    /// False when the fact came in an order the state table does not know (late, repeated, after
    /// the end): it is kept and shown, and moves nothing.
    bool moved_state = false;

    friend bool operator==(const OrderEntry&, const OrderEntry&) = default;
};

inline constexpr std::size_t kOrderEntries_max = 32;

struct Order {
    std::string id;
    std::string incident_id;
    std::string unit_id;
    OrderState state = OrderState::kSent;
    bool exclusive = true;
    std::string ordered_by;
    std::string agency;
    std::string note;                 ///< what the crew is told, ≤ 500 bytes
    Timestamp sent_at;                ///< T4
    std::vector<OrderEntry> entries;  ///< ≤ kOrderEntries_max
    std::int32_t entries_dropped =
        0;  ///< facts beyond the limit: counted, and in the event log all the same

    friend bool operator==(const Order&, const Order&) = default;
};

bool is_ended(OrderState state);

/// The state a fact leads to from `state`; nullopt: it moves nothing (and is kept). The whole table
/// is in `order.cpp` and, cell by cell, in the test. Milestones may be skipped (a crew that presses
/// only "arrived" has departed), never run backwards; nothing moves an ended order.
std::optional<OrderState> next_state(OrderState state, OrderFact fact);

/// Records a fact from the field or by a dispatcher on behalf. Never refuses (D3).
/// Returns whether the state moved.
bool record_fact(Order& order, OrderEntry entry);

/// Whether a dispatcher may cancel it: only what has not ended, since a command obeys the table
/// while a fact does not (D3). FAILED_PRECONDITION / ORDER_ENDED (metadata "state").
Status check_cancellable(const Order& order);

/// Whether the crew left for the scene, as far as its record says or implies: only "arrived" or
/// "cleared" implies it too.
bool has_departed(const Order& order);

/// When we recorded the fact that ended it, or unset while it is open. Recorded, not occurred: what
/// a crew says of the time is kept however odd (D3) and must not decide how long a mirror holds the
/// order.
Timestamp ended_at(const Order& order);

/// `occurred_at` of the first entry with this fact that moved the state, or unset: shown as
/// "missing" where skipped.
Timestamp milestone(const Order& order, OrderFact fact);

std::string_view to_string(OrderState state);
std::string_view to_string(OrderFact fact);

}  // namespace liandong::domain
