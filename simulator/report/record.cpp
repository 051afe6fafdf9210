#include "simulator/report/record.h"

#include <fmt/format.h>

namespace liandong::simulator {

static_assert(kCounterNames.size() == static_cast<std::size_t>(Counter::kMissingOrders) + 1);

namespace {

std::string call_and_reason(std::string_view call, const Error& error) {
    return fmt::format("{} {}/{}", call, to_string(error.code), error.reason);
}

}  // namespace

void Record::refused(std::string_view call, const Error& error) {
    ++refusals_[call_and_reason(call, error)];
}

void Record::resent(std::string_view call, const Error& error) {
    count(Counter::kResends);
    ++resends_[call_and_reason(call, error)];
}

void Record::unit_lost(std::string_view reason, std::string line) {
    count(Counter::kUnitsLost);
    ++lost_by_reason_[std::string(reason)];
    if (lost_units_.size() < kListed_max) lost_units_.push_back(std::move(line));
}

}  // namespace liandong::simulator
