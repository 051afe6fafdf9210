#include "common/routing/import/way_rules.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace liandong::routing {
namespace {

struct Quantity {
    double value = 0;
    std::string_view rest;  ///< what follows, without blanks before it
};

std::optional<Quantity> quantity_of(std::string_view text) {
    Quantity quantity;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), quantity.value);
    if (error != std::errc{} || !(quantity.value >= 0) || !std::isfinite(quantity.value))
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::size_t word = text.find_first_not_of(' ');
    quantity.rest = word == std::string_view::npos ? std::string_view() : text.substr(word);
    return quantity;
}

template <class Integer> Integer limited(double value) {
    const double most = std::numeric_limits<Integer>::max();
    return value >= 0.5 && value <= most ? static_cast<Integer>(std::lround(value)) : Integer{0};
}

}  // namespace

std::uint16_t centimeters_of(std::string_view text) {
    constexpr double kFootCm = 30.48, kInchCm = 2.54;
    const auto first = quantity_of(text);
    if (!first) return 0;
    if (first->rest.empty() || first->rest == "m")
        return limited<std::uint16_t>(first->value * 100);
    if (first->rest == "cm") return limited<std::uint16_t>(first->value);
    if (!first->rest.starts_with("'")) return 0;
    const auto inches = quantity_of(first->rest.substr(1));
    return limited<std::uint16_t>(first->value * kFootCm + (inches ? inches->value : 0) * kInchCm);
}

std::uint32_t kilograms_of(std::string_view text) {
    const auto weight = quantity_of(text);
    if (!weight) return 0;
    if (weight->rest.empty() || weight->rest == "t") {
        return limited<std::uint32_t>(weight->value * 1000);
    }
    return weight->rest == "kg" ? limited<std::uint32_t>(weight->value) : 0;
}

double speed_limit_meters_per_second(std::string_view text) {
    constexpr double kKmh = 1 / 3.6, kMph = 1.609344 / 3.6, kWalkKmh = 7;
    if (text == "walk") return kWalkKmh * kKmh;
    const auto limit = quantity_of(text);
    if (!limit || limit->value < 1) return 0;
    if (limit->rest.empty() || limit->rest == "km/h") return limit->value * kKmh;
    return limit->rest == "mph" ? limit->value * kMph : 0;
}

}  // namespace liandong::routing
