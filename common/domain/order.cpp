#include "common/domain/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace liandong::domain {
namespace {

using State = OrderState;

constexpr std::size_t kStates = std::size(kAllOrderStates);
constexpr std::size_t kFacts = std::size(kAllOrderFacts);
constexpr auto kStays = static_cast<State>(0xff);

using Row = std::array<State, kFacts>;

// What each fact leads to. A milestone moves forward over skipped ones, never back; an end ends
// whatever is open, also on scene: a crew that gives an order back, or is called off, is not
// working on it. Nothing moves what has ended.
// clang-format off
constexpr std::array<Row, kStates> kNext = {{
    //              delivered          signed          departed          arrived          cleared          declined          cancelled
    /* SENT      */ {State::kDelivered, State::kSigned, State::kDeparted, State::kArrived, State::kCleared, State::kDeclined, State::kCancelled},
    /* DELIVERED */ {kStays,            State::kSigned, State::kDeparted, State::kArrived, State::kCleared, State::kDeclined, State::kCancelled},
    /* SIGNED    */ {kStays,            kStays,         State::kDeparted, State::kArrived, State::kCleared, State::kDeclined, State::kCancelled},
    /* DEPARTED  */ {kStays,            kStays,         kStays,           State::kArrived, State::kCleared, State::kDeclined, State::kCancelled},
    /* ARRIVED   */ {kStays,            kStays,         kStays,           kStays,          State::kCleared, State::kDeclined, State::kCancelled},
    /* CLEARED   */ {kStays,            kStays,         kStays,           kStays,          kStays,          kStays,           kStays},
    /* DECLINED  */ {kStays,            kStays,         kStays,           kStays,          kStays,          kStays,           kStays},
    /* CANCELLED */ {kStays,            kStays,         kStays,           kStays,          kStays,          kStays,           kStays},
}};
// clang-format on

// Four milestones and one end: entries that move the state always find room.
constexpr std::size_t kMovingEntries_max = 5;
constexpr std::size_t kOtherEntries_max = kOrderEntries_max - kMovingEntries_max;

bool has_room(const Order& order, bool moving) {
    if (moving) return true;
    const auto others = std::count_if(order.entries.begin(), order.entries.end(),
                                      [](const OrderEntry& entry) { return !entry.moved_state; });
    return static_cast<std::size_t>(others) < kOtherEntries_max;
}

const OrderEntry* moving_entry(const Order& order, OrderFact fact) {
    for (const OrderEntry& entry : order.entries) {
        if (entry.moved_state && entry.fact == fact) return &entry;
    }
    return nullptr;
}

}  // namespace

bool is_ended(OrderState state) {
    return state == State::kCleared || state == State::kDeclined || state == State::kCancelled;
}

std::optional<OrderState> next_state(OrderState state, OrderFact fact) {
    const State next = kNext[std::to_underlying(state)][std::to_underlying(fact)];
    if (next == kStays) return std::nullopt;
    return next;
}

bool record_fact(Order& order, OrderEntry entry) {
    const std::optional<State> next = next_state(order.state, entry.fact);
    entry.moved_state = next.has_value();
    if (next) order.state = *next;
    if (has_room(order, entry.moved_state)) {
        order.entries.push_back(std::move(entry));
    } else {
        ++order.entries_dropped;
    }
    return next.has_value();
}

Status check_cancellable(const Order& order) {
    if (!is_ended(order.state)) return {};
    const std::string state(to_string(order.state));
    return fail(Error{
        Code::kFailedPrecondition,
        "ORDER_ENDED",
        fmt::format("order {} is {} already", order.id, state),
        {}}.with("state", state));
}

Timestamp milestone(const Order& order, OrderFact fact) {
    const OrderEntry* entry = moving_entry(order, fact);
    return entry ? entry->occurred_at : Timestamp{};
}

bool has_departed(const Order& order) {
    if (order.state == State::kDeparted || order.state == State::kArrived ||
        order.state == State::kCleared) {
        return true;
    }
    return moving_entry(order, OrderFact::kDeparted) || moving_entry(order, OrderFact::kArrived);
}

Timestamp ended_at(const Order& order) {
    if (!is_ended(order.state)) return {};
    for (OrderFact fact : {OrderFact::kCleared, OrderFact::kDeclined, OrderFact::kCancelled}) {
        if (const OrderEntry* entry = moving_entry(order, fact)) return entry->recorded_at;
    }
    return {};
}

std::string_view to_string(OrderState state) {
    constexpr std::string_view kNames[] = {"SENT",    "DELIVERED", "SIGNED",   "DEPARTED",
                                           "ARRIVED", "CLEARED",   "DECLINED", "CANCELLED"};
    return kNames[std::to_underlying(state)];
}

std::string_view to_string(OrderFact fact) {
    constexpr std::string_view kNames[] = {"DELIVERED", "SIGNED",   "DEPARTED", "ARRIVED",
                                           "CLEARED",   "DECLINED", "CANCELLED"};
    return kNames[std::to_underlying(fact)];
}

}  // namespace liandong::domain
