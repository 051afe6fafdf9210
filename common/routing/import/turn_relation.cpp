#include "common/routing/import/turn_relation.h"

#include <algorithm>

namespace liandong::routing {
namespace {

using Bound = std::array<bool, kProfiles>;
constexpr Bound kNobody{};
constexpr Bound kVehicles{true, true, true, false};
constexpr Bound kMotor{true, true, false, false};

struct Key {
    std::string_view name;
    Bound bound;
};
constexpr Key kKeys[] = {{"restriction", kVehicles},
                         {"restriction:motor_vehicle", kMotor},
                         {"restriction:motorcar", kMotor},
                         {"restriction:bicycle", {false, false, true, false}},
                         {"restriction:emergency", {true, false, false, false}}};

/// Takes away whom a word of `except` names.
void except(std::string_view word, Bound& bound) {
    if (word == "emergency") bound[index_of(Profile::kEmergency)] = false;
    if (word == "motorcar" || word == "motor_vehicle") bound[index_of(Profile::kCar)] = false;
    if (word == "motor_vehicle") bound[index_of(Profile::kEmergency)] = false;
    if (word == "bicycle") bound[index_of(Profile::kBicycle)] = false;
}

void except_all(std::string_view words, Bound& bound) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(';'), words.size());
        std::string_view word = words.substr(0, end);
        while (word.starts_with(' ')) word.remove_prefix(1);
        while (word.ends_with(' ')) word.remove_suffix(1);
        except(word, bound);
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

bool has_conditional(const OsmTags& tags) {
    return std::ranges::any_of(tags.all(), [](const auto& tag) {
        return tag.first.starts_with("restriction") && tag.first.ends_with(":conditional");
    });
}

/// Once each: from and to are ways, via a node.
TurnRelationKind read_members(const OsmRelation& relation, TurnRelation& turn) {
    int from = 0, via = 0, to = 0;
    for (const OsmMember& member : relation.members) {
        if (member.role == "via") {
            if (member.kind != OsmKind::kNode) return TurnRelationKind::kViaWay;
            turn.via_node = member.id;
            ++via;
        } else if (member.role == "from" && member.kind == OsmKind::kWay) {
            turn.from_way = member.id;
            ++from;
        } else if (member.role == "to" && member.kind == OsmKind::kWay) {
            turn.to_way = member.id;
            ++to;
        }
    }
    return from == 1 && via == 1 && to == 1 ? TurnRelationKind::kTaken : TurnRelationKind::kUnclear;
}

}  // namespace

TurnRelationKind read_turn(const OsmRelation& relation, TurnRelation& turn) {
    const std::string_view type = relation.tags.find("type");
    if (type != "restriction" && !type.starts_with("restriction:")) return TurnRelationKind::kNone;
    const auto key = std::ranges::find_if(
        kKeys, [&](const Key& one) { return !relation.tags.find(one.name).empty(); });
    if (key == std::end(kKeys)) {
        return has_conditional(relation.tags) ? TurnRelationKind::kConditional
                                              : TurnRelationKind::kNone;
    }
    const std::string_view value = relation.tags.find(key->name);
    turn.only = value.starts_with("only_");
    if (!turn.only && !value.starts_with("no_")) return TurnRelationKind::kUnclear;
    turn.profiles = key->bound;
    except_all(relation.tags.find("except"), turn.profiles);
    if (turn.profiles == kNobody) return TurnRelationKind::kNone;
    return read_members(relation, turn);
}

}  // namespace liandong::routing
