#include "simulator/audit/auditor.h"

#include "simulator/audit/bulletin_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

namespace liandong::simulator {
namespace {

/// What a command that is well formed may be refused for.
bool is_legitimate(const std::string& reason) {
    static const std::set<std::string> kReasons = {
        "ALARM_UNVERIFIED", "ALREADY_LINKED",        "ALREADY_PUBLISHED",  "AUTHOR_IS_APPROVER",
        "BULLETIN_EXPIRED", "BULLETIN_NOT_APPROVED", "BULLETIN_NOT_DRAFT", "BULLETIN_UNKNOWN",
        "CALLBACK_NOT_DUE", "CALLER_NOT_REACHED",    "CLOSURE_ENDED",      "CLOSURE_UNKNOWN",
        "CONTENT_CHANGED",  "EXPIRES_IN_PAST",       "HAS_LINKS",          "INCIDENT_CLOSED",
        "INCIDENT_UNKNOWN", "LINK_TO_ITSELF",        "LINK_TO_LINKED",     "NOT_A_MACHINE_ALARM",
        "NOT_LINKED",       "ORDERS_STILL_OPEN",     "ORDER_ENDED",        "ORDER_UNKNOWN",
        "TOO_MANY_ORDERS",  "UNITS_NOT_FREE",        "UNIT_HOLDS_ORDER"};
    return kReasons.contains(reason);
}

domain::Kind kind_of_unknown(const std::string& reason) {
    if (reason == "ORDER_UNKNOWN") return domain::Kind::kOrder;
    if (reason == "BULLETIN_UNKNOWN") return domain::Kind::kBulletin;
    if (reason == "CLOSURE_UNKNOWN") return domain::Kind::kClosure;
    return reason == "UNIT_UNKNOWN" ? domain::Kind::kUnit : domain::Kind::kIncident;
}

}  // namespace

std::vector<std::unique_ptr<WatchHistory>> Auditor::first() {
    std::vector<std::unique_ptr<WatchHistory>> histories;
    histories.push_back(std::make_unique<WatchHistory>());
    return histories;
}

void Auditor::fault(std::string sentence) {
    if (faults_.size() < kFaults_max) faults_.push_back(std::move(sentence));
}

void Auditor::catch_up(const store::MemoryState& state) {
    const auto& log = state.log();
    while (log_->events() < log.size()) {
        const store::LogEntry& entry = log[log_->events()];
        log_->apply(entry);
        histories_.back()->apply(*log_, entry);
        note_epoch(entry);
    }
    for (; log_faults_ < log_->faults().size(); ++log_faults_) fault(log_->faults()[log_faults_]);
}

/// No two logs may share an epoch: a watcher of the one would go on in the other as if nothing had
/// happened.
void Auditor::note_epoch(const store::LogEntry& entry) {
    const bool gives_one = std::ranges::any_of(entry.writes, [](const store::Write& write) {
        return write.key.kind == domain::Kind::kEpoch;
    });
    if (!gives_one) return;
    const auto given = log_->entities().find(domain::key_of(domain::Epoch{}));
    if (given == log_->entities().end()) return;
    const std::uint64_t before = std::exchange(
        epoch_, static_cast<std::uint64_t>(std::get<domain::Epoch>(given->second).number));
    if (entry.seq <= inherited_) return;
    if (epoch_ < before) fault(fmt::format("event {}: the epoch fell", entry.seq));
    const auto [at, is_new] = branch_of_.try_emplace(epoch_, branches() - 1);
    if (at->second != branches() - 1)
        fault(fmt::format("event {}: epoch {} was another log's", entry.seq, epoch_));
}

void Auditor::failed_over(const store::MemoryState& replica) {
    log_ = std::make_unique<LogReplay>();
    log_faults_ = 0;
    histories_.push_back(std::make_unique<WatchHistory>());
    epoch_ = 1;
    inherited_ = replica.last_seq();
    catch_up(replica);
    std::erase_if(answers_, [&](const auto& answer) { return log_->seq_of(answer.first) == 0; });
}

void Auditor::compare(const store::MemoryState& state) {
    catch_up(state);
    log_->compare(state);
    catch_up(state);
}

void Auditor::answered(const Asked& asked, std::uint64_t begun_seq, const Answer& answer) {
    if (asked.is_altered) {
        // A request that had nothing to do is not remembered; a late copy of it may still be stored.
        const std::uint64_t used_at = log_->seq_of(asked.request);
        if (used_at != 0 && used_at <= begun_seq &&
            (answer || answer.error().reason != "REQUEST_ID_REUSED")) {
            fault("other content under a used request id was not refused: " + asked.what);
        }
        return;
    }
    if (!answer) return refused(asked, begun_seq, answer.error());
    if (answer->listed) listed(*answer->listed);
    if (!answer->gone_back.empty())
        fault("a recommendation has an older position than was known of " + answer->gone_back);
    if (!asked.request.empty()) acknowledged(asked, *answer);
}

void Auditor::acknowledged(const Asked& asked, const Answered& answer) {
    const std::uint64_t seq = log_->seq_of(asked.request);
    if (seq == 0 && asked.may_do_nothing) return;
    if (seq == 0) {
        fault(asked.what + " was acknowledged and is not in the log");
    } else if (seq != answer.seq) {
        fault(fmt::format("{} was answered with revision {}, its event is {}", asked.what,
                          answer.seq, seq));
    } else if (log_->actor_of(asked.request) != asked.who) {
        fault(fmt::format("{} by {} is in the log as somebody else's", asked.what, asked.who));
    }
    if (asked.what == "ApproveBulletin") {
        const auto* bulletin = log_->bulletin(asked.names);
        if (bulletin && words_of(*bulletin) != asked.words)
            fault("a bulletin was approved in other words than were read: " + asked.names);
    }
    const auto [at, is_new] =
        answers_.try_emplace(asked.request, Acknowledged{answer, log_->events()});
    if (!is_new && !(at->second.answer == answer))
        fault("another answer to the same request: " + asked.what);
}

void Auditor::listed(const Listed& listed) {
    const WatchHistory* history = this->history(listed.revision.epoch);
    if (!history || listed.revision.seq > history->last_seq())
        return fault("a list of a revision that never was");
    const ViewHistory& view = listed.published_only ? history->published() : history->bulletins();
    for (const auto& [id, version] : listed.things) {
        if (view.shown({domain::Kind::kBulletin, id}, listed.revision.seq) != version)
            fault("a list has another version of bulletin " + id);
    }
    if (listed.is_whole && listed.things.size() != view.count(listed.revision.seq))
        fault("a list lacks bulletins, or has too many");
    std::vector<Timestamp> drafted;
    for (const auto& [id, version] : listed.things) {
        const auto* bulletin = log_->bulletin(id);
        if (bulletin) drafted.push_back(bulletin->drafted_at);
    }
    if (!std::ranges::is_sorted(drafted, std::ranges::greater{}))
        fault("a list is not newest first");
}

void Auditor::refused(const Asked& asked, std::uint64_t begun_seq, const Error& error) {
    const bool exists = log_->first_seq_of({domain::Kind::kOrder, asked.names}) != 0;
    if ((asked.is_fact && exists) || asked.what == "ReportIncident" || !is_legitimate(error.reason))
        fault(fmt::format("{} was refused: {}", asked.what, error.reason));
    if (auto sentence = fault_of_refusal(log_->bulletin(asked.names), asked.who, error.reason,
                                         log_->version_of(asked.names), begun_seq);
        !sentence.empty()) {
        fault(fmt::format("{} was refused: {}, but {}", asked.what, error.reason, sentence));
    }
    if (error.reason == "CONTENT_CHANGED" && log_->bulletin(asked.names) &&
        asked.words == words_of(*log_->bulletin(asked.names))) {
        fault("an approval of just these words was refused: " + asked.names);
    }
    const auto answered = answers_.find(asked.request);
    if (answered != answers_.end() && answered->second.known_at < begun_seq)
        fault(fmt::format("{} was acknowledged before, now it is refused: {}", asked.what,
                          error.reason));
    if (asked.is_alone && !asked.request.empty() && log_->seq_of(asked.request) != 0)
        fault(fmt::format("{} was refused ({}) and done", asked.what, error.reason));
    if (error.reason.ends_with("_UNKNOWN") && !asked.names.empty()) {
        const store::Key key{kind_of_unknown(error.reason), asked.names};
        const auto value = log_->values().find(key);
        // Nothing is ever taken out of the store: what was there is there.
        if (value != log_->values().end() && value->second.version != 0 &&
            log_->first_seq_of(key) <= begun_seq) {
            fault(fmt::format("{} says {} of what exists", asked.what, error.reason));
        }
    }
}

bool Auditor::goes_back(store::Revision before, store::Revision now) const {
    const auto was = branch_of_.find(before.epoch), is = branch_of_.find(now.epoch);
    if (was == branch_of_.end() || is == branch_of_.end()) return false;
    return std::pair(is->second, now.seq) < std::pair(was->second, before.seq);
}

const WatchHistory* Auditor::history(std::uint64_t epoch) const {
    const auto found = branch_of_.find(epoch);
    return found == branch_of_.end() ? nullptr : histories_[found->second].get();
}

}  // namespace liandong::simulator
