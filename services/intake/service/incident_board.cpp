#include "services/intake/service/incident_board.h"

#include "services/intake/policy/catalogue/catalogue.h"
#include "services/intake/policy/incident_evidence.h"

#include <algorithm>
#include <utility>

namespace liandong::intake {

using domain::Incident;

bool IncidentBoard::catch_up(std::size_t most, Timestamp now) {
    if (!knowledge_.reads_words()) return true;
    note_changes();
    for (std::size_t i = 0; i < most && !pending_.empty(); ++i) {
        const std::string id = std::move(pending_.extract(pending_.begin()).value());
        refresh(id, now);
    }
    let_closed_go(now);
    return pending_.empty();
}

void IncidentBoard::note_changes() {
    const store::Revision now = mirror_.revision();
    // A mirror that is loading has the revision it will have, and not yet all incidents.
    if (!mirror_.is_ready() || shown_ == now) return;
    if (const auto changed = shown_ ? mirror_.changes_since(*shown_) : std::nullopt) {
        for (const domain::Key& key : *changed) {
            if (key.kind == domain::Kind::kIncident) pending_.insert(key.id);
        }
    } else {
        for (const auto& [id, entry] : entries_) pending_.insert(id);
        for (const auto& [id, held] : mirror_.table<Incident>()) pending_.insert(id);
    }
    shown_ = now;
}

void IncidentBoard::refresh(const std::string& incident_id, Timestamp now) {
    const auto* held = mirror_.find<Incident>(incident_id);
    const bool is_wanted =
        held && (domain::is_open(*held->value) || held->value->closed_at + kJustClosed > now);
    if (!is_wanted) return drop(incident_id);
    const auto at = entries_.find(incident_id);
    const Entry* before = at == entries_.end() ? nullptr : &at->second;
    Evidence own = read(*held->value, before);
    const std::string linked_before = before ? before->incident->linked_to : std::string();
    Entry& entry = entries_[incident_id];
    entry.incident = held->value;
    const Incident& incident = *entry.incident;
    if (linked_before != incident.linked_to && !linked_before.empty())
        unlink(incident_id, linked_before);
    put(incident_id, entry, std::move(own));
    if (!domain::is_open(incident)) leaving_.emplace(incident.closed_at, incident_id);
    if (incident.intake.site.empty()) return;
    if (domain::is_open(incident)) {
        std::string& newest = alarm_entries_[incident.intake.site];
        const auto* known = newest.empty() ? nullptr : mirror_.find<Incident>(newest);
        if (!known || known->value->received_at <= incident.received_at) newest = incident_id;
    }
}

void IncidentBoard::put(const std::string& incident_id, Entry& entry, Evidence own) {
    const std::string& primary = entry.incident->linked_to;
    if (!primary.empty()) {
        index_.remove(incident_id);
        entry.own = std::move(own);
        repeats_[primary].insert(incident_id);
        return merge_repeats(primary);
    }
    if (repeats_.contains(incident_id)) {
        entry.own = std::move(own);
        return merge_repeats(incident_id);
    }
    entry.own.reset();
    index_.put(std::move(own));
}

void IncidentBoard::merge_repeats(const std::string& incident_id) {
    const auto at = entries_.find(incident_id);
    // Not read yet, or a repeat itself by now: it is put when it is read.
    if (at == entries_.end() || !at->second.incident->linked_to.empty()) return;
    Entry& entry = at->second;
    if (!entry.own) {
        const Evidence* known = index_.find(incident_id);
        if (!known) return;
        entry.own = *known;
    }
    Evidence merged = *entry.own;
    std::size_t lent = 0;
    for (const std::string& repeat : repeats_[incident_id]) {
        const auto other = entries_.find(repeat);
        if (other == entries_.end() || !other->second.own) continue;
        if (++lent > kMergedRepeats_max) break;
        merge(merged, *other->second.own);
    }
    if (repeats_[incident_id].empty()) {
        repeats_.erase(incident_id);
        entry.own.reset();
    }
    index_.put(std::move(merged));
}

void IncidentBoard::unlink(const std::string& repeat_id, const std::string& primary_id) {
    const auto at = repeats_.find(primary_id);
    if (at == repeats_.end() || at->second.erase(repeat_id) == 0) return;
    merge_repeats(primary_id);
}

void IncidentBoard::drop(const std::string& incident_id) {
    const auto at = entries_.find(incident_id);
    if (at == entries_.end()) return;
    const std::shared_ptr<const Incident> incident = at->second.incident;
    index_.remove(incident_id);
    entries_.erase(at);
    if (!incident->linked_to.empty()) unlink(incident_id, incident->linked_to);
    const auto site = alarm_entries_.find(incident->intake.site);
    if (site != alarm_entries_.end() && site->second == incident_id) alarm_entries_.erase(site);
}

void IncidentBoard::let_closed_go(Timestamp now) {
    while (!leaving_.empty() && leaving_.begin()->first + kJustClosed <= now) {
        const std::string id = leaving_.extract(leaving_.begin()).value().second;
        const auto* held = mirror_.find<Incident>(id);
        if (!held || !domain::is_open(*held->value)) drop(id);
    }
}

void IncidentBoard::expect(std::shared_ptr<const Incident> incident, Features features) {
    if (!knowledge_.reads_words()) return;
    if (expected_.size() == kExpected_max) expected_.clear();
    std::string id = incident->id;
    expected_.insert_or_assign(std::move(id), Expected{std::move(incident), std::move(features)});
}

Evidence IncidentBoard::read(const Incident& incident, const Entry* before) {
    if (const auto node = expected_.extract(incident.id);
        node && has_same_words(*node.mapped().incident, incident)) {
        return evidence_of_incident(incident, knowledge_, node.mapped().features);
    }
    const Evidence* known = nullptr;
    if (before && has_same_words(*before->incident, incident))
        known = before->own ? &*before->own : index_.find(incident.id);
    return known ? evidence_of_incident(incident, knowledge_, known->features)
                 : evidence_of_incident(incident, knowledge_);
}

const Evidence* IncidentBoard::evidence_of(std::string_view incident_id) const {
    const auto at = entries_.find(incident_id);
    if (at == entries_.end()) return nullptr;
    return at->second.own ? &*at->second.own : index_.find(incident_id);
}

std::vector<Suggestion> IncidentBoard::suggest(const Evidence& report, std::string_view own_id,
                                               std::size_t most) const {
    if (!knowledge_.reads_words() || most == 0) return {};
    std::vector<Suggestion> found = intake::suggest(report, index_, *knowledge_.names, {});
    const auto own = entries_.find(own_id);
    const std::string& linked_to =
        own == entries_.end() ? std::string() : own->second.incident->linked_to;
    std::erase_if(found, [&](const Suggestion& suggestion) {
        return suggestion.incident_id == own_id ||
               (!linked_to.empty() && suggestion.incident_id == linked_to);
    });
    if (found.size() > most) found.resize(most);
    return found;
}

std::string IncidentBoard::alarm_entry(std::string_view site) const {
    const auto at = alarm_entries_.find(site);
    return at == alarm_entries_.end() ? std::string() : at->second;
}

}  // namespace liandong::intake
