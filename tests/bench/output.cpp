#include "tests/bench/output.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

namespace liandong::bench {
namespace {

namespace json = boost::json;

std::string bar_text(const Metric& metric) {
    if (!metric.bar) return "";
    const bool at_least = metric.bar->side == Bar::Side::kAtLeast;
    return fmt::format("{} {:.4g}", at_least ? "≥" : "≤", metric.bar->limit);
}

std::string verdict_text(const Metric& metric, bool judged) {
    if (!metric.bar || !judged) return "-";
    return metric.passes() ? "PASS" : "MISS";
}

std::string range_text(const Spread& spread) {
    return spread.rounds == 1 ? "" : fmt::format("{:.4g} – {:.4g}", spread.min, spread.max);
}

json::object spread_json(const Spread& spread) {
    return {
        {"median", spread.median}, {"range", {spread.min, spread.max}}, {"rounds", spread.rounds}};
}

json::object metric_json(const Metric& metric, bool judged) {
    json::object object{
        {"name", metric.name}, {"value", metric.value.median}, {"unit", metric.unit}};
    object["floor"] = metric.floor ? json::value(metric.floor->median) : json::value(nullptr);
    object["command"] = fmt::format("make bench AREA={}", metric.area);
    object["range"] = {metric.value.min, metric.value.max};
    object["rounds"] = metric.value.rounds;
    if (metric.floor) {
        object["floor_unit"] = metric.floor_unit;
        object["floor_rounds"] = spread_json(*metric.floor);
    }
    if (metric.bar) {
        object["bar"] = bar_text(metric);
        if (judged) object["passes"] = metric.passes();
    }
    object["note"] = metric.note;
    return object;
}

}  // namespace

std::string to_table(const Metrics& metrics, bool judged) {
    std::string table = fmt::format("{:<31} {:>9} {:<10} {:<19} {:<8} {:<5} {}\n", "figure",
                                    "median", "unit", "range", "bar", "", "floor of the same run");
    for (const Metric& metric : metrics) {
        const std::string floor =
            metric.floor ? fmt::format("{:.4g} {}", metric.floor->median, metric.floor_unit) : "";
        table += fmt::format("{:<31} {:>9.4g} {:<10} {:<19} {:<8} {:<5} {}\n", metric.name,
                             metric.value.median, metric.unit, range_text(metric.value),
                             bar_text(metric), verdict_text(metric, judged), floor);
    }
    return table;
}

std::string to_json(const Metrics& metrics, const Options& options,
                    const Environment& environment) {
    json::object root;
    json::array& list = root["metrics"].emplace_array();
    for (const Metric& metric : metrics) list.push_back(metric_json(metric, !options.quick));
    root["quick"] = options.quick;
    json::object& where = root["environment"].emplace_object();
    for (const auto& [name, value] : environment) where[name] = value;
    return json::serialize(root);
}

}  // namespace liandong::bench
