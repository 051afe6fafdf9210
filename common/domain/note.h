#pragma once

#include "common/base/time.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::domain {

/// What was done or said about an incident besides its reports and orders. Numbers are stored.
enum class NoteKind : std::uint8_t {
    kUnspecified,
    kRemark,        ///< 备注
    kCorrection,    ///< 更正: of the note that `corrects` names
    kCaution,       ///< 注意事项: for whoever goes there
    kTriaged,       ///< 研判: type, level, place or facts as they are known now
    kUnderControl,  ///< 控制, T10
    kFeedback,      ///< 反馈, T12
    kApproved,      ///< 审核通过
    kReturned,      ///< 退回
    kClaimed,       ///< 认领
    kTakenOver,     ///< 接管
    kReleased,      ///< 放回
    kLinked,        ///< 关联: this one is a repeat of `other_incident_id`
    kUnlinked,      ///< 取消关联
    kGotLink,       ///< another incident was linked to this one
    kLostLink,
    kRead,           ///< 已阅: a person has read what a linked incident says
    kMaster,         ///< 主警情: "the same event" is asked for
    kClosed,         ///< 办结
    kReopened,       ///< 重开
    kRang,           ///< 催办: a clock rang
    kAlarmTaken,     ///< 催办有人负责
    kResponseLevel,  ///< 启动、调整或终止响应
    kTransfer,       ///< 转警、督办或转办 went on
    kHandedOver,     ///< 交接班
    kDutyReport,     ///< 值班信息报告
    kCallback,       ///< 回拨: an attempt to call back, and what came of it
    kVerified,       ///< 复核: a machine alarm was checked
};
inline constexpr std::size_t kNoteKinds = 28;
std::string_view to_string(NoteKind kind);

/// One value that a note changed. Both as displayable text, ≤ 300 bytes.
struct NoteChange {
    std::string field;  ///< name in `liandong.intake.v1.Incident`
    std::string before;
    std::string after;

    friend bool operator==(const NoteChange&, const NoteChange&) = default;
};

/// One line of an incident's own history: written in the commit that made the change, never changed
/// (a correction is another note). Read by key "<incident id>-<number>", four digits.
struct Note {
    std::string id;
    std::string incident_id;
    std::int32_t number = 0;  ///< 1, 2 … within the incident, without gaps
    NoteKind kind = NoteKind::kUnspecified;
    std::string author;  ///< principal subject, or "system:<rule>"
    std::string agency;
    std::string on_behalf_of;
    Timestamp occurred_at;  ///< when it happened, as far as the author says
    Timestamp recorded_at;
    std::string text;                 ///< ≤ 1,000 bytes
    std::string reason;               ///< ≤ 300 bytes
    std::int32_t corrects = 0;        ///< number of the note that this one corrects; 0: none
    std::string other_incident_id;    ///< of links
    Timestamp expires_at;             ///< of cautions; unset: none
    std::vector<NoteChange> changes;  ///< ≤ 16

    friend bool operator==(const Note&, const Note&) = default;
};

inline constexpr std::int32_t kNotes_max = 2'000;
inline constexpr std::int32_t kNotesReserved = 100;  ///< the last ones, for what ends or links it
inline constexpr std::size_t kNoteText_max = 1'000;
inline constexpr std::size_t kNoteReason_max = 300;
inline constexpr std::size_t kNoteChanges_max = 16;

std::string note_id(std::string_view incident_id, std::int32_t number);

}  // namespace liandong::domain
