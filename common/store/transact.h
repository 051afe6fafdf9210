#pragma once

#include "common/domain/event.h"
#include "common/domain/mutation.h"
#include "common/domain/outcome.h"
#include "common/store/scope_context.h"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace liandong::store {

/// What a decision relies on. Whatever `get` returns is part of the commit's expectations: read
/// only what the rule needs. Absent entities count too (expected absent).
class View {
public:
    virtual ~View() = default;

    /// nullptr: there is none. Valid as long as the view.
    template <class T> const T* get(std::string_view id) {
        const Seen& seen = look(domain::key_of<T>(id));
        return seen.entity ? &std::get<T>(*seen.entity) : nullptr;
    }

    struct Seen {
        std::uint64_t version = 0;
        std::uint32_t schema = 0;
        std::shared_ptr<const domain::Entity> entity;
    };
    /// Everything that was asked for.
    const std::map<Key, Seen>& seen() const { return seen_; }

protected:
    virtual const Seen& look(Key key) = 0;
    std::map<Key, Seen> seen_;
};

/// A readable number for `writes[write]`.
struct SerialWanted {
    std::string counter;
    std::size_t write = 0;
    std::uint8_t write_tag = 0;
    std::uint8_t outcome_tag = 0;
};

/// What a rule decided. Every entity written must have been looked at through the view.
struct Decision {
    std::vector<domain::Entity> writes;
    std::vector<SerialWanted> serials;
    std::string event_kind;  ///< lower_snake
    Timestamp occurred_at;   ///< unset: now
    std::string reason;
    domain::Outcome outcome;
    bool already_done = false;  ///< nothing to commit: what the request wanted is there (a resend
                                ///< after its record expired)
};

/// Must be pure: it may run several times.
using Decide = std::function<Result<Decision>(View&)>;

struct Settled {
    domain::Outcome outcome;
    Revision revision;
};

/// Above the 64 open orders of one incident: all crews may press a button in the same instant, each
/// writes the same incident, one succeeds a round, and a fact from the field is never refused (D3).
inline constexpr int kTransactAttempts_max = 72;

/// Rounds of reading in one attempt: a decision that finds another key to look at after each must
/// come to its end within them, else INTERNAL / DECISION_NEVER_SETTLES.
inline constexpr int kReadRounds_max = 8;

/// Read → decide → commit, the only way anything is changed.
/// The first attempt reads the mirror, without a round trip. After a conflict, and before any
/// refusal is answered, keys and request record are read once from the store and decided again: no
/// commit verifies a "no", so a mirror may never say it. Successes are remembered by request id,
/// refusals are not. Errors: whatever `decide` refuses; ALREADY_EXISTS / REQUEST_ID_REUSED;
/// FAILED_PRECONDITION / SCHEMA_NEWER; ABORTED / TOO_MUCH_CONTENTION after kTransactAttempts_max
/// attempts; UNAVAILABLE / OUTCOME_UNKNOWN (send the same request id again); CANCELLED /
/// CALL_CANCELLED and DEADLINE_EXCEEDED / DEADLINE_EXPIRED before anything was sent; those of
/// `Store`.
Task<Result<Settled>> transact(ScopeContext& context, Mutation mutation, Decide decide);

}  // namespace liandong::store
