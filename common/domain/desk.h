#pragma once

#include "common/domain/alarm.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What the desks of a centre keep besides incidents: who is on duty, what is handed to whom, and
/// what was reported upwards.
namespace liandong::domain {

/// One person on one duty.
struct DutyShift {
    DutyRole role = DutyRole::kUnspecified;
    std::string person;   ///< principal subject, 1–64
    std::string name;     ///< as people say it, ≤ 64 bytes
    std::string contact;  ///< duty telephone or radio, ≤ 64 bytes
    Timestamp from;
    Timestamp to;  ///< > from, ≤ 48 h later

    friend bool operator==(const DutyShift&, const DutyShift&) = default;
};

/// 值班表: the shifts that begin on one civil date (China time).
struct Roster {
    std::string id;                 ///< "20260718"
    std::vector<DutyShift> shifts;  ///< ≤ 64
    std::string author;
    Timestamp recorded_at;

    friend bool operator==(const Roster&, const Roster&) = default;
};
/// When its last shift ends; unset: it has none.
Timestamp ended_at(const Roster& roster);
inline constexpr std::size_t kShifts_max = 64;
inline constexpr std::chrono::hours kShiftLength_max{48};

/// Clocks that a commander has put off in a surge (D10): of one kind, for incidents no graver than
/// `urgency_max` (`urgency_rank`).
struct ClockSuspension {
    ClockKind kind = ClockKind::kUnspecified;
    std::int32_t urgency_max = 0;  ///< 0–3: the gravest are never put off
    Timestamp from;
    Timestamp until;  ///< ≤ 4 h later
    std::string by;
    std::string reason;  ///< 1–300 bytes

    friend bool operator==(const ClockSuspension&, const ClockSuspension&) = default;
};

/// One of each scope: what holds for all its clocks.
struct DeskSetting {
    std::vector<ClockSuspension> suspensions;  ///< ≤ 16, those that ended go when one is added

    friend bool operator==(const DeskSetting&, const DeskSetting&) = default;
};
inline constexpr std::size_t kSuspensions_max = 16;
inline constexpr std::chrono::hours kSuspension_max{4};

/// Why an incident goes to somebody else (D6).
enum class TransferKind : std::uint8_t {
    kUnspecified,
    kAgency,     ///< 转警: another agency of this district
    kUpward,     ///< 上报: the upper-level centre
    kDownward,   ///< 下派: a desk below
    kDirective,  ///< 督办: from above, signed for and answered; the incident's owner stays
    kReferral,   ///< 转办: what is no emergency, to mediation or 12345
};
inline constexpr std::size_t kTransferKinds = 6;
std::string_view to_string(TransferKind kind);

/// offered → delivered → accepted | rejected | expired → completed; delivery is not acceptance.
enum class TransferState : std::uint8_t {
    kOffered,
    kDelivered,
    kAccepted,
    kRejected,
    kExpired,
    kWithdrawn,
    kCompleted,
};
std::string_view to_string(TransferState state);

/// How much of an incident the other side sees.
enum class SharingTier : std::uint8_t {
    kUnspecified,
    kSummary,   ///< number, type, place, level
    kWorking,   ///< and words, notes, orders
    kPersonal,  ///< and who reported
};

/// One hand-over of an incident, or of a part in it, from one agency or level to another.
struct Transfer {
    std::string id;
    std::string incident_id;
    TransferKind kind = TransferKind::kUnspecified;
    TransferState state = TransferState::kOffered;
    std::string from_agency;
    std::string to_agency;  ///< 1–32 of [A-Za-z0-9-]
    std::string to_desk;    ///< ≤ 64 bytes, may be empty
    std::string reason;     ///< 1–300 bytes
    SharingTier sharing = SharingTier::kUnspecified;
    Timestamp shared_until;  ///< unset: as long as the other side works on it
    Timestamp answer_by;     ///< then it expires (a directive rings)
    Timestamp complete_by;   ///< of what was accepted; unset: none
    Timestamp overdue_at;    ///< when its clock last rang; unset: never
    std::string offered_by;
    Timestamp offered_at;
    Timestamp delivered_at;
    std::string answered_by;
    Timestamp answered_at;
    std::string answer;  ///< why rejected, who goes …; ≤ 300 bytes
    std::string completed_by;
    Timestamp completed_at;
    std::string outcome;  ///< ≤ kTransferOutcome_max

    friend bool operator==(const Transfer&, const Transfer&) = default;
};
inline constexpr std::size_t kTransferOutcome_max = 900;  ///< bytes; a note tells it too
bool is_open(TransferState state);
/// When it came to its end; unset while it is open.
Timestamp ended_at(const Transfer& transfer);

/// 交接班 (D12): what one person leaves to the next. Until it is taken both own it.
struct Handover {
    std::string id;
    std::string seat;  ///< 1–64 bytes, such as "110-3"
    std::string given_by;
    std::string taken_by;                   ///< empty: not yet
    std::vector<std::string> incident_ids;  ///< ≤ 200: open and claimed by who gives
    std::vector<std::string> transfer_ids;  ///< ≤ 50, awaited answers
    std::vector<std::string> bulletin_ids;  ///< ≤ 50, in force
    std::int32_t units_out = 0;
    std::vector<std::string> promises;  ///< ≤ 20 of ≤ 200 bytes: what callers were told
    std::string remarks;                ///< ≤ 1,000 bytes
    Timestamp given_at;
    Timestamp taken_at;
    Timestamp withdrawn_at;

    friend bool operator==(const Handover&, const Handover&) = default;
};
inline constexpr std::size_t kHandoverIncidents_max = 200;
inline constexpr std::size_t kHandoverOthers_max = 50;
inline constexpr std::size_t kPromises_max = 20;
inline constexpr std::size_t kPromise_max = 200;
Timestamp ended_at(const Handover& handover);

/// 首报 → 续报 → 终报 (D25).
enum class DutyReportStage : std::uint8_t { kUnspecified, kFirst, kFollowUp, kFinal };
std::string_view to_string(DutyReportStage stage);

/// One figure as of the report's time.
struct Figure {
    std::string name;  ///< 1–64 bytes: "死亡", "injured"
    std::int64_t value = 0;
    std::string source;         ///< 1–100 bytes
    std::string change_reason;  ///< ≤ 200 bytes; required when the value is another than before

    friend bool operator==(const Figure&, const Figure&) = default;
};

/// Where a report goes, and that it was received there.
struct Addressee {
    std::string name;  ///< 1–64 bytes: "县委总值班室"
    Timestamp received_at;
    std::string received_by;  ///< ≤ 64 bytes

    friend bool operator==(const Addressee&, const Addressee&) = default;
};

/// 值班信息报告: one report upwards, never changed but for who received it. Read by key
/// "<incident id>-d<two digits>".
struct DutyReport {
    std::string id;
    std::string incident_id;
    std::int32_t number = 0;  ///< 1, 2 …
    DutyReportStage stage = DutyReportStage::kUnspecified;
    Timestamp as_of;                    ///< 截至
    std::vector<Figure> figures;        ///< ≤ 16
    std::string text;                   ///< ≤ 2,000 bytes
    std::vector<Addressee> addressees;  ///< 1–8
    std::string author;
    std::string agency;
    Timestamp sent_at;

    friend bool operator==(const DutyReport&, const DutyReport&) = default;
};
inline constexpr std::int32_t kDutyReports_max = 99;
inline constexpr std::size_t kFigures_max = 16;
inline constexpr std::size_t kAddressees_max = 8;
inline constexpr std::size_t kDutyText_max = 2'000;
std::string duty_report_id(std::string_view incident_id, std::int32_t number);

}  // namespace liandong::domain
