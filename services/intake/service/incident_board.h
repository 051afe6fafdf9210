#pragma once

#include "common/store/mirror.h"
#include "services/intake/policy/duplicates/candidate_index.h"
#include "services/intake/policy/knowledge.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liandong::intake {

/// The incidents of the mirror as the search for duplicates sees them, kept current by what changed
/// since the last look: open ones, and those closed less than kJustClosed ago. The words of an
/// incident are read once, not at each of its changes. A repeat is found through the incident it is
/// linked to, which bears the evidence of all its repeats.
///
/// The board may lag behind the mirror: it reads at most as many incidents a call as it is told, so
/// that nobody waits for it. What it does not know yet is only not suggested.
class IncidentBoard {
public:
    /// `mirror` and what `knowledge` points to must outlive the board.
    IncidentBoard(const store::Mirror& mirror, Knowledge knowledge)
        : mirror_(mirror), knowledge_(knowledge) {}

    /// Looks at what changed, and reads at most `most` incidents. True when nothing is left to
    /// read.
    bool catch_up(std::size_t most, Timestamp now);

    /// Words that were read before their incident is stored, so that the board need not read them
    /// again. One that never comes is forgotten by and by.
    void expect(std::shared_ptr<const domain::Incident> incident, Features features);

    /// What an incident says for itself, without its repeats; nullptr: not known (yet). Valid until
    /// the next `catch_up`.
    const Evidence* evidence_of(std::string_view incident_id) const;

    /// Incidents that a report may be about, best first, at most `most` ≤ kSuggestions_max; never
    /// `own_id`, nor what that one is linked to. Nothing without words to read by.
    std::vector<Suggestion> suggest(const Evidence& report, std::string_view own_id,
                                    std::size_t most) const;

    /// The open entry of a site's machine alarms (D16) that the board saw last; empty: none.
    std::string alarm_entry(std::string_view site) const;

    std::size_t size() const { return entries_.size(); }
    std::size_t waiting() const { return pending_.size(); }

    static constexpr std::chrono::minutes kJustClosed{30};

private:
    static constexpr std::size_t kExpected_max = 1'024;
    struct Expected {
        std::shared_ptr<const domain::Incident> incident;
        Features features;
    };
    struct Entry {
        std::shared_ptr<const domain::Incident> incident;
        /// Kept apart from the index when that holds something else: a repeat's, or that of an
        /// incident with repeats.
        std::optional<Evidence> own;
    };

    void note_changes();
    void refresh(const std::string& incident_id, Timestamp now);
    void drop(const std::string& incident_id);
    void put(const std::string& incident_id, Entry& entry, Evidence own);
    void merge_repeats(const std::string& incident_id);
    void unlink(const std::string& repeat_id, const std::string& primary_id);
    Evidence read(const domain::Incident& incident, const Entry* before);
    void let_closed_go(Timestamp now);

    const store::Mirror& mirror_;
    Knowledge knowledge_;
    CandidateIndex index_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::map<std::string, std::set<std::string>, std::less<>> repeats_;  // by what they repeat
    std::map<std::string, std::string, std::less<>> alarm_entries_;      // by site
    std::map<std::string, Expected, std::less<>> expected_;
    std::set<std::string> pending_;                        // changed, not read yet
    std::set<std::pair<Timestamp, std::string>> leaving_;  // closed, by when
    std::optional<store::Revision> shown_;
};

/// Repeats that lend their evidence to the incident they are linked to.
inline constexpr std::size_t kMergedRepeats_max = 32;

}  // namespace liandong::intake
