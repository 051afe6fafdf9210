#include "common/base/utf8.h"
#include "simulator/scenario/format.h"
#include "simulator/scenario/words.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <cmath>

namespace liandong::simulator {
namespace {

namespace json = boost::json;

/// Whole seconds as integers, so that files read well; microseconds otherwise.
json::value seconds(Duration value) {
    if (value.count() % 1'000'000 == 0) return value.count() / 1'000'000;
    return static_cast<double>(value.count()) / 1e6;
}

/// Absent means empty, so only what says something is written.
void put(json::object& object, std::string_view key, std::string_view text) {
    if (!text.empty()) object[key] = json::string(text);
}

void put(json::object& object, std::string_view key, const std::optional<Duration>& value) {
    if (value) object[key] = seconds(*value);
}

void put_bytes(json::object& object, std::string_view key, std::string_view bytes) {
    if (is_utf8(bytes)) return put(object, key, bytes);
    std::string hex;
    for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    object[std::string(key) + "_hex"] = hex;
}

void put(json::object& object, const domain::Level& level) {
    if (level == domain::Level{}) return;
    json::object& target = object["level"].emplace_object();
    target["scale"] = word_of(level.scale);
    target["code"] = level.code;
    put(target, "authority", level.authority);
}

json::array texts(const std::vector<std::string>& values) {
    json::array array;
    for (const std::string& value : values) array.emplace_back(value);
    return array;
}

json::object to_json(const ScenarioHeader& header) {
    json::object object;
    object["format"] = kScenarioFormat;
    object["version"] = kScenarioVersion;
    object["name"] = header.name;
    object["district"] = header.district;
    object["start"] = to_rfc3339(header.start);
    object["synthetic_places"] = header.synthetic_places;
    object["synthetic_events"] = header.synthetic_events;
    put(object, "provenance", header.provenance);
    return object;
}

json::object to_json(const domain::Unit& unit) {
    json::object object;
    object["kind"] = "unit";
    object["id"] = unit.id;
    put(object, "call_sign", unit.call_sign);
    object["agency"] = unit.agency;
    object["unit_kind"] = word_of(unit.kind);
    object["relation"] = word_of(unit.relation);
    if (!unit.capabilities.empty()) object["capabilities"] = texts(unit.capabilities);
    if (unit.crew != 0) object["crew"] = unit.crew;
    put(object, "station", unit.station);
    put(object, "area_code", unit.area_code);
    object["status"] = word_of(unit.status);
    object["home"] = {{"latitude", unit.home.latitude()}, {"longitude", unit.home.longitude()}};
    return object;
}

json::object to_json(const Need& need) {
    json::object object;
    put(object, "capability", need.capability);
    if (!need.kinds.empty()) {
        json::array& kinds = object["kinds"].emplace_array();
        for (const domain::UnitKind kind : need.kinds) kinds.emplace_back(word_of(kind));
    }
    object["count"] = need.count;
    return object;
}

json::object to_json(const RecordedOrder& order) {
    json::object object;
    object["unit"] = order.unit_id;
    object["dispatched"] = seconds(order.dispatched);
    put(object, "departed", order.departed);
    put(object, "arrived", order.arrived);
    put(object, "cleared", order.cleared);
    return object;
}

json::object to_json(const domain::BulletinText& text) {
    return {{"language", text.language}, {"headline", text.headline}, {"body", text.body}};
}

template <class Values>
void put_list(json::object& object, std::string_view key, const Values& values) {
    if (values.empty()) return;
    json::array& array = object[key].emplace_array();
    for (const auto& value : values) array.emplace_back(to_json(value));
}

json::object to_json(const ScenarioReport& report) {
    json::object object;
    object["kind"] = "report";
    object["id"] = report.id;
    object["at"] = seconds(report.at);
    object["channel"] = word_of(report.channel);
    put(object, "source_id", report.source_id);
    put_bytes(object, "words", report.words);
    put(object, "charset", report.words_charset);
    put(object, "phone", report.reporter_phone);
    put(object, "type", report.type_code);
    put(object, report.level);
    if (report.life_threatening) object["life_threatening"] = true;
    if (report.position) {
        object["position"] = {{"latitude", report.position->latitude},
                              {"longitude", report.position->longitude},
                              {"datum", word_of(report.position->datum)}};
    }
    if (report.accuracy_meters != 0) object["accuracy_meters"] = report.accuracy_meters;
    put_bytes(object, "address", report.address);
    put(object, "area_code", report.area_code);
    put_list(object, "needs", report.needs);
    if (report.scene != Duration{}) object["scene"] = seconds(report.scene);
    put(object, "travel", report.travel);
    put(object, "duplicate_of", report.duplicate_of);
    put_list(object, "recorded", report.recorded);
    return object;
}

json::object to_json(const ScenarioBulletin& bulletin) {
    json::object object;
    object["kind"] = "bulletin";
    object["at"] = seconds(bulletin.at);
    object["bulletin_kind"] = word_of(bulletin.kind);
    put(object, bulletin.level);
    object["area_codes"] = texts(bulletin.area_codes);
    object["valid_for"] = seconds(bulletin.valid_for);
    put_list(object, "texts", bulletin.texts);
    return object;
}

}  // namespace

void write_scenario(const Scenario& scenario, std::ostream& out) {
    out << json::serialize(to_json(scenario.header)) << '\n';
    for (const domain::Unit& unit : scenario.units) out << json::serialize(to_json(unit)) << '\n';
    for (const ScenarioReport& report : scenario.reports)
        out << json::serialize(to_json(report)) << '\n';
    for (const ScenarioBulletin& bulletin : scenario.bulletins)
        out << json::serialize(to_json(bulletin)) << '\n';
}

}  // namespace liandong::simulator
