#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/desk_view.h"
#include "cli/listing.h"
#include "cli/times.h"
#include "cli/view.h"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <string_view>

namespace liandong::cli {
namespace {

using namespace intake::v1;
using Desk = Session::Desk;

/// What the commands share; each uses what it registers.
struct DeskCommand {
    std::string subject;  ///< an incident, a transfer, a hand-over, a date, a seat, a clock
    std::string kind;
    std::string reason;
    std::string text;
    std::string to, desk, sharing = "working";
    std::string answer_by, complete_by;
    std::string area;
    std::string by;
    std::vector<std::string> items;
    std::vector<std::string> figures;
    std::uint32_t number = 0;
    bool all = false;
};

std::unexpected<Error> malformed(std::string_view option, std::string_view text,
                                 std::string_view form) {
    return fail(Code::kInvalidArgument, "ARGUMENT_MALFORMED",
                fmt::format("{}: '{}' is not {}", option, text, form));
}

/// Parts between colons; the last one takes the rest.
std::vector<std::string> parts_of(std::string_view text, std::size_t most, char separator = ',') {
    std::vector<std::string> parts;
    while (parts.size() + 1 < most) {
        const std::size_t at = text.find(separator);
        if (at == std::string_view::npos) break;
        parts.emplace_back(text.substr(0, at));
        text.remove_prefix(at + 1);
    }
    parts.emplace_back(text);
    return parts;
}

/// One change: `fill` adds what is its own.
template <class Request, class Method, class Fill, class Show>
int change(Session& session, Method method, Fill fill, Show show) {
    Request request;
    *request.mutable_header() = session.mutation_header();
    if (const Status filled = fill(request); !filled) return session.usage(filled.error());
    const auto response = session.call(session.desk(), method, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, show(*response));
}

template <class Request>
Status name_incident(Session& session, const std::string& text, Request& request) {
    const auto id = find_incident(session, text);
    if (!id) return std::unexpected(id.error());
    request.set_incident_id(*id);
    return {};
}

const auto kShowIncident = [](const auto& response) {
    return incident_table({response.incident()});
};
const auto kShowTransfer = [](const auto& response) {
    return transfer_table({response.transfer()});
};
const auto kShowHandover = [](const auto& response) {
    return handover_details(response.handover());
};
const auto kShowReport = [](const auto& response) {
    return duty_report_lines({response.report()});
};
const auto kShowDone = [](const auto&) { return std::string("done\n"); };

// ---- clocks

int list_alarms(Session& session, const DeskCommand& command) {
    ListAlarmsRequest request;
    *request.mutable_header() = session.read_header();
    request.set_area_code(command.area);
    request.set_limit(50);
    const auto response = session.call(session.desk(), &Desk::ListAlarms, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, alarm_table(*response));
}

template <class Request> Status name_clock(const std::string& text, Request& request) {
    const auto kind = parse_choice<ClockKind>("CLOCK", text);
    if (!kind) return std::unexpected(kind.error());
    request.set_kind(*kind);
    return {};
}

int take_alarm(Session& session, const DeskCommand& command) {
    return change<TakeAlarmRequest>(
        session, &Desk::TakeAlarm,
        [&](auto& request) -> Status {
            request.set_reason(command.reason);
            if (auto named = name_clock(command.kind, request); !named) return named;
            return name_incident(session, command.subject, request);
        },
        kShowIncident);
}

int suspend(Session& session, const DeskCommand& command) {
    return change<SuspendClocksRequest>(
        session, &Desk::SuspendClocks,
        [&](auto& request) -> Status {
            const auto until = session.read_time(command.answer_by);
            if (!until) return std::unexpected(until.error());
            request.set_until_micros(*until);
            request.set_urgency_max(command.number);
            request.set_reason(command.reason);
            return name_clock(command.subject, request);
        },
        kShowDone);
}

int resume(Session& session, const DeskCommand& command) {
    return change<ResumeClocksRequest>(
        session, &Desk::ResumeClocks,
        [&](auto& request) { return name_clock(command.subject, request); }, kShowDone);
}

// ---- who is on duty

Status add_shift(Session& session, const std::string& text, PutRosterRequest& request) {
    const auto parts = parts_of(text, 6);
    if (parts.size() < 4) return malformed("--shift", text, "ROLE,PERSON,FROM,TO[,NAME[,CONTACT]]");
    const auto role = parse_choice<DutyRole>("--shift", parts[0]);
    if (!role) return std::unexpected(role.error());
    const auto from = session.read_time(parts[2]), to = session.read_time(parts[3]);
    if (!from) return std::unexpected(from.error());
    if (!to) return std::unexpected(to.error());
    DutyShift& shift = *request.add_shifts();
    shift.set_role(*role);
    shift.set_person(parts[1]);
    shift.set_from_micros(*from);
    shift.set_to_micros(*to);
    if (parts.size() > 4) shift.set_name(parts[4]);
    if (parts.size() > 5) shift.set_contact(parts[5]);
    return {};
}

int put_roster(Session& session, const DeskCommand& command) {
    return change<PutRosterRequest>(
        session, &Desk::PutRoster,
        [&](auto& request) -> Status {
            request.set_date(command.subject);
            for (const std::string& shift : command.items) {
                if (auto added = add_shift(session, shift, request); !added) return added;
            }
            return {};
        },
        kShowDone);
}

int show_roster(Session& session, const DeskCommand& command) {
    GetRosterRequest request;
    *request.mutable_header() = session.read_header();
    request.set_date(command.subject);
    const auto response = session.call(session.desk(), &Desk::GetRoster, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, duty_table(*response));
}

// ---- others who act

int offer(Session& session, const DeskCommand& command) {
    return change<OfferTransferRequest>(
        session, &Desk::OfferTransfer,
        [&](auto& request) -> Status {
            const auto kind = parse_choice<TransferKind>("--kind", command.kind);
            if (!kind) return std::unexpected(kind.error());
            const auto sharing = parse_choice<SharingTier>("--sharing", command.sharing);
            if (!sharing) return std::unexpected(sharing.error());
            const auto answer_by = session.read_time(command.answer_by);
            if (!answer_by) return std::unexpected(answer_by.error());
            const auto complete_by = session.read_time(command.complete_by);
            if (!complete_by) return std::unexpected(complete_by.error());
            request.set_kind(*kind);
            request.set_sharing(*sharing);
            request.set_answer_by_micros(*answer_by);
            request.set_complete_by_micros(*complete_by);
            request.set_to_agency(command.to);
            request.set_to_desk(command.desk);
            request.set_reason(command.reason);
            return name_incident(session, command.subject, request);
        },
        kShowTransfer);
}

Result<std::vector<TransferView>> all_transfers(Session& session, const DeskCommand& command) {
    ListTransfersRequest request;
    request.set_agency(command.to);
    request.set_include_ended(command.all);
    if (!command.subject.empty()) {
        if (auto named = name_incident(session, command.subject, request); !named)
            return std::unexpected(named.error());
    }
    return all_pages(session, session.desk(), &Desk::ListTransfers, request,
                     [](const ListTransfersResponse& response) { return response.transfers(); });
}

int list_transfers(Session& session, const DeskCommand& command) {
    const auto views = all_transfers(session, command);
    if (!views) return session.refused(views.error());
    std::vector<Transfer> transfers;
    for (const TransferView& view : *views) transfers.push_back(view.transfer());
    return session.answer_list(transfers, transfer_table);
}

Status name_transfer(Session& session, const std::string& text, auto& request) {
    std::string id = text;
    if (!is_uuid(text)) {
        DeskCommand everything;
        everything.all = true;
        const auto views = all_transfers(session, everything);
        if (!views) return std::unexpected(views.error());
        std::vector<Named> named;
        for (const TransferView& view : *views) {
            named.push_back({view.transfer().id(), {}, words(view.transfer().state())});
        }
        auto found = resolve("transfer", text, named);
        if (!found) return std::unexpected(found.error());
        id = std::move(*found);
    }
    request.set_transfer_id(id);
    return {};
}

int deliver(Session& session, const DeskCommand& command) {
    return change<DeliverTransferRequest>(
        session, &Desk::DeliverTransfer,
        [&](auto& request) { return name_transfer(session, command.subject, request); },
        kShowTransfer);
}

template <bool kAccept> int answer(Session& session, const DeskCommand& command) {
    return change<AnswerTransferRequest>(
        session, &Desk::AnswerTransfer,
        [&](auto& request) {
            request.set_accept(kAccept);
            request.set_answer(command.reason);
            return name_transfer(session, command.subject, request);
        },
        kShowTransfer);
}

int complete(Session& session, const DeskCommand& command) {
    return change<CompleteTransferRequest>(
        session, &Desk::CompleteTransfer,
        [&](auto& request) {
            request.set_outcome(command.text);
            return name_transfer(session, command.subject, request);
        },
        kShowTransfer);
}

int withdraw(Session& session, const DeskCommand& command) {
    return change<WithdrawTransferRequest>(
        session, &Desk::WithdrawTransfer,
        [&](auto& request) {
            request.set_reason(command.reason);
            return name_transfer(session, command.subject, request);
        },
        kShowTransfer);
}

int response_level(Session& session, const DeskCommand& command) {
    return change<SetResponseLevelRequest>(
        session, &Desk::SetResponseLevel,
        [&](auto& request) {
            request.set_level(command.number);
            request.set_reason(command.reason);
            return name_incident(session, command.subject, request);
        },
        kShowIncident);
}

// ---- hand-over

int give(Session& session, const DeskCommand& command) {
    return change<GiveHandoverRequest>(
        session, &Desk::GiveHandover,
        [&](auto& request) -> Status {
            request.set_seat(command.subject);
            request.set_remarks(command.text);
            for (const std::string& promise : command.items) request.add_promises(promise);
            return {};
        },
        kShowHandover);
}

Result<std::vector<Handover>> all_handovers(Session& session, bool with_ended) {
    ListHandoversRequest request;
    request.set_include_ended(with_ended);
    return all_pages(session, session.desk(), &Desk::ListHandovers, request,
                     [](const ListHandoversResponse& response) { return response.handovers(); });
}

Status name_handover(Session& session, const std::string& text, auto& request) {
    std::string id = text;
    if (!is_uuid(text)) {
        const auto handovers = all_handovers(session, true);
        if (!handovers) return std::unexpected(handovers.error());
        std::vector<Named> named;
        for (const Handover& handover : *handovers)
            named.push_back({handover.id(), {handover.seat()}, handover.given_by()});
        auto found = resolve("handover", text, named);
        if (!found) return std::unexpected(found.error());
        id = std::move(*found);
    }
    request.set_handover_id(id);
    return {};
}

int take(Session& session, const DeskCommand& command) {
    return change<TakeHandoverRequest>(
        session, &Desk::TakeHandover,
        [&](auto& request) { return name_handover(session, command.subject, request); },
        kShowHandover);
}

int withdraw_handover(Session& session, const DeskCommand& command) {
    return change<WithdrawHandoverRequest>(
        session, &Desk::WithdrawHandover,
        [&](auto& request) { return name_handover(session, command.subject, request); },
        kShowHandover);
}

int list_handovers(Session& session, const DeskCommand& command) {
    const auto handovers = all_handovers(session, command.all);
    if (!handovers) return session.refused(handovers.error());
    return session.answer_list(*handovers, handover_table);
}

// ---- reports upwards

int open_reporting(Session& session, const DeskCommand& command) {
    return change<OpenDutyReportingRequest>(
        session, &Desk::OpenDutyReporting,
        [&](auto& request) {
            request.set_reason(command.reason);
            return name_incident(session, command.subject, request);
        },
        kShowIncident);
}

Status add_figure(const std::string& text, SendDutyReportRequest& request) {
    const auto parts = parts_of(text, 4);
    std::int64_t value = 0;
    const bool is_whole =
        parts.size() >= 3 &&
        std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), value).ec ==
            std::errc{};
    if (!is_whole) return malformed("--figure", text, "NAME,VALUE,SOURCE[,WHY IT CHANGED]");
    Figure& figure = *request.add_figures();
    figure.set_name(parts[0]);
    figure.set_value(value);
    figure.set_source(parts[2]);
    if (parts.size() > 3) figure.set_change_reason(parts[3]);
    return {};
}

int send_report(Session& session, const DeskCommand& command) {
    return change<SendDutyReportRequest>(
        session, &Desk::SendDutyReport,
        [&](auto& request) -> Status {
            const auto stage = parse_choice<DutyReportStage>("--stage", command.kind);
            if (!stage) return std::unexpected(stage.error());
            const auto as_of = session.read_time(command.answer_by);
            if (!as_of) return std::unexpected(as_of.error());
            request.set_stage(*stage);
            request.set_as_of_micros(*as_of);
            request.set_text(command.text);
            for (const std::string& name : command.items) request.add_addressees(name);
            for (const std::string& figure : command.figures) {
                if (auto added = add_figure(figure, request); !added) return added;
            }
            return name_incident(session, command.subject, request);
        },
        kShowReport);
}

int confirm(Session& session, const DeskCommand& command) {
    return change<ConfirmDutyReportRequest>(
        session, &Desk::ConfirmDutyReport,
        [&](auto& request) {
            request.set_number(command.number);
            request.set_addressee(command.to);
            request.set_received_by(command.by);
            return name_incident(session, command.subject, request);
        },
        kShowReport);
}

int list_reports(Session& session, const DeskCommand& command) {
    ListDutyReportsRequest request;
    *request.mutable_header() = session.read_header();
    if (auto named = name_incident(session, command.subject, request); !named)
        return session.usage(named.error());
    const auto response = session.call(session.desk(), &Desk::ListDutyReports, request);
    if (!response) return session.refused(response.error());
    return session.answer_list(
        std::vector<DutyReport>(response->reports().begin(), response->reports().end()),
        duty_report_lines);
}

// ---- on the command line

struct Added {
    CLI::App* app;
    std::shared_ptr<DeskCommand> arguments;
};

/// A command with one thing that it is about, when `subject` is not null.
Added add(const Commands& commands, CLI::App& parent, const char* name, const char* help,
          int (*run)(Session&, const DeskCommand&), const char* subject, const char* subject_help) {
    const auto arguments = std::make_shared<DeskCommand>();
    CLI::App* app = add_command(commands, parent, name, help, arguments, run);
    if (subject) app->add_option(subject, arguments->subject, subject_help)->required();
    return {app, arguments};
}

constexpr const char* kIncidentHelp = "number, its end, or an id prefix";
constexpr const char* kIdHelp = "id or its beginning";

CLI::App& group(const Commands& commands, const char* name, const char* help) {
    CLI::App& app = *commands.app.add_subcommand(name, help);
    app.require_subcommand(1);
    app.fallthrough();
    return app;
}

void add_clocks(const Commands& commands) {
    CLI::App& alarm = group(commands, "alarm", "clocks that rang");
    const auto listed = add(commands, alarm, "list", "those that stand and nobody has taken",
                            list_alarms, nullptr, nullptr);
    listed.app->add_option("--area", listed.arguments->area, "prefix of an area code");
    const auto taken = add(commands, alarm, "take", "see to one: it rings no more", take_alarm,
                           "incident", kIncidentHelp);
    taken.app->add_option("clock", taken.arguments->kind, choices<ClockKind>())->required();
    taken.app->add_option("--reason", taken.arguments->reason, "what is done about it");
    const auto suspended =
        add(commands, alarm, "suspend", "put clocks off in a surge", suspend, "clock", "which");
    suspended.arguments->answer_by = "+1h";
    suspended.app->add_option("--until", suspended.arguments->answer_by, "at most 4 hours ahead")
        ->capture_default_str();
    suspended.app->add_option("--urgency-max", suspended.arguments->number,
                              "0-3: for incidents no more urgent than that");
    suspended.app->add_option("--reason", suspended.arguments->reason, "why")->required();
    add(commands, alarm, "resume", "let them ring again", resume, "clock", "which");
}

void add_roster(const Commands& commands) {
    CLI::App& roster = group(commands, "roster", "who is on duty");
    const auto put =
        add(commands, roster, "put", "replace the roster of a day", put_roster, "date", "20260718");
    put.app->add_option("--shift", put.arguments->items,
                        "ROLE,PERSON,FROM,TO[,NAME[,CONTACT]]; may be repeated");
    const auto shown = add(commands, roster, "show", "a day's shifts, and who is on duty now",
                           show_roster, nullptr, nullptr);
    shown.app->add_option("date", shown.arguments->subject, "20260718; none: only now");
}

void add_transfers(const Commands& commands) {
    CLI::App& transfer = group(commands, "transfer", "to other agencies and levels");
    const auto offered = add(commands, transfer, "offer",
                             "offer an incident; it stays yours "
                             "until they accept",
                             offer, "incident", kIncidentHelp);
    offered.arguments->kind = "agency";
    offered.app->add_option("--to", offered.arguments->to, "agency")->required();
    offered.app->add_option("--kind", offered.arguments->kind, choices<TransferKind>())
        ->capture_default_str();
    offered.app->add_option("--desk", offered.arguments->desk, "desk there");
    offered.app->add_option("--sharing", offered.arguments->sharing, choices<SharingTier>())
        ->capture_default_str();
    offered.app->add_option("--reason", offered.arguments->reason, "why")->required();
    offered.app->add_option("--answer-by", offered.arguments->answer_by,
                            "then it expires; by kind if not given");
    offered.app->add_option("--complete-by", offered.arguments->complete_by, "none if not given");
    add(commands, transfer, "delivered", "the other side has it", deliver, "transfer", kIdHelp);
    const auto accepted =
        add(commands, transfer, "accept", "take it over", answer<true>, "transfer", kIdHelp);
    accepted.app->add_option("--answer", accepted.arguments->reason, "who goes");
    const auto rejected =
        add(commands, transfer, "reject", "do not", answer<false>, "transfer", kIdHelp);
    rejected.app->add_option("--answer", rejected.arguments->reason, "why")->required();
    const auto completed =
        add(commands, transfer, "complete", "tell what came of it", complete, "transfer", kIdHelp);
    completed.app->add_option("outcome", completed.arguments->text, "what came of it")->required();
    const auto withdrawn =
        add(commands, transfer, "withdraw", "take an offer back", withdraw, "transfer", kIdHelp);
    withdrawn.app->add_option("--reason", withdrawn.arguments->reason, "why")->required();
    const auto listed = add(commands, transfer, "list", "those that have not ended", list_transfers,
                            nullptr, nullptr);
    listed.app->add_option("--incident", listed.arguments->subject, kIncidentHelp);
    listed.app->add_option("--agency", listed.arguments->to, "from it or to it");
    listed.app->add_flag("--all", listed.arguments->all, "also what ended within 72 hours");

    const auto level = add(commands, commands.app, "response",
                           "raise a response level, or 0: "
                           "stand it down",
                           response_level, "incident", kIncidentHelp);
    level.app->add_option("level", level.arguments->number, "1 (gravest) to 4, or 0")->required();
    level.app->add_option("--reason", level.arguments->reason, "why")->required();
}

void add_handovers(const Commands& commands) {
    CLI::App& handover = group(commands, "handover", "of a shift");
    const auto given = add(commands, handover, "give", "hand over what you have claimed", give,
                           "seat", "such as 110-3");
    given.app->add_option("--promise", given.arguments->items,
                          "what a caller was told; may be repeated");
    given.app->add_option("--remarks", given.arguments->text, "what else there is to know");
    add(commands, handover, "take", "sign for it: it is yours", take, "handover", kIdHelp);
    add(commands, handover, "withdraw", "keep it", withdraw_handover, "handover", kIdHelp);
    const auto listed = add(commands, handover, "list", "those that nobody has taken",
                            list_handovers, nullptr, nullptr);
    listed.app->add_flag("--all", listed.arguments->all, "also what ended within 72 hours");
}

void add_duty_reports(const Commands& commands) {
    CLI::App& report = group(commands, "duty-report", "reports upwards (D25)");
    const auto opened = add(commands, report, "open", "say that it must be reported",
                            open_reporting, "incident", kIncidentHelp);
    opened.app->add_option("--reason", opened.arguments->reason, "why")->required();
    const auto sent = add(commands, report, "send", "first, follow-up or final report", send_report,
                          "incident", kIncidentHelp);
    sent.app->add_option("--stage", sent.arguments->kind, choices<DutyReportStage>())->required();
    sent.app->add_option("--to", sent.arguments->items, "addressee; may be repeated")->required();
    sent.app->add_option("--text", sent.arguments->text, "what there is to say");
    sent.app->add_option("--figure", sent.arguments->figures,
                         "NAME,VALUE,SOURCE[,WHY IT CHANGED]; may be repeated");
    sent.app->add_option("--as-of", sent.arguments->answer_by, "of the figures; now if not given");
    const auto received = add(commands, report, "received", "an addressee has it", confirm,
                              "incident", kIncidentHelp);
    received.app->add_option("number", received.arguments->number, "of the report")->required();
    received.app->add_option("--by", received.arguments->by, "who has it there");
    received.app->add_option("--addressee", received.arguments->to, "one of the report's")
        ->required();
    add(commands, report, "list", "all of an incident", list_reports, "incident", kIncidentHelp);
}

}  // namespace

void add_desk_commands(const Commands& commands) {
    add_clocks(commands);
    add_roster(commands);
    add_transfers(commands);
    add_handovers(commands);
    add_duty_reports(commands);
}

}  // namespace liandong::cli
