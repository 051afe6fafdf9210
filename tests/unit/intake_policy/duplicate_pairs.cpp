#include "tests/unit/intake_policy/duplicate_pairs.h"

#include "common/base/check.h"
#include "common/base/id.h"

#include <boost/json.hpp>

#include <cmath>
#include <fstream>
#include <sstream>

namespace liandong::intake {
namespace {

namespace json = boost::json;

json::array read_array(const char* name) {
    std::ifstream file(std::string(LIANDONG_PAIRS_FOLDER) + "/" + name);
    std::ostringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).as_array();
}

double number_of(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? 0 : value->to_number<double>();
}

std::string text_of(const json::object& object, const char* name) {
    const auto* value = object.if_contains(name);
    return value == nullptr ? "" : json::value_to<std::string>(*value);
}

std::uint64_t token_of(const std::string& caller) {
    return caller.empty() ? 0 : std::stoull(sha256_hex_of(caller).substr(0, 15), nullptr, 16);
}

Evidence evidence_of(const json::object& side, const Lexicon& lexicon, const PlaceNames& names) {
    constexpr Timestamp kStart{std::chrono::hours(24 * 365 * 56)};
    const std::string words = text_of(side, "words"), address = text_of(side, "addr");
    ReportFacts facts;
    facts.words = words;
    facts.address = address;
    facts.at = kStart + std::chrono::seconds(static_cast<int>(number_of(side, "min") * 60));
    facts.accuracy = {number_of(side, "acc")};
    facts.caller = token_of(text_of(side, "who"));
    facts.is_silent = text_of(side, "ch") == "silent";
    facts.is_text = text_of(side, "ch") == "text";
    facts.in_danger = side.contains("danger");
    if (const auto* xy = side.if_contains("xy")) {
        facts.position = point_at(xy->at(0).to_number<double>(), xy->at(1).to_number<double>());
    }
    return read_evidence(lexicon, names, facts);
}

}  // namespace

domain::Point point_at(double east, double north) {
    constexpr double kE7PerMeter = 1e7 / 111'194.93;
    constexpr double kCosine = 0.857'8;  // of 30.93°
    return {309'300'000 + static_cast<std::int32_t>(std::lround(north * kE7PerMeter)),
            1'135'700'000 + static_cast<std::int32_t>(std::lround(east * kE7PerMeter / kCosine))};
}

PlaceNames yingcheng_names() {
    return {
        .townships = {"城中", "城北", "四里棚",   "东马坊", "长江埠", "田店", "杨河",
                      "三合", "郎君", "黄滩",     "天鹅",   "义和",   "陈河", "杨岭",
                      "汤池", "南垸", "chengbei", "sanhe",  "yanghe", "yihe"},
        .ambiguous = {"团结村", "新集村", "花园村", "红星村", "飞跃村", "tuanjie village",
                      "huayuan village", "xinji village", "hongxing village", "feiyue village"}};
}

std::vector<LabelledPair> read_pairs(const Lexicon& lexicon, const PlaceNames& names) {
    std::vector<LabelledPair> pairs;
    for (const char* file : {"duplicate_pairs_same.json", "duplicate_pairs_other.json"}) {
        for (const json::value& value : read_array(file)) {
            const json::object& object = value.as_object();
            LabelledPair& pair = pairs.emplace_back();
            pair.id = text_of(object, "id");
            pair.same = object.at("same").as_bool();
            pair.held_out = sha256_hex_of(pair.id).front() >= '8';
            pair.incident = evidence_of(object.at("a").as_object(), lexicon, names);
            pair.report = evidence_of(object.at("b").as_object(), lexicon, names);
            pair.incident.id = pair.id;
        }
    }
    return pairs;
}

}  // namespace liandong::intake
