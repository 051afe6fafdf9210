#include "common/async/signal.h"
#include "services/intake/service/intake_service.h"

namespace liandong::intake {

using namespace domain;

namespace {

/// Between two looks at what changed while nobody asks.
constexpr std::chrono::milliseconds kBoardPause{20};

}  // namespace

std::vector<Suggestion> IntakeService::suggest_for(const Incident& incident, std::size_t most) {
    if (!knowledge_.reads_words()) return {};
    board_.catch_up(kReadAtOnce, context_.clock.now());
    if (const Evidence* known = board_.evidence_of(incident.id))
        return board_.suggest(Evidence(*known), incident.id, most);
    return board_.suggest(evidence_of_incident(incident, knowledge_), incident.id, most);
}

std::vector<Suggestion> IntakeService::suggest_for(const Call& call, std::size_t most) {
    if (!knowledge_.reads_words()) return {};
    board_.catch_up(kReadAtOnce, context_.clock.now());
    return board_.suggest(evidence_of_call(call, knowledge_), "", most);
}

Task<void> IntakeService::keep_board() {
    // Never unsubscribed: it is destroyed with the process, maybe after the mirror.
    store::Mirror::Subscription subscription(board_news_);
    context_.mirror.subscribe(subscription);
    for (;;) {
        while (!board_.catch_up(kReadAtOnce, context_.clock.now())) {
            // Everybody else first: a filled mirror is thousands of incidents to read.
            co_await sleep_for(context_.timers, std::chrono::milliseconds{1});
        }
        co_await board_news_.wait();
        co_await sleep_for(context_.timers, kBoardPause);
    }
}

}  // namespace liandong::intake
