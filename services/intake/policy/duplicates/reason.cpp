#include "services/intake/policy/duplicates/reason.h"

#include <iterator>

namespace liandong::intake {
namespace {

constexpr std::string_view kNames[] = {
    "NEAR",
    "FAR",
    "PLACE_UNKNOWN",
    "SAME_TIME",
    "LONG_AGO",
    "SAME_KIND",
    "KIN_KIND",
    "OTHER_KIND",
    "SAME_WORDS",
    "SAME_CALLER",
    "WAITING_CALLER",
    "MASTER_INCIDENT",
    "SAME_PLATE",
    "OTHER_PLATE",
    "SAME_PHONE",
    "SAME_ROAD",
    "OTHER_ROAD",
    "SAME_HOUSE_NUMBER",
    "OTHER_HOUSE_NUMBER",
    "SAME_BUILDING",
    "OTHER_BUILDING",
    "SAME_FLOOR",
    "OTHER_FLOOR",
    "SAME_CARRIAGEWAY",
    "OTHER_CARRIAGEWAY",
    "SAME_KILOMETRE_POST",
    "OTHER_KILOMETRE_POST",
    "SAME_VILLAGE",
    "OTHER_VILLAGE",
    "AMBIGUOUS_NAME",
    "SAME_SITE",
    "OTHER_SITE",
    "OTHER_PERSON",
    "OTHER_VEHICLE",
    "SAYS_ANOTHER",
    "AUTOMATIC_LINKING_OFF",
    "SCORE_TOO_LOW",
    "NOTHING_CERTAIN",
    "SILENT_REPORT",
    "TEXT_REPORT",
    "REPEAT_CALLER",
    "REPORTER_IN_DANGER",
    "NEW_CASUALTIES",
    "NEW_HAZARD",
    "SEVERAL_CANDIDATES",
};
static_assert(std::size(kNames) == kDuplicateReasons);

struct Text {
    std::string_view chinese, english;
};
constexpr Text kTexts[] = {
    {"位置相近", "close to each other"},
    {"位置相距较远", "far from each other"},
    {"至少一方没有坐标", "at least one has no position"},
    {"时间相近", "close in time"},
    {"相隔时间较长", "long ago"},
    {"警情类别相同", "the same kind of incident"},
    {"警情类别相关", "one kind can grow out of the other"},
    {"警情类别不同", "another kind of incident"},
    {"描述相似", "similar words"},
    {"同一报警人", "the same caller"},
    {"同一报警人催促", "the same caller is still waiting"},
    {"已设为主警情", "declared a master incident"},
    {"车牌相同", "the same number plate"},
    {"车牌不同(一起事故可有两车)", "another number plate (a collision has two)"},
    {"提到同一电话", "the same telephone number is named"},
    {"道路相同", "the same road"},
    {"道路不同", "another road"},
    {"门牌号相同", "the same house number"},
    {"门牌号不同(报警人常报自家门牌)", "another house number (callers give their own)"},
    {"楼栋或单元相同", "the same building or entrance"},
    {"楼栋、单元或组不同", "another building, entrance or group"},
    {"楼层或房号相同", "the same floor or room"},
    {"楼层或房号不同", "another floor or room"},
    {"行车方向相同", "the same carriageway"},
    {"行车方向不同(对向车道)", "the other carriageway"},
    {"公里桩号相近", "the same kilometre post"},
    {"公里桩号不同", "another kilometre post"},
    {"村名或乡镇相同", "the same village or township"},
    {"村名或乡镇不同", "another village or township"},
    {"重名地点，未确认是哪一处", "two places bear this name; nobody has said which"},
    {"单位或场所相同", "the same named site"},
    {"单位或场所不同", "another named site"},
    {"伤病员或当事人描述不同", "another patient or person is described"},
    {"车型或颜色描述不同", "another vehicle is described"},
    {"报警人说是另一起", "the caller speaks of another one"},
    {"自动关联已关闭", "automatic linking is switched off"},
    {"相似度不足以自动关联", "not alike enough to link without a person"},
    {"没有确定的同一性依据", "nothing identifies the incident for certain"},
    {"无声报警", "silent report"},
    {"文字报警", "text report"},
    {"同一号码再次报警", "the same number has reported this incident before"},
    {"报警人处于危险中", "the reporter is in danger"},
    {"有新的伤亡或被困人员", "new casualties"},
    {"有新的危险源", "a new hazard"},
    {"有多起相似警情", "several incidents fit"},
};
static_assert(std::size(kTexts) == kDuplicateReasons);

}  // namespace

std::string_view to_string(DuplicateReason reason) { return kNames[static_cast<int>(reason)]; }

std::string_view describe(DuplicateReason reason, Language language) {
    const Text& text = kTexts[static_cast<int>(reason)];
    return language == Language::kChinese ? text.chinese : text.english;
}

}  // namespace liandong::intake
