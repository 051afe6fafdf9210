#include "cli/desk_view.h"

#include "cli/table.h"
#include "cli/text.h"
#include "cli/times.h"
#include "cli/view.h"
#include "cli/words.h"

#include <fmt/format.h>

namespace liandong::cli {
namespace {

using namespace intake::v1;

std::string or_dash(const std::string& text) { return text.empty() ? "-" : printable(text); }

template <class Shifts> std::string shift_table(const Shifts& shifts) {
    Table table({"DUTY", "PERSON", "NAME", "CONTACT", "FROM", "TO"});
    for (const DutyShift& shift : shifts) {
        table.add({words(shift.role()), printable(shift.person()), or_dash(shift.name()),
                   or_dash(shift.contact()), short_time(shift.from_micros()),
                   short_time(shift.to_micros())});
    }
    return table.text();
}

std::string figures_of(const DutyReport& report) {
    std::string text;
    for (const Figure& figure : report.figures()) {
        text += fmt::format("  {} {} ({}{}{})\n", printable(figure.name()), figure.value(),
                            printable(figure.source()), figure.change_reason().empty() ? "" : "; ",
                            printable(figure.change_reason()));
    }
    return text;
}

}  // namespace

std::string alarm_table(const ListAlarmsResponse& response) {
    Table table({"INCIDENT", "CLOCK", "RANG", "LAST", "FOR", "PERSON", "SUMMARY"});
    for (const AlarmGroup& group : response.groups()) {
        for (const Alarm& alarm : group.alarms()) {
            table.add({group.incident().number(), words(alarm.kind()),
                       fmt::format("{}x", alarm.steps()), short_time(alarm.rung_at_micros()),
                       words(alarm.rung_for()), or_dash(alarm.person()),
                       printable(group.incident().summary())});
        }
    }
    std::string text = table.text();
    text +=
        fmt::format("{} of {} incidents with alarms\n", response.groups_size(), response.total());
    for (const ClockSuspension& suspension : response.suspensions()) {
        text += fmt::format("suspended: {} up to urgency {} until {} by {}: {}\n",
                            words(suspension.kind()), suspension.urgency_max(),
                            short_time(suspension.until_micros()), printable(suspension.by()),
                            printable(suspension.reason()));
    }
    return text;
}

std::string duty_table(const GetRosterResponse& response) {
    std::string text;
    if (!response.shifts().empty()) text += shift_table(response.shifts()) + "\n";
    text += "on duty now:\n" + shift_table(response.on_duty());
    for (const int role : response.holes())
        text += fmt::format("nobody: {}\n", words(static_cast<DutyRole>(role)));
    return text;
}

std::string transfer_table(const std::vector<Transfer>& transfers) {
    Table table({"ID", "KIND", "STATE", "FROM", "TO", "OFFERED", "ANSWER BY", "WORDS"});
    for (const Transfer& transfer : transfers) {
        const std::string& last = !transfer.outcome().empty()  ? transfer.outcome()
                                  : !transfer.answer().empty() ? transfer.answer()
                                                               : transfer.reason();
        table.add({short_id(transfer.id()), words(transfer.kind()), words(transfer.state()),
                   printable(transfer.from_agency()), printable(transfer.to_agency()),
                   short_time(transfer.offered_at_micros()),
                   short_time(transfer.answer_by_micros()), printable(last)});
    }
    return table.text();
}

std::string handover_table(const std::vector<Handover>& handovers) {
    Table table({"ID", "SEAT", "FROM", "TO", "GIVEN", "TAKEN", "INCIDENTS", "PROMISES"});
    for (const Handover& handover : handovers) {
        table.add({short_id(handover.id()), printable(handover.seat()),
                   printable(handover.given_by()), or_dash(handover.taken_by()),
                   short_time(handover.given_at_micros()), short_time(handover.taken_at_micros()),
                   std::to_string(handover.incident_ids_size()),
                   std::to_string(handover.promises_size())});
    }
    return table.text();
}

std::string handover_details(const Handover& handover) {
    std::string text = field_lines({
        {"handover", handover.id()},
        {"seat", printable(handover.seat())},
        {"given by", printable(handover.given_by())},
        {"given at", long_time(handover.given_at_micros())},
        {"taken by", printable(handover.taken_by())},
        {"taken at", long_time(handover.taken_at_micros())},
        {"withdrawn at", long_time(handover.withdrawn_at_micros())},
        {"units out", std::to_string(handover.units_out())},
        {"remarks", printable(handover.remarks())},
    });
    for (const std::string& id : handover.incident_ids()) text += "incident  " + id + "\n";
    for (const std::string& id : handover.transfer_ids()) text += "transfer  " + id + "\n";
    for (const std::string& id : handover.bulletin_ids()) text += "bulletin  " + id + "\n";
    for (const std::string& promise : handover.promises())
        text += "promise   " + printable(promise) + "\n";
    return text;
}

std::string duty_report_lines(const std::vector<DutyReport>& reports) {
    std::string text;
    for (const DutyReport& report : reports) {
        text += fmt::format("#{} {}  截至 as of {}  {} ({})\n", report.number(),
                            words(report.stage()), long_time(report.as_of_micros()),
                            printable(report.author()), printable(report.agency()));
        if (!report.text().empty()) text += "  " + printable(report.text()) + "\n";
        text += figures_of(report);
        for (const Addressee& addressee : report.addressees()) {
            text += fmt::format(
                "  → {}: {}\n", printable(addressee.name()),
                addressee.received_at_micros() == 0
                    ? std::string("not confirmed")
                    : fmt::format("received {} {}", long_time(addressee.received_at_micros()),
                                  printable(addressee.received_by())));
        }
    }
    return text;
}

}  // namespace liandong::cli
