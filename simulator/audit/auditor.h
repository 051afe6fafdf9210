#pragma once

#include "common/base/error.h"
#include "simulator/audit/fix_book.h"
#include "simulator/audit/log_replay.h"
#include "simulator/audit/watch_history.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// A list or a look-up of bulletins, as it was answered.
struct Listed {
    store::Revision revision;
    std::vector<std::pair<std::string, std::uint64_t>> things;  ///< id and version, in order
    bool published_only = false;
    bool is_whole = false;  ///< all there are, not one page or one thing of them
};

/// What a call answered: bytes without the server's time and epoch, so that equal answers are
/// equal.
struct Answered {
    std::string bytes;
    std::uint64_t seq = 0;  ///< of the answer's revision
    std::optional<Listed> listed = {};
    std::string gone_back = {};  ///< `FixBook::gone_back` of what it says about positions

    friend bool operator==(const Answered& a, const Answered& b) {
        return a.bytes == b.bytes && a.seq == b.seq;
    }
};
using Answer = Result<Answered>;

/// What was asked, as much of it as the auditor needs.
struct Asked {
    std::string what;             ///< the RPC
    std::string who;              ///< the caller's subject
    std::string request;          ///< "<agency>/<request id>"; empty: it reads
    std::string names;            ///< the order, incident or unit that it is about; may be empty
    bool is_fact = false;         ///< of an order that exists: it may not be refused (D3)
    bool is_alone = true;         ///< nobody else sends the same request at the same time or later
    bool may_do_nothing = false;  ///< what it wants may be so already: then it writes nothing
    bool is_altered = false;      ///< other content under a used request id
    std::string words;            ///< `words_of` the bulletin that the caller has read and approves
};

/// The judge of a check: knows only what was asked, what was answered, what watchers were told and
/// the event log, and none of the services' code. It holds the invariants of the architecture: an
/// acknowledged request is in the log exactly once, at the revision that was answered, with one
/// answer; what is in the log was not refused; facts and reports are not refused; nothing that
/// exists is unknown; a bulletin is approved by somebody else than its author, in the words that
/// this one read; the log says who did it; the log is whole and rebuilds the state; every watcher's
/// view is that of its revision. A failover to a replica that lags loses what it loses: what was
/// acknowledged of that is let go.
class Auditor {
public:
    /// Reads the log as far as it has come.
    void catch_up(const store::MemoryState& state);
    /// The log ends at `replica`'s end from now on. What comes behind it is of another epoch, which
    /// an event will give a number that no other log has.
    void failed_over(const store::MemoryState& replica);
    /// Values and indexes are those that the log says.
    void compare(const store::MemoryState& state);

    /// A call was answered for good. `begun_seq`: the log's end when it was first sent. Catch up
    /// before.
    void answered(const Asked& asked, std::uint64_t begun_seq, const Answer& answer);

    /// What processes have acknowledged of where units are.
    FixBook& fixes() { return fixes_; }
    const FixBook& fixes() const { return fixes_; }
    /// The log of the epoch with this number; nullptr: none was given it.
    const WatchHistory* history(std::uint64_t epoch) const;
    const LogReplay& log() const { return *log_; }
    /// Whether `now` is of an earlier log than `before`, or of the same one at a lower number. By
    /// logs and not by numbers: where a clock is wrong a later log may have a lower epoch.
    bool goes_back(store::Revision before, store::Revision now) const;
    /// The number that the log last gave its epoch.
    std::uint64_t epoch() const { return epoch_; }
    /// Logs so far: one, and one more for each failover.
    std::size_t branches() const { return histories_.size(); }

    /// Something that another judge found.
    void fault(std::string sentence);
    /// Sentences; empty when all is well. At most 20 are kept.
    const std::vector<std::string>& faults() const { return faults_; }

private:
    static constexpr std::size_t kFaults_max = 20;

    void note_epoch(const store::LogEntry& entry);
    void acknowledged(const Asked& asked, const Answered& answer);
    void listed(const Listed& listed);
    void refused(const Asked& asked, std::uint64_t begun_seq, const Error& error);

    std::unique_ptr<LogReplay> log_ = std::make_unique<LogReplay>();
    std::vector<std::unique_ptr<WatchHistory>> histories_ = first();  ///< by branch
    std::map<std::uint64_t, std::size_t> branch_of_ = {{1, 0}};       ///< epoch → branch
    std::uint64_t epoch_ = 1;      ///< before the first event that gives one
    std::uint64_t inherited_ = 0;  ///< events of the branch that were another's before
    struct Acknowledged {
        Answered answer;
        std::uint64_t known_at = 0;  ///< the log's end when it came
    };
    std::map<std::string, Acknowledged> answers_;  ///< by request
    std::size_t log_faults_ = 0;                   ///< of `log_`, taken over already
    FixBook fixes_;
    std::vector<std::string> faults_;

    static std::vector<std::unique_ptr<WatchHistory>> first();
};

}  // namespace liandong::simulator
