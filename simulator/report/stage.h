#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace liandong::simulator {

/// What is measured, always in wall time. Each value's comment says from when to when.
enum class Stage : std::uint8_t {
    kReportAcknowledged,  ///< intended time of the report → its durable acknowledgement
    kReportService,       ///< report handed to the client → its acknowledgement
    kRecommended,         ///< units asked for → recommendation
    kDispatched,          ///< units sent → durable answer
    kFirstDispatched,     ///< intended time of the report → answer to its first dispatch
    kDelivered,           ///< units sent → order on the unit's terminal
    kDeliveryConfirmed,   ///< order on the terminal → confirmation durable
    kSigned,              ///< sign pressed → durable
    kMilestone,           ///< depart, arrive or clear pressed → durable
    kSeenOnConsole,       ///< intended time of the report → incident on a console
    kOrderOnConsole,      ///< units sent → order on a console
    kSendLag,  ///< intended time of the report → handed to the client; a property of the simulator
};
inline constexpr std::size_t kStages = 12;

/// Names and what they measure, in the order of `Stage`; the names are keys of report.json.
struct StageText {
    std::string_view name;
    std::string_view meaning;
};
inline constexpr std::array<StageText, kStages> kStageTexts = {{
    {"report_acknowledged", "intended time → report durable"},
    {"report_service", "report sent → report durable"},
    {"recommended", "units asked for → recommendation"},
    {"dispatched", "units sent → orders durable"},
    {"first_dispatched", "intended time → first orders durable"},
    {"delivered", "units sent → order on the terminal"},
    {"delivery_confirmed", "order on the terminal → confirmed"},
    {"signed", "sign pressed → durable"},
    {"milestone", "depart, arrive, clear pressed → durable"},
    {"seen_on_console", "intended time → incident on a console"},
    {"order_on_console", "units sent → order on a console"},
    {"send_lag", "intended time → report sent (simulator)"},
}};

/// Durations of the world itself (at the exercise's speed): the reaction of crews, not of software.
enum class WorldSpan : std::uint8_t {
    kReceivedToSent,  ///< report → order sent
    kSentToSigned,    ///< 签收
    kSentToDeparted,  ///< 出警
    kDepartedToArrived,
    kArrivedToCleared,
};
inline constexpr std::size_t kWorldSpans = 5;
inline constexpr std::array<std::string_view, kWorldSpans> kWorldSpanNames = {
    "received_to_sent", "sent_to_signed", "sent_to_departed", "departed_to_arrived",
    "arrived_to_cleared"};

}  // namespace liandong::simulator
