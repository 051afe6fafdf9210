#include "services/intake/policy/duplicates/marks.h"
#include "services/intake/policy/duplicates/text.h"
#include "services/intake/policy/duplicates/words.h"

#include <algorithm>

namespace liandong::intake {
namespace {

/// A Chinese suffix behind a number.
struct Suffix {
    std::u32string_view text;
    MarkKind kind;
    int most;  ///< larger numbers mean something else
};
constexpr Suffix kSuffixes[] = {
    {U"号楼", MarkKind::kBuilding, 999},  {U"栋", MarkKind::kBuilding, 999},
    {U"幢", MarkKind::kBuilding, 999},    {U"号仓", MarkKind::kBuilding, 99},
    {U"号厂房", MarkKind::kBuilding, 99}, {U"#楼", MarkKind::kBuilding, 999},
    {U"#", MarkKind::kBuilding, 999},     {U"号车间", MarkKind::kBuilding, 99},
    {U"号库", MarkKind::kBuilding, 99},   {U"单元", MarkKind::kEntrance, 99},
    {U"楼", MarkKind::kFloor, 120},       {U"层", MarkKind::kFloor, 120},
    {U"室", MarkKind::kRoom, 9'999},      {U"房", MarkKind::kRoom, 9'999},
    {U"号房", MarkKind::kRoom, 9'999},    {U"组", MarkKind::kGroup, 60},
};

/// What a number before 号 is no house number of.
constexpr std::u32string_view kNotHouses = U"楼线车井台桌机床病馆仓坑桥柱门站店桩库厅高厂房";

bool is_room_or_less(const Suffix& suffix, const Numeral& number) {
    if (suffix.kind != MarkKind::kRoom) return true;
    return number.value >= 101;  // "一房" is a kind of flat, not a door
}

std::string number_text(std::u32string_view text, std::size_t begin, const Numeral& number) {
    const bool below = begin > 0 && text[begin - 1] == U'负';
    return (below ? "-" : "") + std::to_string(number.value);
}

void read_suffixed(std::u32string_view text, std::size_t at, const Numeral& number, Marks& marks) {
    const std::size_t behind = at + number.length;
    for (const Suffix& suffix : kSuffixes) {
        if (!continues_with(text, behind, suffix.text) || number.value > suffix.most) continue;
        if (!is_room_or_less(suffix, number)) continue;
        marks.push_back({suffix.kind, number_text(text, at, number)});
        return;
    }
}

/// "28号", "28-1号", but neither "5月3号" nor "4号线".
void read_house(std::u32string_view text, std::size_t at, const Numeral& number, Marks& marks) {
    if (at > 0 && (text[at - 1] == U'月' || text[at - 1] == U'-')) return;
    std::size_t behind = at + number.length;
    std::string value = std::to_string(number.value);
    if (continues_with(text, behind, U"-")) {
        const Numeral part = read_numeral(text, behind + 1);
        if (part.length == 0) return;
        value += "-" + std::to_string(part.value);
        behind += 1 + part.length;
    }
    if (!continues_with(text, behind, U"号") || number.value == 0) return;
    const char32_t next = behind + 1 < text.size() ? text[behind + 1] : U' ';
    if (kNotHouses.find(next) == kNotHouses.npos) marks.push_back({MarkKind::kHouseNumber, value});
}

/// "a座", "b栋".
void read_lettered(std::u32string_view text, std::size_t at, Marks& marks) {
    if (!is_letter(text[at]) || (at > 0 && is_letter(text[at - 1]))) return;
    if (continues_with(text, at + 1, U"座") || continues_with(text, at + 1, U"栋") ||
        continues_with(text, at + 1, U"幢")) {
        marks.push_back({MarkKind::kBuilding, to_utf8(text.substr(at, 1))});
    }
}

/// An English word before a number or a letter.
struct Prefix {
    std::u32string_view text;
    MarkKind kind;
};
constexpr Prefix kPrefixes[] = {
    {U"building", MarkKind::kBuilding}, {U"block", MarkKind::kBuilding},
    {U"tower", MarkKind::kBuilding},    {U"warehouse", MarkKind::kBuilding},
    {U"workshop", MarkKind::kBuilding}, {U"entrance", MarkKind::kEntrance},
    {U"unit", MarkKind::kEntrance},     {U"floor", MarkKind::kFloor},
    {U"level", MarkKind::kFloor},       {U"room", MarkKind::kRoom},
    {U"apartment", MarkKind::kRoom},    {U"apt", MarkKind::kRoom},
    {U"flat", MarkKind::kRoom},         {U"group", MarkKind::kGroup},
    {U"no.", MarkKind::kHouseNumber},   {U"number", MarkKind::kHouseNumber},
};

bool is_all_digits(std::u32string_view word) {
    return !word.empty() && std::ranges::all_of(word, is_digit);
}

void read_prefixed(std::u32string_view text, std::size_t at, Marks& marks) {
    if (at > 0 && is_letter(text[at - 1])) return;
    for (const Prefix& prefix : kPrefixes) {
        if (!continues_with(text, at, prefix.text)) continue;
        const std::size_t next = skip_spaces(text, at + prefix.text.size());
        if (next == at + prefix.text.size() && is_letter(prefix.text.back())) continue;
        const auto word = word_at(text, next);
        const bool is_name = is_all_digits(word) || (prefix.kind == MarkKind::kBuilding &&
                                                     word.size() == 1 && word != U"a");
        // "building a" is no name in running English: "a building a man stands on".
        if (is_name) marks.push_back({prefix.kind, to_utf8(word)});
        return;
    }
}

constexpr std::pair<std::u32string_view, std::string_view> kOrdinals[] = {
    {U"ground", "1"}, {U"first", "1"}, {U"second", "2"}, {U"third", "3"},
    {U"fourth", "4"}, {U"fifth", "5"}, {U"sixth", "6"},  {U"seventh", "7"},
    {U"eighth", "8"}, {U"ninth", "9"}, {U"tenth", "10"},
};

/// "5th floor", "third floor".
void read_ordinal_floor(std::u32string_view text, std::size_t at, Marks& marks) {
    if (!continues_with(text, at, U" floor")) return;
    const auto word = word_before(text, at);
    for (const auto& [name, value] : kOrdinals) {
        if (word == name) marks.push_back({MarkKind::kFloor, std::string(value)});
    }
    if (word.size() < 3 || !is_digit(word[0])) return;
    const Numeral number = read_numeral(word, 0);
    if (number.length + 2 == word.size())
        marks.push_back({MarkKind::kFloor, std::to_string(number.value)});
}

}  // namespace

void read_doors(std::u32string_view text, Marks& marks) {
    for (std::size_t i = 0; i < text.size();) {
        read_lettered(text, i, marks);
        read_prefixed(text, i, marks);
        read_ordinal_floor(text, i, marks);
        const bool inside = i > 0 && is_digit(text[i]) && is_digit(text[i - 1]);
        const Numeral number = inside ? Numeral{} : read_numeral(text, i);
        if (number.length == 0) {
            ++i;
            continue;
        }
        read_suffixed(text, i, number, marks);
        read_house(text, i, number, marks);
        i += number.length;
    }
}

}  // namespace liandong::intake
