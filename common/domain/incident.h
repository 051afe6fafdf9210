#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/domain/alarm.h"
#include "common/domain/channel.h"
#include "common/domain/intake.h"
#include "common/domain/place.h"

#include <cstdint>
#include <string>
#include <vector>

namespace liandong::domain {

/// A field of a report that could not be taken as it came: set aside with a reason, never a ground
/// for refusal (D1).
struct Correction {
    std::string field;     ///< dotted path in the request
    std::string reason;    ///< UPPER_SNAKE, such as DATUM_UNSPECIFIED
    std::string received;  ///< what came, as displayable text, ≤ 200 bytes

    friend bool operator==(const Correction&, const Correction&) = default;
};

/// What somebody said: unchangeable. Personal data (name, number) is a sealed sub-message.
struct Report {
    std::string id;
    std::string incident_id;
    std::int64_t serial = 0;  ///< per district and civil date; written by the commit
    std::string serial_date;  ///< "20260718", China time
    Channel channel = Channel::kUnspecified;
    std::string source_id;        ///< camera, sensor, grid or gateway that sent it; may be empty
    std::string words;            ///< bytes as received, ≤ 4,000
    std::string words_charset;    ///< hint: "utf-8", "gbk", "gb18030"; empty: unknown
    std::string sealed_reporter;  ///< ciphertext of the reporter's personal data; empty: none
    std::string sealed_key_id;
    std::string type_code;  ///< as reported; may be unknown
    Place place;
    Timestamp occurred_at;    ///< when it happened, if said
    Timestamp rung_at;        ///< T0
    Timestamp answered_at;    ///< T1
    Timestamp recorded_at;    ///< T2
    std::string recorded_by;  ///< principal subject
    std::string agency;
    std::vector<Correction> corrections;  ///< ≤ 16; not empty means NEEDS_CORRECTION
    CallEnd call_end = CallEnd::kUnspecified;

    friend bool operator==(const Report&, const Report&) = default;
};

/// 接警 → 派警 → 签收 → 出警 → 到场 → 处置完毕 → 办结. The furthest its orders have come.
enum class IncidentState : std::uint8_t {
    kReceived,      ///< 接警
    kDispatched,    ///< 派警: at least one order is open
    kAcknowledged,  ///< 签收
    kEnRoute,       ///< 出警
    kOnScene,       ///< 到场
    kHandled,       ///< 处置完毕: there were orders and all have ended
    kClosed,        ///< 办结
};

/// How an incident ended. Set by a person on closing, never by the system.
enum class Disposition : std::uint8_t {
    kUnspecified,
    kResolved,     ///< 办结
    kInvalid,      ///< 无效
    kFalseAlarm,   ///< 误报
    kNuisance,     ///< 虚假/骚扰
    kDuplicate,    ///< 重复
    kWithdrawn,    ///< 撤销
    kTransferred,  ///< 转警
};

/// A slot that no unit fills yet: stays until it is filled or withdrawn (D4).
struct OpenDemand {
    std::string wanted;  ///< capability, or the unit that was lost
    std::string reason;  ///< UNIT_TAKEN, UNIT_UNAVAILABLE, NEEDS_APPROVAL, DECLINED
    std::string holder;  ///< order that holds the lost unit; may be empty
    Timestamp since;

    friend bool operator==(const OpenDemand&, const OpenDemand&) = default;
};

/// One order of an incident, as much of it as the incident's own state depends on.
struct IncidentOrder {
    std::string order_id;
    std::string unit_id;
    std::uint8_t progress = 0;  ///< `OrderState` as number

    friend bool operator==(const IncidentOrder&, const IncidentOrder&) = default;
};

struct Order;

/// Something that happened once, however often it was reported.
struct Incident {
    std::string id;
    std::int64_t serial = 0;
    std::string serial_date;
    IncidentState state = IncidentState::kReceived;
    std::string type_code;  ///< ≤ 32 bytes; empty: unknown (dispatch is legal all the same, D2)
    Level level;
    bool life_threatening = false;
    bool needs_correction = false;
    Place place;
    std::string summary;  ///< displayable words of the first report, ≤ 300 bytes
    std::string agency;   ///< the owner's agency: never empty (D6)
    std::int32_t report_count = 0;
    std::vector<std::string> report_ids;  ///< ≤ 64, the first ones
    std::vector<IncidentOrder> orders;    ///< ≤ 64
    std::vector<OpenDemand> open_demand;  ///< ≤ 64
    Timestamp received_at;                ///< T2
    // From here on: when we recorded it. When it happened stands in the orders (D3).
    Timestamp dispatched_at;    ///< T4
    Timestamp acknowledged_at;  ///< T6
    Timestamp departed_at;      ///< T7
    Timestamp arrived_at;       ///< T8
    Timestamp handled_at;       ///< T11, the last one
    Timestamp closed_at;        ///< T13
    Disposition disposition = Disposition::kUnspecified;
    std::string closed_by;
    std::string closing_note;
    // ---- work at the desk ----
    std::int32_t note_count = 0;       ///< ≤ kNotes_max
    std::vector<std::string> hazards;  ///< ≤ 16 codes of ≤ 32 bytes, such as "gas"
    Timestamp triaged_at;              ///< first time; the state does not wait for it (D2)
    Timestamp controlled_at;           ///< T10
    Timestamp feedback_at;             ///< T12; unset again when it is returned
    Timestamp reviewed_at;
    std::string claimed_by;  ///< who works on it; empty: nobody
    Timestamp claimed_at;
    std::string
        linked_to;  ///< the incident this one is a repeat of; empty: none. Never itself linked
    bool unread = false;            ///< linked, and nobody has read yet what it adds (D5)
    bool is_master = false;         ///< declared: callers are asked whether they mean it (D17)
    std::int32_t linked_count = 0;  ///< incidents linked to this one
    std::int32_t linked_report_count = 0;  ///< their reports
    std::int32_t reopened_count = 0;
    Intake intake;
    // ---- clocks, levels and others who act ----
    std::vector<Alarm> alarms;           ///< ≤ kAlarms_max, one a kind: clocks that rang
    std::int32_t response_level = 0;     ///< 响应级别: 0 none, 1 gravest … 4
    std::string response_by;             ///< who raised it or stood it down
    Timestamp response_at;               ///< when
    std::string transfer_id;             ///< the open transfer of its ownership; empty: none
    Timestamp transfer_failed_at;        ///< rejected or expired, and no other offered since
    Timestamp duty_report_since;         ///< when it became known that it must be reported upwards
    std::int32_t duty_report_count = 0;  ///< ≤ kDutyReports_max
    bool duty_report_final = false;      ///< 终报 was made

    friend bool operator==(const Incident&, const Incident&) = default;
};

/// How far an incident has come, as a desk says it: derived from state and stamps, never stored, so
/// that it cannot disagree with them.
enum class IncidentPhase : std::uint8_t {
    kReceived,      ///< 接警
    kTriaged,       ///< 研判
    kDispatched,    ///< 派警
    kAcknowledged,  ///< 签收
    kEnRoute,       ///< 出警
    kOnScene,       ///< 到场
    kUnderControl,  ///< 控制
    kHandled,       ///< 处置完毕
    kFeedback,      ///< 反馈
    kReviewed,      ///< 审核
    kClosed,        ///< 办结
};
IncidentPhase phase_of(const Incident& incident);
std::string_view to_string(IncidentPhase phase);

inline constexpr std::size_t kIncidentOrders_max = 64;
inline constexpr std::size_t kIncidentReports_max = 64;
inline constexpr std::size_t kClosingNote_max = 500;
inline constexpr std::size_t kWords_max = 4'000;
inline constexpr std::size_t kSummary_max = 300;
inline constexpr std::size_t kTypeCode_max = 32;
inline constexpr std::size_t kCorrections_max = 16;
inline constexpr std::size_t kHazards_max = 16;
inline constexpr std::size_t kHazard_max = 32;

bool is_open(const Incident& incident);

/// "420981-20260718-000123": district, civil date, serial. What people say on the radio.
std::string readable_number(std::string_view district, std::string_view date, std::int64_t serial);

/// Writes an order's state into `incident.orders`, adding the order when it is new. An order of
/// another incident is ignored. Who adds checks first that there is room: at most
/// kIncidentOrders_max.
void note_order(Incident& incident, const Order& order);

/// The state that the incident's orders imply (`incident.orders`), and the stamps that go with it.
/// An incident is moved by nothing else but this and `close`, so it can never disagree with its
/// orders. The state is the furthest of the open orders, so it falls back when the furthest unit is
/// done and another is still on its way. When all have ended: HANDLED if any was cleared, else (all
/// declined or cancelled: nobody has been there) RECEIVED again. Facts only advance the stamps: the
/// first of each stays, a skipped milestone stays missing, `handled_at` is the last one. A closed
/// incident is left alone.
void follow_orders(Incident& incident, Timestamp now);

/// The index that lists what is linked to an incident, by id.
std::string linked_index(std::string_view incident_id);

/// A closed incident goes on where its orders leave it: the disposition is taken back, what was
/// closed and why stands in its notes. FAILED_PRECONDITION / INCIDENT_NOT_CLOSED.
Status reopen(Incident& incident, Timestamp now);

/// 办结. FAILED_PRECONDITION / ORDERS_STILL_OPEN (metadata "order" for each) or INCIDENT_CLOSED;
/// INVALID_ARGUMENT / DISPOSITION_REQUIRED (field "disposition"), TEXT_TOO_LONG (field "note").
Status close(Incident& incident, Disposition disposition, std::string_view by,
             std::string_view note, Timestamp now);

std::string_view to_string(IncidentState state);
std::string_view to_string(Disposition disposition);

}  // namespace liandong::domain
