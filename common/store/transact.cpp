#include "common/store/transact.h"

#include "common/base/check.h"
#include "common/domain/incident.h"
#include "common/store/codec.h"

#include <algorithm>
#include <optional>

namespace liandong::store {
namespace {

using domain::Entity;
using domain::Outcome;

static_assert(kTransactAttempts_max > domain::kIncidentOrders_max);

class MirrorView final : public View {
public:
    explicit MirrorView(const Mirror& mirror) : mirror_(mirror) {}

private:
    const Seen& look(Key key) override {
        const auto [slot, is_new] = seen_.try_emplace(key);
        if (is_new) slot->second = copy_of(key, static_cast<Entity*>(nullptr));
        return slot->second;
    }

    template <class... Ts> Seen copy_of(const Key& key, std::variant<Ts...>*) const {
        Seen seen;
        (
            [&] {
                if (domain::kKindOf<Ts> != key.kind) return;
                if (const Versioned<Ts>* held = mirror_.find<Ts>(key.id)) {
                    seen = Seen{held->version, held->schema,
                                std::make_shared<const Entity>(*held->value)};
                }
            }(),
            ...);
        return seen;
    }

    const Mirror& mirror_;
};

class StoreView final : public View {
public:
    /// Adds one value as read. INTERNAL / STORE_CORRUPT.
    Status add(const Key& key, const StoredValue& value) {
        Seen& seen = read_[key];
        if (value.version == 0) return {};
        auto decoded = decode(key.kind, value.bytes);
        if (!decoded) return fail(std::move(decoded.error()));
        seen = Seen{value.version, decoded->schema,
                    std::make_shared<const Entity>(std::move(decoded->entity))};
        return {};
    }

    /// Asked for and not read: the decision was made without them and does not count.
    const std::vector<Key>& missing() const { return missing_; }

private:
    const Seen& look(Key key) override {
        const auto found = read_.find(key);
        if (found == read_.end()) missing_.push_back(key);
        Seen& slot = seen_[std::move(key)];
        if (found != read_.end()) slot = found->second;
        return slot;
    }

    std::map<Key, Seen> read_;
    std::vector<Key> missing_;
};

void add_index_changes(const Entity* before, const Entity& after,
                       std::vector<IndexChange>& changes) {
    auto was = before ? domain::index_entries(*before) : std::vector<IndexEntry>{};
    auto is = domain::index_entries(after);
    std::ranges::sort(was);
    std::ranges::sort(is);
    std::vector<IndexEntry> removed, added;
    std::ranges::set_difference(was, is, std::back_inserter(removed));
    std::ranges::set_difference(is, was, std::back_inserter(added));
    for (IndexEntry& entry : removed) changes.push_back({std::move(entry), false});
    for (IndexEntry& entry : added) changes.push_back({std::move(entry), true});
}

Result<Batch> make_batch(const Decision& decision, const View& view, const Mutation& mutation,
                         Timestamp now) {
    Batch batch;
    for (const auto& [key, seen] : view.seen()) batch.expectations.push_back({key, seen.version});
    for (const Entity& entity : decision.writes) {
        Key key = domain::key_of(entity);
        const auto seen = view.seen().find(key);
        LIANDONG_CHECK(seen != view.seen().end());
        if (seen->second.schema > kSchema) {
            return fail(Error{
                Code::kFailedPrecondition,
                "SCHEMA_NEWER",
                "a newer release wrote this; upgrade this process before it changes it",
                {}}.with("id", key.id));
        }
        add_index_changes(seen->second.entity.get(), entity, batch.index_changes);
        batch.writes.push_back({std::move(key), encode(entity)});
    }
    for (const SerialWanted& wanted : decision.serials) {
        batch.serials.push_back(
            {wanted.counter, wanted.write, wanted.write_tag, wanted.outcome_tag});
    }
    batch.request = RequestRecord{mutation.agency + "/" + mutation.request_id, mutation.fingerprint,
                                  encode(decision.outcome)};
    domain::EventHeader header;
    header.kind = decision.event_kind;
    header.actor = mutation.actor;
    header.agency = mutation.agency;
    header.on_behalf_of = mutation.on_behalf_of;
    header.occurred_at = is_set(decision.occurred_at) ? decision.occurred_at : now;
    header.recorded_at = now;
    header.request_id = mutation.request_id;
    header.reason = decision.reason;
    batch.event_header = encode(header);
    return batch;
}

/// What the commit appended (see `Serial`) to the answer and to what was written. False: a serial
/// went to a write alone, so that only the store knows it.
bool take_serials(Decision& decision, const Outcome& appended) {
    bool all_known = true;
    for (const SerialWanted& wanted : decision.serials) {
        all_known = all_known && wanted.outcome_tag != 0;
        const bool is_report = wanted.outcome_tag == kOutcomeReportSerialTag;
        const std::int64_t serial = is_report ? appended.report_serial : appended.incident_serial;
        (is_report ? decision.outcome.report_serial : decision.outcome.incident_serial) = serial;
        std::visit(
            [serial]<class T>(T& entity) {
                if constexpr (requires { entity.serial; }) entity.serial = serial;
            },
            decision.writes[wanted.write]);
    }
    return all_known;
}

std::unexpected<Error> reused() {
    return fail(Code::kAlreadyExists, "REQUEST_ID_REUSED",
                "this request id was used for another request; make a new one for each request");
}

/// One call of `transact`.
class Transaction {
public:
    Transaction(ScopeContext& context, Mutation mutation, Decide decide)
        : context_(context), mutation_(std::move(mutation)), decide_(std::move(decide)) {}

    Task<Result<Settled>> run() {
        if (context_.mirror.is_ready()) {
            MirrorView view(context_.mirror);
            Result<Decision> decision = decide_(view);
            if (decision && !decision->already_done) {
                auto settled = co_await commit(view, std::move(*decision));
                if (settled) co_return std::move(*settled);
            }
            remember_keys(view);
        }
        for (int attempt = 1; attempt < kTransactAttempts_max; ++attempt) {
            auto settled = co_await attempt_from_store();
            if (settled) co_return std::move(*settled);
        }
        co_return fail(Code::kAborted, "TOO_MUCH_CONTENTION",
                       "others keep changing the same things; send the request again");
    }

private:
    /// nullopt: conflict, try again.
    using Attempt = std::optional<Result<Settled>>;

    void remember_keys(const View& view) {
        for (const auto& [key, seen] : view.seen()) keys_.insert(key);
    }

    Status may_go_on() const {
        if (mutation_.cancellation.is_cancelled()) {
            return fail(Code::kCancelled, "CALL_CANCELLED",
                        "the caller gave up before anything was changed");
        }
        if (context_.timers.now() >= mutation_.deadline) {
            return fail(Code::kDeadlineExceeded, "DEADLINE_EXPIRED",
                        "no time was left to commit; nothing was changed");
        }
        return {};
    }

    Result<Settled> settle(const std::string& response, std::uint64_t seq) const {
        auto outcome = decode_outcome(response);
        if (!outcome) return fail(std::move(outcome.error()));
        return Settled{std::move(*outcome), {context_.mirror.revision().epoch, seq}};
    }

    /// What was committed now is known here but for its serials: nothing is decoded again, neither
    /// for the answer nor for the mirror.
    Result<Settled> settle_own(const Committed& committed, std::size_t response_bytes,
                               Timestamp recorded_at, std::uint64_t filling, Decision decision) {
        LIANDONG_CHECK(committed.response.size() >= response_bytes);
        const auto appended =
            decode_outcome(std::string_view(committed.response).substr(response_bytes));
        if (!appended) return fail(appended.error());
        const bool all_known = take_serials(decision, *appended);
        Mirror& mirror = context_.mirror;
        if (all_known && mirror.filling() == filling)
            mirror.apply_own(committed.seq, recorded_at, std::move(decision.writes));
        return Settled{std::move(decision.outcome), {mirror.revision().epoch, committed.seq}};
    }

    /// The revision that made what the decision saw: the mirror may not have come that far.
    Revision seen_at(const View& view) const {
        std::uint64_t seq = 0;
        for (const auto& [key, seen] : view.seen()) seq = std::max(seq, seen.version);
        return {context_.mirror.revision().epoch, seq};
    }

    Task<Attempt> commit(const View& view, Decision decision) {
        if (auto status = may_go_on(); !status) co_return Attempt(fail(std::move(status.error())));
        const Timestamp now = context_.clock.now();
        const std::uint64_t filling = context_.mirror.filling();
        auto batch = make_batch(decision, view, mutation_, now);
        if (!batch) co_return Attempt(fail(std::move(batch.error())));
        const std::size_t response_bytes = batch->request->response.size();
        auto outcome = co_await context_.store.commit(std::move(*batch), mutation_.deadline);
        if (!outcome) co_return Attempt(fail(std::move(outcome.error())));
        if (const auto* committed = std::get_if<Committed>(&*outcome)) {
            co_return settle_own(*committed, response_bytes, now, filling, std::move(decision));
        }
        if (const auto* seen = std::get_if<Seen>(&*outcome))
            co_return settle(seen->response, seen->seq);
        if (std::holds_alternative<Reused>(*outcome)) co_return Attempt(reused());
        if (std::holds_alternative<Unknown>(*outcome)) {
            co_return Attempt(fail(Code::kUnavailable, "OUTCOME_UNKNOWN",
                                   "the store's answer was lost: send the same request id again"));
        }
        co_return std::nullopt;
    }

    Task<Attempt> attempt_from_store() {
        for (int round = 0; round < kReadRounds_max; ++round) {
            if (auto status = may_go_on(); !status)
                co_return Attempt(fail(std::move(status.error())));
            const std::vector<Key> keys(keys_.begin(), keys_.end());
            const auto read = co_await context_.store.read(
                keys,
                RequestQuery{mutation_.agency + "/" + mutation_.request_id, mutation_.fingerprint},
                mutation_.deadline);
            if (!read) co_return Attempt(fail(read.error()));
            if (const auto* seen = std::get_if<Seen>(&read->request))
                co_return settle(seen->response, seen->seq);
            if (std::holds_alternative<Reused>(read->request)) co_return Attempt(reused());

            StoreView view;
            for (std::size_t i = 0; i < keys.size(); ++i) {
                if (auto status = view.add(keys[i], read->values[i]); !status) {
                    co_return Attempt(fail(std::move(status.error())));
                }
            }
            Result<Decision> decision = decide_(view);
            if (!view.missing().empty()) {
                keys_.insert(view.missing().begin(), view.missing().end());
                continue;
            }
            if (!decision) co_return Attempt(fail(decision.error()));
            if (decision->already_done) {
                co_return Attempt(Settled{decision->outcome, seen_at(view)});
            }
            co_return co_await commit(view, std::move(*decision));
        }
        co_return Attempt(
            fail(Code::kInternal, "DECISION_NEVER_SETTLES", "a rule kept asking for more keys"));
    }

    ScopeContext& context_;
    Mutation mutation_;
    Decide decide_;
    std::set<Key> keys_;
};

}  // namespace

Task<Result<Settled>> transact(ScopeContext& context, Mutation mutation, Decide decide) {
    Transaction transaction(context, std::move(mutation), std::move(decide));
    co_return co_await transaction.run();
}

}  // namespace liandong::store
