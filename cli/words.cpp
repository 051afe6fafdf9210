#include "cli/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace liandong::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;

struct Vocabulary {
    std::string_view type;
    std::span<const std::string_view> chinese;  ///< indexed by number; [0] is the unspecified value
};

constexpr std::string_view kIncidentStates[] = {"",     "接警", "派警",     "签收",
                                                "出警", "到场", "处置完毕", "办结"};
constexpr std::string_view kIncidentPhases[] = {"",     "接警", "研判",     "派警", "签收", "出警",
                                                "到场", "控制", "处置完毕", "反馈", "审核", "办结"};
constexpr std::string_view kNoteKinds[] = {
    "",       "备注",         "更正", "注意", "研判", "控制",         "反馈",     "审核通过",
    "退回",   "认领",         "接管", "放回", "关联", "取消关联",     "被关联",   "被取消关联",
    "已阅",   "主警情",       "办结", "重开", "催办", "催办有人负责", "响应级别", "转警",
    "交接班", "值班信息报告", "回拨", "复核"};
constexpr std::string_view kVerdicts[] = {"", "审核通过", "退回"};
constexpr std::string_view kAnswers[] = {"", "否", "是"};
constexpr std::string_view kDispositions[] = {"",         "处置", "无效", "误报",
                                              "虚假骚扰", "重复", "撤销", "转警"};
constexpr std::string_view kChannels[] = {
    "",       "110电话",  "119电话",  "120电话",  "122电话", "12345热线", "12110短信",
    "坐席",   "网格员",   "巡逻",     "电台",     "来人",    "摄像头",    "传感器",
    "报警器", "车梯报警", "群众应用", "其他部门", "上级中心", "信箱", "车辆", "电梯", "视频"};
constexpr std::string_view kCallEnds[] = {"", "已通话", "早释", "挂断", "无声"};
constexpr std::string_view kReporterNeeds[] = {"", "翻译", "听障", "言障", "手语"};
constexpr std::string_view kCallbackStates[] = {"", "待回拨", "安全", "需要救助"};
constexpr std::string_view kCallbackOutcomes[] = {"",     "无人接听", "占线",     "无法接通",
                                                  "无声", "已发短信", "需要救助", "安全"};
constexpr std::string_view kUnitKinds[] = {
    "",     "巡警", "交警",   "消防车", "消防特种车", "消防指挥车", "救护车",
    "武警", "民兵", "巡逻队", "网格员", "值班干部",   "志愿者",     "其他"};
constexpr std::string_view kRelations[] = {"", "直接调度", "请求支援", "审批调用"};
constexpr std::string_view kUnitStatuses[] = {"",     "离岗", "在站", "巡逻", "归队",
                                              "已派", "签收", "途中", "到场", "停用"};
constexpr std::string_view kAvailabilities[] = {"", "可用", "有条件可用", "不可用"};
constexpr std::string_view kDistanceModels[] = {"", "直线估算", "道路", "道路（实测校正）"};
constexpr std::string_view kOrderStates[] = {"",     "派警",     "送达", "签收", "出警",
                                             "到场", "处置完毕", "退回", "撤回"};
constexpr std::string_view kOrderFacts[] = {"",     "送达",     "签收", "出警",
                                            "到场", "处置完毕", "退回", "撤回"};
constexpr std::string_view kFactSources[] = {"", "按键", "代录", "围栏", "导入"};
constexpr std::string_view kClosureReasons[] = {"",     "积水", "塌方", "交通管制", "限高", "施工",
                                                "事故", "冰雪", "桥梁", "活动",     "其他"};
constexpr std::string_view kRoadUsers[] = {"", "应急车辆", "汽车", "自行车", "行人"};
constexpr std::string_view kClosureStates[] = {"", "未开始", "封闭中", "已解除", "已到期"};
constexpr std::string_view kClockKinds[] = {"",       "未接", "未研判",   "未派警",  "未签收",
                                            "未反馈", "缺口", "转警未接", "值班未报"};
constexpr std::string_view kDutyRoles[] = {"", "坐席", "值班长", "指挥长", "带班领导", "上级中心"};
constexpr std::string_view kTransferKinds[] = {"", "转警", "上报", "下派", "督办", "转办"};
constexpr std::string_view kTransferStates[] = {"",     "已发出", "已送达", "已接受",
                                                "退回", "超时",   "撤回",   "已办结"};
constexpr std::string_view kSharingTiers[] = {"", "摘要", "工作", "含报警人"};
constexpr std::string_view kDutyReportStages[] = {"", "首报", "续报", "终报"};
constexpr std::string_view kBulletinKinds[] = {"", "预警", "情况通报", "辟谣", "解除"};
constexpr std::string_view kBulletinStates[] = {"", "制作", "签发", "发布"};
constexpr std::string_view kDatums[] = {"", "", "", "", ""};
constexpr std::string_view kLevelScales[] = {"", "事件", "预警", "响应", "火警", "警情", "优先级"};

const Vocabulary kVocabularies[] = {
    {"liandong.intake.v1.IncidentState", kIncidentStates},
    {"liandong.intake.v1.IncidentPhase", kIncidentPhases},
    {"liandong.intake.v1.NoteKind", kNoteKinds},
    {"liandong.intake.v1.Verdict", kVerdicts},
    {"liandong.intake.v1.Answer", kAnswers},
    {"liandong.intake.v1.Disposition", kDispositions},
    {"liandong.intake.v1.Channel", kChannels},
    {"liandong.intake.v1.CallEnd", kCallEnds},
    {"liandong.intake.v1.ReporterNeed", kReporterNeeds},
    {"liandong.intake.v1.CallbackState", kCallbackStates},
    {"liandong.intake.v1.CallbackOutcome", kCallbackOutcomes},
    {"liandong.intake.v1.ClockKind", kClockKinds},
    {"liandong.intake.v1.DutyRole", kDutyRoles},
    {"liandong.intake.v1.TransferKind", kTransferKinds},
    {"liandong.intake.v1.TransferState", kTransferStates},
    {"liandong.intake.v1.SharingTier", kSharingTiers},
    {"liandong.intake.v1.DutyReportStage", kDutyReportStages},
    {"liandong.dispatch.v1.UnitKind", kUnitKinds},
    {"liandong.dispatch.v1.CommandRelation", kRelations},
    {"liandong.dispatch.v1.UnitStatus", kUnitStatuses},
    {"liandong.dispatch.v1.Availability", kAvailabilities},
    {"liandong.dispatch.v1.DistanceModel", kDistanceModels},
    {"liandong.dispatch.v1.OrderState", kOrderStates},
    {"liandong.dispatch.v1.OrderFact", kOrderFacts},
    {"liandong.dispatch.v1.FactSource", kFactSources},
    {"liandong.dispatch.v1.ClosureReason", kClosureReasons},
    {"liandong.dispatch.v1.RoadUser", kRoadUsers},
    {"liandong.dispatch.v1.ClosureState", kClosureStates},
    {"liandong.publicinfo.v1.BulletinKind", kBulletinKinds},
    {"liandong.publicinfo.v1.BulletinState", kBulletinStates},
    {"liandong.common.v1.Datum", kDatums},
    {"liandong.common.v1.LevelScale", kLevelScales},
};

std::string_view chinese(const EnumDescriptor* type, int number) {
    for (const Vocabulary& vocabulary : kVocabularies) {
        if (vocabulary.type != type->full_name()) continue;
        const auto index = static_cast<std::size_t>(number);
        return index < vocabulary.chinese.size() ? vocabulary.chinese[index] : std::string_view{};
    }
    return {};
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

std::string replaced(std::string text, char from, char to) {
    std::replace(text.begin(), text.end(), from, to);
    return text;
}

// Words for the codes of each scale: they run in opposite directions, which is why no number stands
// alone.
constexpr std::string_view kIncidentLevels[] = {"特别重大", "重大", "较大", "一般"};
constexpr std::string_view kColours[] = {"红色", "橙色", "黄色", "蓝色"};
constexpr std::string_view kColoursEnglish[] = {"red", "orange", "yellow", "blue"};
constexpr std::string_view kFourGrades[] = {"一级", "二级", "三级", "四级"};
constexpr std::string_view kFiveGrades[] = {"一级", "二级", "三级", "四级", "五级"};

template <std::size_t kSize>
std::string_view word(const std::string_view (&words)[kSize], int code) {
    return code >= 1 && code <= static_cast<int>(kSize) ? words[code - 1] : "?";
}

std::string code_words(const common::v1::Level& level) {
    using namespace common::v1;
    const int code = level.code();
    switch (level.scale()) {
    case LEVEL_SCALE_INCIDENT:
        return fmt::format("{}事件 incident {}", word(kIncidentLevels, code), code);
    case LEVEL_SCALE_WARNING:
        return fmt::format("{}预警 {} warning", word(kColours, code), word(kColoursEnglish, code));
    case LEVEL_SCALE_RESPONSE:
        return fmt::format("{}响应 response {}", word(kFourGrades, code), code);
    case LEVEL_SCALE_FIRE_ALARM:
        return fmt::format("火警{} fire alarm {}", word(kFiveGrades, code), code);
    case LEVEL_SCALE_POLICE: return fmt::format("警情{} police {}", word(kFourGrades, code), code);
    case LEVEL_SCALE_PRIORITY: return fmt::format("优先级 priority {}/10", code);
    default: return fmt::format("#{}:{}", static_cast<int>(level.scale()), code);
    }
}

}  // namespace

std::string bare_name(const EnumValueDescriptor* value) {
    constexpr std::string_view kUnspecified = "UNSPECIFIED";
    std::string_view first = value->type()->value(0)->name();
    first.remove_suffix(first.ends_with(kUnspecified) ? kUnspecified.size() : 0);
    std::string_view name = value->name();
    if (name.starts_with(first)) name.remove_prefix(first.size());
    return std::string(name);
}

std::string words(const EnumDescriptor* type, int number) {
    const EnumValueDescriptor* value = type->FindValueByNumber(number);
    if (!value) return fmt::format("#{}", number);
    if (number == 0) return "";
    std::string english = replaced(lower(bare_name(value)), '_', ' ');
    const std::string_view zh = chinese(type, number);
    return zh.empty() ? english : fmt::format("{} {}", zh, english);
}

std::optional<int> parse_word(const EnumDescriptor* type, std::string_view text) {
    const std::string wanted = replaced(lower(text), '-', '_');
    for (int i = 0; i < type->value_count(); ++i) {
        const EnumValueDescriptor* value = type->value(i);
        if (value->number() == 0) continue;
        if (wanted == lower(bare_name(value)) || wanted == lower(value->name()) ||
            (!text.empty() && text == chinese(type, value->number()))) {
            return value->number();
        }
    }
    return std::nullopt;
}

std::string choices(const EnumDescriptor* type) {
    std::string result;
    for (int i = 0; i < type->value_count(); ++i) {
        if (type->value(i)->number() == 0) continue;
        if (!result.empty()) result += ", ";
        result += lower(bare_name(type->value(i)));
    }
    return result;
}

std::string level_words(const common::v1::Level& level) {
    if (level.scale() == common::v1::LEVEL_SCALE_UNSPECIFIED) return "";
    std::string text = code_words(level);
    if (!level.authority().empty()) text += fmt::format(" ({})", level.authority());
    return text;
}

}  // namespace liandong::cli
