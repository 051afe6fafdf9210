#include "cli/hint_view.h"

#include "cli/table.h"
#include "cli/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::cli {

namespace {

constexpr int kReasonsShown = 3;

}  // namespace

std::string callback_text(const intake::v1::Callback& callback) {
    if (callback.state() == intake::v1::CALLBACK_STATE_UNSPECIFIED) return "";
    return fmt::format("{}, {} attempts", words(callback.state()), callback.attempts());
}

std::string responsible_lines(const intake::v1::Responsible& responsible) {
    std::string text;
    const auto line = [&](const char* name, const std::string& who) {
        if (!who.empty()) text += fmt::format("{}: {}\n", name, who);
    };
    line("grid worker", responsible.grid_worker());
    line("police station", responsible.police_station());
    line("fire station", responsible.fire_station());
    line("ambulance post", responsible.ambulance_post());
    line("duty desk", responsible.duty_desk());
    line("mediation", responsible.mediation());
    return text;
}

std::string candidate_table(
    const google::protobuf::RepeatedPtrField<intake::v1::DuplicateCandidate>& candidates) {
    Table table({"score", "incident", "distance", "reasons", "what"});
    for (const auto& item : candidates) {
        std::string reasons;
        const int shown = std::min(item.reasons_size(), kReasonsShown);
        for (int i = 0; i < shown; ++i)
            reasons += fmt::format("{}{}", i == 0 ? "" : ", ", item.reasons(i).text_zh());
        table.add({fmt::format("{:.2f}", item.score()), item.number(),
                   item.distance_meters() < 0 ? std::string()
                                              : fmt::format("{:.0f} m", item.distance_meters()),
                   reasons, item.summary()});
    }
    return table.empty() ? "nothing like it\n" : table.text();
}

std::string hint_lines(const intake::v1::ReportIncidentResponse& response) {
    std::string text;
    for (const auto& type : response.suggested_types())
        text += fmt::format("suggested type: {} {}\n", type.type_code(), type.name_zh());
    for (const auto& area : response.area_candidates())
        text += fmt::format("which area: {} {} ({})\n", area.code(), area.name(),
                            fmt::join(area.within(), ", "));
    text += responsible_lines(response.responsible());
    if (response.suggestions_size() > 0)
        text += "may be about\n" + candidate_table(response.suggestions());
    return text;
}

}  // namespace liandong::cli
