#include "services/intake/policy/duplicates/marks.h"
#include "services/intake/policy/duplicates/text.h"
#include "services/intake/policy/duplicates/words.h"

#include <algorithm>
#include <array>

namespace liandong::intake {
namespace {

constexpr std::size_t kRoadName_max = 3;

/// Longer ones first: 大道 is not a 道 called 大.
constexpr std::u32string_view kRoadSuffixes[] = {U"大道", U"大街", U"高速", U"路", U"街", U"巷"};

/// Words that end like a road and are none.
constexpr std::u32string_view kNoRoads[] = {
    U"马路", U"公路", U"道路", U"铁路", U"走路", U"一路", U"迷路", U"让路", U"过路", U"修路",
    U"线路", U"电路", U"半路", U"问路", U"同路", U"小路", U"大路", U"土路", U"老街", U"逛街",
    U"小巷", U"赶路", U"堵路", U"拦路", U"架路", U"短路", U"水路", U"条街", U"骂街", U"占路",
};

bool is_no_road(std::u32string_view name_and_suffix) {
    return std::ranges::any_of(
        kNoRoads, [&](std::u32string_view none) { return name_and_suffix.ends_with(none); });
}

void read_chinese_road(std::u32string_view text, std::size_t at, Marks& marks) {
    for (const auto suffix : kRoadSuffixes) {
        if (!continues_with(text, at, suffix)) continue;
        // 街道 is a township's suffix; 路灯, 路面 are things.
        const std::size_t end = at + suffix.size();
        if (end < text.size() && (text[end] == U'道' || text[end] == U'灯')) return;
        const auto name = name_before(text, at, kRoadName_max);
        const auto whole = text.substr(at - name.size(), name.size() + suffix.size());
        if (name.empty() || is_no_road(whole)) return;
        const std::size_t kept = std::min<std::size_t>(name.size(), 2);
        marks.push_back({MarkKind::kRoad, to_utf8(text.substr(at - kept, kept + suffix.size()))});
        return;
    }
}

constexpr std::pair<std::u32string_view, std::string_view> kEnglishRoads[] = {
    {U"street", "street"},   {U"st", "street"},
    {U"road", "road"},       {U"rd", "road"},
    {U"avenue", "avenue"},   {U"ave", "avenue"},
    {U"lane", "lane"},       {U"expressway", "expressway"},
    {U"highway", "highway"}, {U"boulevard", "boulevard"},
};

constexpr std::u32string_view kNoNames[] = {U"the", U"a",    U"this", U"on",    U"of",
                                            U"in",  U"main", U"same", U"along", U"our"};

bool is_no_name(std::u32string_view word) {
    return word.empty() || std::ranges::find(kNoNames, word) != std::end(kNoNames);
}

/// "28 north renmin road": the road "renmin road" and the house number 28.
void read_house_before(std::u32string_view text, std::size_t end, Marks& marks) {
    for (int i = 0; i < 2; ++i) {
        const auto word = word_before(text, skip_spaces_back(text, end));
        if (word.empty()) return;
        if (std::ranges::all_of(word, is_digit) && word.size() <= 4) {
            marks.push_back({MarkKind::kHouseNumber, to_utf8(word)});
            return;
        }
        end = static_cast<std::size_t>(word.data() - text.data());
    }
}

void read_english_road(std::u32string_view text, std::size_t at, Marks& marks) {
    const auto word = word_at(text, at);
    const auto suffix = std::ranges::find(kEnglishRoads, word,
                                          &std::pair<std::u32string_view, std::string_view>::first);
    if (suffix == std::end(kEnglishRoads)) return;
    const auto name = word_before(text, skip_spaces_back(text, at));
    if (is_no_name(name) || is_digit(name[0])) return;
    marks.push_back({MarkKind::kRoad, to_utf8(name) + " " + std::string(suffix->second)});
    read_house_before(text, static_cast<std::size_t>(name.data() - text.data()), marks);
}

/// "g107", "s43"; "107国道".
void read_code(std::u32string_view text, std::size_t at, Marks& marks) {
    const bool begins = at == 0 || (!is_letter(text[at - 1]) && !is_digit(text[at - 1]));
    if (!begins) return;
    if (text[at] == U'g' || text[at] == U's') {
        const auto word = word_at(text, at);
        const bool digits =
            word.size() >= 2 && word.size() <= 5 && std::ranges::all_of(word.substr(1), is_digit);
        if (digits) marks.push_back({MarkKind::kRoadCode, to_utf8(word)});
        return;
    }
    const Numeral number = read_numeral(text, at);
    if (number.length == 0 || !is_digit(text[at])) return;
    if (continues_with(text, at + number.length, U"国道"))
        marks.push_back({MarkKind::kRoadCode, "g" + std::to_string(number.value)});
    if (continues_with(text, at + number.length, U"省道"))
        marks.push_back({MarkKind::kRoadCode, "s" + std::to_string(number.value)});
}

void add_post(int kilometres, int meters, Marks& marks) {
    marks.push_back({MarkKind::kPost, std::to_string(kilometres * 1'000 + meters)});
}

/// The "+300" or "300米" behind kilometres; 0 when none stands there.
int meters_behind(std::u32string_view text, std::size_t at) {
    const bool plus = continues_with(text, at, U"+");
    const Numeral meters = read_numeral(text, at + (plus ? 1 : 0));
    const bool named = continues_with(text, at + meters.length, U"米");
    return meters.length > 0 && meters.value < 1'000 && (plus || named) ? meters.value : 0;
}

/// "k1012+300", "km 1012", "1012公里处", "1012公里300米", "1012km+300".
void read_post(std::u32string_view text, std::size_t at, Marks& marks) {
    if (at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]))) return;
    for (const std::u32string_view prefix : {U"km", U"k", U"kilometre", U"kilometer", U"桩号"}) {
        if (!continues_with(text, at, prefix)) continue;
        const std::size_t begin = skip_spaces(text, at + prefix.size());
        const Numeral number = read_numeral(text, begin);
        if (number.length == 0 || !is_digit(text[begin])) continue;
        add_post(number.value, meters_behind(text, begin + number.length), marks);
        return;
    }
    const Numeral number = read_numeral(text, at);
    if (number.length == 0 || !is_digit(text[at])) return;
    for (const std::u32string_view unit : {U"公里", U"千米", U"km", U" km"}) {
        const std::size_t behind = at + number.length + unit.size();
        if (!continues_with(text, at + number.length, unit)) continue;
        const int meters = meters_behind(text, behind);
        // Without 处 or metres "2公里" is a distance.
        if (meters > 0 || continues_with(text, behind, U"处") ||
            continues_with(text, behind, U"+") || number.value >= 100)
            add_post(number.value, meters, marks);
        return;
    }
}

std::string_view compass(char32_t c) {
    switch (c) {
    case U'东': return "e";
    case U'西': return "w";
    case U'南': return "s";
    case U'北': return "n";
    default: return "";
    }
}

/// "北向南", "东往西" → s, w; "往南方向", "向南行驶", "南向车道".
void read_chinese_heading(std::u32string_view text, std::size_t at, Marks& marks) {
    if (at + 2 >= text.size()) return;
    const char32_t a = text[at], b = text[at + 1], c = text[at + 2];
    const bool towards = b == U'向' || b == U'往' || b == U'到' || b == U'朝';
    if (!compass(a).empty() && towards && !compass(c).empty()) {
        marks.push_back({MarkKind::kHeading, std::string(compass(c))});
        return;
    }
    const bool goes = a == U'往' || a == U'向' || a == U'朝';
    const bool from_compass = at > 0 && !compass(text[at - 1]).empty();
    if (goes && !from_compass && !compass(b).empty() &&
        (continues_with(text, at + 2, U"方向") || continues_with(text, at + 2, U"行驶") ||
         continues_with(text, at + 2, U"走") || continues_with(text, at + 2, U"开") ||
         continues_with(text, at + 2, U"的车道") || continues_with(text, at + 2, U"车道"))) {
        marks.push_back({MarkKind::kHeading, std::string(compass(b))});
    }
    if (!compass(a).empty() && b == U'向' && (c == U'车' || c == U'半' || c == U'行'))
        marks.push_back({MarkKind::kHeading, std::string(compass(a))});
}

constexpr std::pair<std::u32string_view, std::string_view> kEnglishHeadings[] = {
    {U"northbound", "n"},  {U"southbound", "s"},  {U"eastbound", "e"},  {U"westbound", "w"},
    {U"north-bound", "n"}, {U"south-bound", "s"}, {U"east-bound", "e"}, {U"west-bound", "w"},
};

void read_english_heading(std::u32string_view word, Marks& marks) {
    for (const auto& [name, heading] : kEnglishHeadings) {
        if (word == name) marks.push_back({MarkKind::kHeading, std::string(heading)});
    }
}

constexpr std::u32string_view kNoPlaces[] = {U"反",   U"对向", U"同一", U"相反", U"不同", U"哪个",
                                             U"一个", U"两个", U"同",   U"逆",   U"车流", U"行驶"};

/// "武汉方向", "往武汉的", "开往宜昌".
void read_toward(std::u32string_view text, std::size_t at, Marks& marks) {
    if (!continues_with(text, at, U"方向")) return;
    const auto name = name_before(text, at, 3);
    const auto last = name.substr(name.size() - std::min<std::size_t>(name.size(), 2));
    const bool one = std::ranges::find(kNoPlaces, last) == std::end(kNoPlaces);
    if (last.size() == 2 && one && name.find(U'向') == name.npos)
        marks.push_back({MarkKind::kToward, to_utf8(last)});
}

/// "towards wuhan", "wuhan direction", "wuhan-bound", "direction wuhan".
void read_english_toward(std::u32string_view text, std::size_t at, Marks& marks) {
    const auto word = word_at(text, at);
    if (word == U"toward" || word == U"towards") {
        const auto place = word_at(text, skip_spaces(text, at + word.size()));
        if (!is_no_name(place)) marks.push_back({MarkKind::kToward, to_utf8(place)});
    } else if (word == U"direction") {
        const auto place = word_before(text, skip_spaces_back(text, at));
        if (!is_no_name(place) && place != U"opposite" && place != U"other")
            marks.push_back({MarkKind::kToward, to_utf8(place)});
    } else if (word.ends_with(U"-bound") && word.size() > 6) {
        marks.push_back({MarkKind::kToward, to_utf8(word.substr(0, word.size() - 6))});
    }
}

constexpr std::pair<std::u32string_view, std::string_view> kSides[] = {
    {U"上行线", "up"},
    {U"下行线", "down"},
    {U"左幅", "left"},
    {U"右幅", "right"},
};

void read_side(std::u32string_view text, std::size_t at, Marks& marks) {
    for (const auto& [name, side] : kSides) {
        if (continues_with(text, at, name)) marks.push_back({MarkKind::kSide, std::string(side)});
    }
}

}  // namespace

void read_roads(std::u32string_view text, Marks& marks) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        read_code(text, i, marks);
        read_post(text, i, marks);
        if (is_letter(text[i])) {
            if (i > 0 && (is_letter(text[i - 1]) || text[i - 1] == U'-')) continue;
            read_english_road(text, i, marks);
            read_english_heading(word_at(text, i), marks);
            read_english_toward(text, i, marks);
        } else if (is_han(text[i])) {
            read_chinese_road(text, i, marks);
            read_chinese_heading(text, i, marks);
            read_toward(text, i, marks);
            read_side(text, i, marks);
        }
    }
}

}  // namespace liandong::intake
