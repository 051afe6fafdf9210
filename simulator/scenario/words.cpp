#include "simulator/scenario/words.h"

#include "common/base/check.h"

#include <array>
#include <cstddef>

namespace liandong::simulator {
namespace {

using domain::BulletinKind;
using domain::Channel;
using domain::CommandRelation;
using domain::Datum;
using domain::LevelScale;
using domain::UnitKind;
using domain::UnitStatus;

// Each table is in the order of its enumeration.
constexpr std::array<std::string_view, 14> kUnitKinds = {
    "unspecified", "police_patrol", "traffic_police", "fire_engine", "fire_truck",
    "fire_chief",  "ambulance",     "armed_police",   "militia",     "patrol_team",
    "grid_worker", "duty_official", "volunteer",      "other"};
constexpr std::array<std::string_view, 3> kRelations = {"direct", "request", "approval"};
constexpr std::array<std::string_view, 9> kStatuses = {"off_duty",  "in_station", "on_patrol",
                                                       "returning", "dispatched", "acknowledged",
                                                       "en_route",  "on_scene",   "out_of_service"};
constexpr std::array<std::string_view, 19> kChannels = {
    "unspecified",     "phone_110",   "phone_119",    "phone_120",   "phone_122",
    "phone_12345",     "text_12110",  "console",      "grid_worker", "patrol",
    "radio",           "walk_in",     "camera",       "sensor",      "alarm",
    "vehicle_or_lift", "citizen_app", "other_agency", "upper_centre"};
constexpr std::array<std::string_view, 5> kDatums = {"unspecified", "wgs84", "gcj02", "bd09",
                                                     "cgcs2000"};
constexpr std::array<std::string_view, 7> kScales = {
    "unspecified", "incident", "warning", "response", "fire_alarm", "police", "priority"};
constexpr std::array<std::string_view, 5> kBulletinKinds = {"unspecified", "warning", "situation",
                                                            "rumour_correction", "all_clear"};

static_assert(kUnitKinds.size() == static_cast<std::size_t>(UnitKind::kOther) + 1);
static_assert(kStatuses.size() == static_cast<std::size_t>(UnitStatus::kOutOfService) + 1);
static_assert(kChannels.size() == static_cast<std::size_t>(Channel::kUpperCentre) + 1);
static_assert(kScales.size() == static_cast<std::size_t>(LevelScale::kPriority) + 1);

template <class Table, class Enum> std::string_view at(const Table& table, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    LIANDONG_CHECK(index < table.size());
    return table[index];
}

template <class Enum, class Table>
std::optional<Enum> find(const Table& table, std::string_view word) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i] == word) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view word_of(UnitKind value) { return at(kUnitKinds, value); }
std::string_view word_of(CommandRelation value) { return at(kRelations, value); }
std::string_view word_of(UnitStatus value) { return at(kStatuses, value); }
std::string_view word_of(Channel value) { return at(kChannels, value); }
std::string_view word_of(Datum value) { return at(kDatums, value); }
std::string_view word_of(LevelScale value) { return at(kScales, value); }
std::string_view word_of(BulletinKind value) { return at(kBulletinKinds, value); }

template <> std::optional<UnitKind> parse_word(std::string_view word) {
    return find<UnitKind>(kUnitKinds, word);
}
template <> std::optional<CommandRelation> parse_word(std::string_view word) {
    return find<CommandRelation>(kRelations, word);
}
template <> std::optional<UnitStatus> parse_word(std::string_view word) {
    return find<UnitStatus>(kStatuses, word);
}
template <> std::optional<Channel> parse_word(std::string_view word) {
    return find<Channel>(kChannels, word);
}
template <> std::optional<Datum> parse_word(std::string_view word) {
    return find<Datum>(kDatums, word);
}
template <> std::optional<LevelScale> parse_word(std::string_view word) {
    return find<LevelScale>(kScales, word);
}
template <> std::optional<BulletinKind> parse_word(std::string_view word) {
    return find<BulletinKind>(kBulletinKinds, word);
}

}  // namespace liandong::simulator
