#include "simulator/check/mutant.h"

#include "common/store/codec.h"

#include <map>
#include <utility>

namespace liandong::simulator {
namespace {

using namespace store;

class MistakenStore final : public Store {
public:
    MistakenStore(Store& inner, Mistake& mistake) : inner_(inner), mistake_(mistake) {}

    Task<Result<ReadOutcome>> read(std::vector<Key> keys, std::optional<RequestQuery> request,
                                   MonotonicTime deadline) override {
        auto outcome = co_await inner_.read(keys, std::move(request), deadline);
        if (!outcome) co_return outcome;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            auto& old = seen_[keys[i]];
            const bool stale = mistake_.strikes(Mutant::kStaleRead);
            auto newest = stale ? old : outcome->values[i];
            old = std::exchange(outcome->values[i], std::move(newest));
        }
        co_return outcome;
    }

    Task<Result<CommitOutcome>> commit(Batch batch, MonotonicTime deadline) override {
        spoil(batch);
        if (mistake_.strikes(Mutant::kAnswerBeforeCommit)) co_return invented(batch);
        const Batch copy = batch;
        if (mistake_.strikes(Mutant::kForgetRequestId)) forget_request(batch);
        auto outcome = co_await inner_.commit(std::move(batch), deadline);
        if (!outcome) co_return outcome;
        if (std::holds_alternative<Conflict>(*outcome) && mistake_.strikes(Mutant::kConflictAsDone))
            co_return invented(copy);
        if (std::holds_alternative<Unknown>(*outcome) && mistake_.is(Mutant::kLostReplyAsDone))
            co_return invented(copy);
        if (auto* done = std::get_if<Committed>(&*outcome)) {
            last_seq_ = done->seq;
            // Who forgets the request still answers it.
            if (copy.request && done->response.empty()) done->response = copy.request->response;
            if (mistake_.strikes(Mutant::kWrongRevision)) --done->seq;
            if (mistake_.strikes(Mutant::kCommitTwice)) {
                Batch again = copy;
                again.expectations.clear();
                again.request.reset();
                const auto ignored = co_await inner_.commit(std::move(again), deadline);
            }
            if (mistake_.is(Mutant::kPublishTwice) && kind_of(copy) == "bulletin_published")
                co_await publish_again(copy, deadline);
            last_response_[kind_of(copy)] = done->response;
        }
        if (auto* seen = std::get_if<Seen>(&*outcome);
            seen && mistake_.is(Mutant::kOtherAnswerWhenSeen)) {
            const auto last = last_response_.find(kind_of(copy));
            if (last != last_response_.end()) seen->response = last->second;
        }
        co_return outcome;
    }

    Task<Result<std::vector<std::string>>> list(std::string index, std::string after,
                                                std::size_t count,
                                                MonotonicTime deadline) override {
        return inner_.list(std::move(index), std::move(after), count, deadline);
    }

    Task<Result<std::vector<LogEntry>>> tail(std::uint64_t after, std::size_t count,
                                             Duration wait) override {
        auto entries = co_await inner_.tail(after, count, wait);
        if (!entries) co_return entries;
        for (LogEntry& entry : *entries) {
            if (!entry.writes.empty() && mistake_.strikes(Mutant::kTailDropsWrite))
                entry.writes.pop_back();
            if (mistake_.strikes(Mutant::kTailStopsShort)) entry.writes.clear();
        }
        if (entries->size() >= 2 && mistake_.strikes(Mutant::kTailSwapsEvents))
            std::swap(entries->front().writes, entries->back().writes);
        co_return entries;
    }

    Task<Result<std::uint64_t>> last_seq(MonotonicTime deadline) override {
        return inner_.last_seq(deadline);
    }

private:
    void spoil(Batch& batch) {
        if (mistake_.strikes(Mutant::kSkipVersionCheck)) {
            std::erase_if(batch.expectations,
                          [](const Expectation& expected) { return expected.version != 0; });
        }
        if (mistake_.is(Mutant::kTwoExclusiveOrders)) {
            std::erase_if(batch.expectations, [](const Expectation& expected) {
                return expected.key.kind == domain::Kind::kUnit;
            });
        }
        if (mistake_.strikes(Mutant::kOtherActor)) {
            if (auto header = decode_event_header(batch.event_header)) {
                header->actor = "somebody-else";
                batch.event_header = encode(*header);
            }
        }
        for (Write& write : batch.writes) {
            if (write.key.kind == domain::Kind::kBulletin) spoil_bulletin(write);
        }
        if (batch.request && mistake_.is(Mutant::kIgnoreFingerprint))
            batch.request->fingerprint = std::string(64, '0');
        if (batch.writes.size() >= 2 && batch.serials.empty() &&
            mistake_.strikes(Mutant::kDropWrite))
            batch.writes.pop_back();
        if (!batch.index_changes.empty() && mistake_.strikes(Mutant::kDropIndexChange))
            batch.index_changes.pop_back();
        if (mistake_.strikes(Mutant::kDropSerial)) batch.serials.clear();
    }

    /// As if by another request, which found it unpublished.
    Task<void> publish_again(Batch batch, MonotonicTime deadline) {
        auto header = decode_event_header(batch.event_header);
        if (!header) co_return;
        header->request_id += "-again";
        batch.event_header = encode(*header);
        batch.expectations.clear();
        batch.request.reset();
        const auto ignored = co_await inner_.commit(std::move(batch), deadline);
    }

    void spoil_bulletin(Write& write) {
        auto decoded = decode(write.key.kind, write.bytes);
        if (!decoded) return;
        auto& bulletin = std::get<domain::Bulletin>(decoded->entity);
        switch (bulletin.state) {
        case domain::BulletinState::kDraft:
            if (mistake_.strikes(Mutant::kDropExerciseMark)) bulletin.exercise = false;
            break;
        case domain::BulletinState::kApproved:
            if (mistake_.strikes(Mutant::kApproveOwnBulletin)) bulletin.approver = bulletin.author;
            break;
        case domain::BulletinState::kPublished:
            if (mistake_.strikes(Mutant::kPublishOtherWords)) bulletin.texts[0].body += "!";
            break;
        }
        write.bytes = encode(decoded->entity);
    }

    static void forget_request(Batch& batch) {
        batch.request.reset();
        std::erase_if(batch.expectations,
                      [](const Expectation& expected) { return expected.version == 0; });
    }

    static std::string kind_of(const Batch& batch) {
        const auto header = decode_event_header(batch.event_header);
        return header ? header->kind : std::string();
    }

    CommitOutcome invented(const Batch& batch) const {
        return Committed{last_seq_ + 1, batch.request ? batch.request->response : std::string()};
    }

    Store& inner_;
    Mistake& mistake_;
    std::map<Key, StoredValue> seen_;
    std::uint64_t last_seq_ = 0;
    std::map<std::string, std::string> last_response_;  ///< by kind of event
};

}  // namespace

std::optional<Mutant> mutant_of(std::string_view name) {
    for (std::size_t i = 0; i < kMutants; ++i) {
        if (kMutantNames[i] == name) return static_cast<Mutant>(i);
    }
    return std::nullopt;
}

std::unique_ptr<store::Store> mistaken_store(store::Store& inner, Mistake& mistake) {
    return std::make_unique<MistakenStore>(inner, mistake);
}

}  // namespace liandong::simulator
