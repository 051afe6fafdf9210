#pragma once

#include "common/domain/entity.h"

#include <optional>

namespace liandong::dispatch {

/// What was said about an order.
struct FactReport {
    std::string order_id;
    domain::OrderFact fact = domain::OrderFact::kDelivered;
    Timestamp occurred_at;  ///< unset: now
    domain::FactSource source = domain::FactSource::kUnspecified;
    std::optional<domain::Point> position;  ///< where the unit is
    std::string reason;  ///< ≤ 200 bytes; required for declined and cancelled (checked at the edge)
};

/// An order and the two entities that it moves, which therefore never disagree.
struct OrderSet {
    domain::Order order;
    domain::Incident incident;
    domain::Unit unit;

    friend bool operator==(const OrderSet&, const OrderSet&) = default;
};

/// D3: never refuses. Moves order, incident and unit as far as the fact moves them; a declined
/// order leaves open demand.
OrderSet record_fact(OrderSet set, const FactReport& report, std::string_view by, Timestamp now);

}  // namespace liandong::dispatch
