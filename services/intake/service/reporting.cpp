#include "common/base/id.h"
#include "common/base/utf8.h"
#include "common/store/codec.h"
#include "common/store/find.h"
#include "services/intake/policy/alarm_entry.h"
#include "services/intake/policy/understand.h"
#include "services/intake/service/intake_service.h"

#include <algorithm>
#include <utility>

namespace liandong::intake {

using namespace domain;
using store::Decision;
using store::View;
using Settling = IntakeService::Settling;

namespace {

/// Entries of a site that are looked at until one takes an alarm: they end by and by, and the board
/// knows the newest. Each may cost a round of reading, the report and the first entry another.
constexpr int kAlarmEntries_max = 6;
static_assert(kAlarmEntries_max + 2 <= store::kReadRounds_max);

/// What a resend gets after its request record expired: the report is there, so nothing is written
/// again.
Decision report_already_there(const Report& report, const Incident* incident) {
    Decision decision;
    decision.already_done = true;
    decision.outcome.report_id = report.id;
    decision.outcome.incident_id = report.incident_id;
    decision.outcome.report_serial = report.serial;
    decision.outcome.incident_serial = incident ? incident->serial : 0;
    decision.outcome.serial_date = report.serial_date;
    decision.outcome.corrections = report.corrections;
    return decision;
}

std::optional<Decision> if_already_there(View& view, const std::string& report_id) {
    const Report* report = view.get<Report>(report_id);
    if (!report) return std::nullopt;
    return report_already_there(*report, view.get<Incident>(report->incident_id));
}

/// The report, numbered; `decision.writes[0]` is it.
Decision take(const TakenReport& taken) {
    Decision decision;
    decision.event_kind = "incident_reported";
    decision.occurred_at = taken.report.recorded_at;
    decision.writes.reserve(2);  // an initializer list would copy both twice
    decision.writes.emplace_back(taken.report);
    const std::string& date = taken.report.serial_date;
    decision.serials = {
        {"report:" + date, 0, store::kReportSerialTag, store::kOutcomeReportSerialTag}};
    decision.outcome.report_id = taken.report.id;
    decision.outcome.incident_id = taken.report.incident_id;
    decision.outcome.serial_date = date;
    decision.outcome.corrections = taken.report.corrections;
    return decision;
}

Decision open_incident(const TakenReport& taken) {
    Decision decision = take(taken);
    decision.writes.emplace_back(taken.incident);
    decision.serials.push_back({"incident:" + taken.report.serial_date, 1,
                                store::kIncidentSerialTag, store::kOutcomeIncidentSerialTag});
    return decision;
}

Decision fold_into(const Incident& before, TakenReport taken) {
    Incident entry = before;
    fold(entry, taken);
    Decision decision = take(taken);
    decision.event_kind = "alarm_folded";
    decision.outcome.incident_serial = entry.serial;
    // The only case in which the two numbers may be of different days.
    if (entry.serial_date != taken.report.serial_date) decision.outcome.incidents = {entry};
    decision.writes.emplace_back(std::move(entry));
    return decision;
}

Decision begin_site(TakenReport taken, const std::string& entry_id, const std::string& site) {
    taken.incident.id = taken.report.incident_id = entry_id;
    begin_entry(taken, site);
    return open_incident(taken);
}

std::string entry_after(const std::string& scope, const std::string& entry_id) {
    return derive_id({scope, "alarm_entry_after", entry_id});
}

std::optional<bool> answer(int number) {
    if (number == 1) return false;
    return number == 2 ? std::optional(true) : std::nullopt;
}

Link same_event_link(const RawSameEvent& raw) {
    std::string news = to_displayable(raw.what_is_new);
    while (news.size() > kNoteReason_max) {
        std::size_t end = kNoteReason_max;
        while (end > 0 && (static_cast<unsigned char>(news[end]) & 0xc0U) == 0x80U) --end;
        news.resize(end);
    }
    return {"same event", {answer(raw.in_danger), answer(raw.anything_new), std::move(news)}};
}

Result<Decision> open_linked(View& view, const TakenReport& taken, const std::string& master_id,
                             const Link& link, const Actor& actor) {
    const Incident* before = view.get<Incident>(master_id);
    if (!before) return store::unknown<Incident>(master_id, "same_event.incident_id");
    if (!before->is_master) {
        return fail(Code::kFailedPrecondition, "NOT_A_MASTER",
                    "only a declared master incident is asked for by one key");
    }
    TakenReport repeat = taken;
    Incident master = *before;
    auto notes = intake::link(repeat.incident, master, link, actor);
    if (!notes) return fail(std::move(notes.error()));
    Decision decision = open_incident(repeat);
    for (Note* note : {&notes->first, &notes->second}) {
        view.get<Note>(note->id);  // expected absent
        decision.writes.emplace_back(std::move(*note));
    }
    decision.writes.emplace_back(std::move(master));
    return decision;
}

/// What keeps a report from being linked, and does not keep it from being taken.
bool is_about_the_link(const Error& error) {
    return error.code == Code::kNotFound || error.code == Code::kInvalidArgument ||
           error.code == Code::kFailedPrecondition || error.code == Code::kResourceExhausted ||
           error.code == Code::kAborted;
}

}  // namespace

std::uint64_t IntakeService::caller_token(std::string_view phone) const {
    std::string digits;
    for (const char c : phone) {
        if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.size() > 11 && digits.starts_with("86")) digits.erase(0, 2);
    return digits.empty() ? 0 : sealer_.token(digits);
}

Settling IntakeService::report(Mutation mutation, RawReport raw,
                               std::optional<RawSameEvent> same_event) {
    const std::string scope = context_.scope.tag();
    const Taking taking{derive_id({scope, mutation.agency, mutation.request_id, "report"}),
                        derive_id({scope, mutation.agency, mutation.request_id, "incident"}),
                        mutation.actor, mutation.agency, context_.clock.now()};
    TakenReport taken = take_report(raw, taking);
    Features features = understand(taken, knowledge_);
    Sealed sealed =
        sealer_.seal(store::encode_reporter({taken.reporter_name, taken.reporter_phone,
                                             taken.reporter_language, taken.reporter_needs}),
                     taken.report.id);
    taken.report.sealed_reporter = std::move(sealed.bytes);
    taken.report.sealed_key_id = std::move(sealed.key_id);
    if (const std::uint64_t caller = caller_token(taken.reporter_phone); caller != 0)
        taken.incident.intake.callers = {caller};

    const auto shared = std::make_shared<const TakenReport>(std::move(taken));
    if (std::string site = site_of(shared->report); !site.empty())
        co_return co_await report_alarm(std::move(mutation), shared, std::move(site));
    if (same_event) {
        co_return co_await report_same_event(std::move(mutation), shared, std::move(*same_event));
    }
    board_.expect({shared, &shared->incident}, std::move(features));
    co_return co_await store::transact(
        context_, std::move(mutation), [shared](View& view) -> Result<Decision> {
            if (auto done = if_already_there(view, shared->report.id)) return std::move(*done);
            view.get<Incident>(shared->incident.id);  // expected absent
            return open_incident(*shared);
        });
}

Settling IntakeService::report_alarm(Mutation mutation, std::shared_ptr<const TakenReport> taken,
                                     std::string site) {
    const auto pass = co_await gate_.enter("site/" + site);
    board_.catch_up(kReadAtOnce, context_.clock.now());
    const std::string scope = context_.scope.tag();
    std::string newest = board_.alarm_entry(site);
    if (newest.empty()) newest = derive_id({scope, "alarm_entry", site, taken->report.serial_date});
    auto settled = co_await store::transact(
        context_, mutation, [taken, site, scope, newest](View& view) -> Result<Decision> {
            if (auto done = if_already_there(view, taken->report.id)) return std::move(*done);
            std::string id = newest;
            for (int i = 0; i < kAlarmEntries_max; ++i, id = entry_after(scope, id)) {
                const Incident* entry = view.get<Incident>(id);
                if (!entry) return begin_site(*taken, id, site);
                if (takes(*entry, site, taken->report.recorded_at))
                    return fold_into(*entry, *taken);
            }
            view.get<Incident>(taken->incident.id);  // expected absent
            return begin_site(*taken, taken->incident.id, site);
        });
    if (settled || settled.error().code != Code::kAborted) co_return settled;
    // Other processes write the same entry without end: an entry of its own is no refusal (D1).
    co_return co_await store::transact(
        context_, std::move(mutation), [taken, site](View& view) -> Result<Decision> {
            if (auto done = if_already_there(view, taken->report.id)) return std::move(*done);
            view.get<Incident>(taken->incident.id);  // expected absent
            return begin_site(*taken, taken->incident.id, site);
        });
}

Settling IntakeService::report_same_event(Mutation mutation,
                                          std::shared_ptr<const TakenReport> taken,
                                          RawSameEvent same_event) {
    const Actor actor{mutation.actor, mutation.agency, mutation.on_behalf_of,
                      taken->report.recorded_at};
    const std::string master_id = same_event.incident_id;
    Error why{Code::kInvalidArgument, "ID_MALFORMED", "not an id", {}};
    if (is_safe_id(master_id)) {
        const auto pass = co_await gate_.enter("master/" + master_id);
        const Link link = same_event_link(same_event);
        auto settled = co_await store::transact(
            context_, mutation, [taken, master_id, link, actor](View& view) -> Result<Decision> {
                if (auto done = if_already_there(view, taken->report.id)) return std::move(*done);
                view.get<Incident>(taken->incident.id);  // expected absent
                return open_linked(view, *taken, master_id, link, actor);
            });
        if (settled || !is_about_the_link(settled.error())) co_return settled;
        why = std::move(settled.error());
    }
    TakenReport alone = *taken;
    if (alone.report.corrections.size() == kCorrections_max) alone.report.corrections.pop_back();
    alone.report.corrections.push_back(
        {"same_event", why.reason, to_displayable(master_id).substr(0, 64)});
    alone.incident.needs_correction = true;
    co_return co_await store::transact(
        context_, std::move(mutation), [alone](View& view) -> Result<Decision> {
            if (auto done = if_already_there(view, alone.report.id)) return std::move(*done);
            view.get<Incident>(alone.incident.id);  // expected absent
            return open_incident(alone);
        });
}

}  // namespace liandong::intake
