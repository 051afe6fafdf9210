#include "simulator/report/replay_report.h"
#include "simulator/report/verdict.h"
#include "simulator/report/world_quantile.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace liandong::simulator {
namespace {

namespace json = boost::json;

json::value micros(const std::optional<Duration>& value) {
    return value ? json::value(value->count()) : json::value(nullptr);
}

json::object stage_json(const Histogram& times) {
    json::object object;
    object["count"] = times.count();
    object["p50"] = micros(times.sound_quantile(0.5));
    object["p90"] = micros(times.sound_quantile(0.9));
    object["p99"] = micros(times.sound_quantile(0.99));
    object["p999"] = micros(times.sound_quantile(0.999));
    object["max"] = times.max().count();
    json::array& buckets = object["buckets"].emplace_array();
    for (const auto& [upper, count] : times.buckets()) buckets.push_back({upper.count(), count});
    return object;
}

json::object span_json(const std::vector<Duration>& values) {
    json::object object;
    object["count"] = values.size();
    object["p50"] = micros(sound_quantile(values, 0.5));
    object["p90"] = micros(sound_quantile(values, 0.9));
    return object;
}

json::array bucket_json(const std::vector<ReactionBucket>& buckets) {
    json::array array;
    for (const ReactionBucket& bucket : buckets)
        array.push_back({{"label", bucket.label}, {"count", bucket.count}});
    return array;
}

json::object crews_json(const Record& record, const ReplayFacts& facts) {
    json::object object;
    for (std::size_t i = 0; i < kWorldSpans; ++i) {
        const auto span = static_cast<WorldSpan>(i);
        json::object& target = object[kWorldSpanNames[i]].emplace_object();
        target["replayed"] = span_json(record.world(span));
        if (facts.speed <= kComparableSpeed_max && !record.source(span).empty()) {
            target["recorded"] = span_json(record.source(span));
        }
    }
    object["sign_buckets"] = bucket_json(sign_buckets(record.world(WorldSpan::kSentToSigned)));
    object["departure_buckets"] =
        bucket_json(departure_buckets(record.world(WorldSpan::kSentToDeparted)));
    return object;
}

json::object counts_json(const std::map<std::string, std::uint64_t>& counts) {
    json::object object;
    for (const auto& [name, count] : counts) object[name] = count;
    return object;
}

json::array list_json(const std::vector<std::string>& lines) {
    json::array array;
    for (const std::string& line : lines) array.emplace_back(line);
    return array;
}

}  // namespace

std::string to_json(const Record& record, const ReplayFacts& facts) {
    json::object object;
    object["schema"] = "liandong-replay-report";
    object["version"] = 1;
    object["scenario"] = facts.scenario;
    object["scope"] = facts.scope;
    object["speed"] = facts.speed;
    object["assign"] = facts.assign;
    object["seed"] = facts.seed;
    object["wall_micros"] = facts.wall.count();
    json::object& environment = object["environment"].emplace_object();
    for (const auto& [name, value] : facts.environment) environment[name] = value;
    json::object& stages = object["stages_micros"].emplace_object();
    for (std::size_t i = 0; i < kStages; ++i) {
        stages[kStageTexts[i].name] = stage_json(record.stage(static_cast<Stage>(i)));
    }
    json::object& counters = object["counts"].emplace_object();
    for (std::size_t i = 0; i < kCounterNames.size(); ++i) {
        counters[kCounterNames[i]] = record.counter(static_cast<Counter>(i));
    }
    object["crews_world_micros"] = crews_json(record, facts);
    object["refusals"] = counts_json(record.refusals());
    object["resends"] = counts_json(record.resends());
    object["units_lost_by_reason"] = counts_json(record.lost_by_reason());
    object["units_lost"] = list_json(record.lost_units());
    object["warnings"] = list_json(warnings_of(record));
    object["failures"] = list_json(failures_of(record));
    return json::serialize(object) + "\n";
}

}  // namespace liandong::simulator
