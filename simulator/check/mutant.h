#pragma once

#include "common/base/random.h"
#include "common/store/store.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace liandong::simulator {

/// A deliberate mistake of one part of the platform, made at its port, where the rest cannot tell
/// it from the part itself. A check that does not find it is worth nothing.
enum class Mutant : std::uint8_t {
    kNone,
    // The commit path.
    kSkipVersionCheck,
    kForgetRequestId,
    kAnswerBeforeCommit,
    kCommitTwice,
    kDropWrite,
    kDropIndexChange,
    kDropSerial,
    kIgnoreFingerprint,
    kConflictAsDone,
    kWrongRevision,
    kOtherAnswerWhenSeen,
    kLostReplyAsDone,
    kOtherActor,
    kApproveOwnBulletin,
    kPublishOtherWords,
    kPublishTwice,
    kDropExerciseMark,
    // Reads and the tail.
    kStaleRead,
    kTailDropsWrite,
    kTailSwapsEvents,
    kTailStopsShort,
    // What watchers are told.
    kWatchDropsMessage,
    kWatchRepeatsMessage,
    kWatchDropsRemovals,
    kWatchForgetsResume,
    // Handlers.
    kRefuseFact,
    kRefuseReport,
    kTwoExclusiveOrders,
    kFixLost,
    kFixGoesBack,
};
inline constexpr std::size_t kMutants = 31;
inline constexpr std::array<std::string_view, kMutants> kMutantNames = {"none",
                                                                        "skip-version-check",
                                                                        "forget-request-id",
                                                                        "answer-before-commit",
                                                                        "commit-twice",
                                                                        "drop-write",
                                                                        "drop-index-change",
                                                                        "drop-serial",
                                                                        "ignore-fingerprint",
                                                                        "conflict-as-done",
                                                                        "wrong-revision",
                                                                        "other-answer-when-seen",
                                                                        "lost-reply-as-done",
                                                                        "other-actor",
                                                                        "approve-own-bulletin",
                                                                        "publish-other-words",
                                                                        "publish-twice",
                                                                        "drop-exercise-mark",
                                                                        "stale-read",
                                                                        "tail-drops-write",
                                                                        "tail-swaps-events",
                                                                        "tail-stops-short",
                                                                        "watch-drops-message",
                                                                        "watch-repeats-message",
                                                                        "watch-drops-removals",
                                                                        "watch-forgets-resume",
                                                                        "refuse-fact",
                                                                        "refuse-report",
                                                                        "two-exclusive-orders",
                                                                        "fix-lost",
                                                                        "fix-goes-back"};

/// By its name of kMutantNames; nullopt: there is none such.
std::optional<Mutant> mutant_of(std::string_view name);

/// Decides when the mistake is made: now and then, or it would be found at once.
class Mistake {
public:
    Mistake(Mutant mutant, SeededRandom random) : mutant_(mutant), random_(random) {}
    /// Whether this mutant strikes now.
    bool strikes(Mutant mutant) { return mutant == mutant_ && random_.below(8) == 0; }
    bool is(Mutant mutant) const { return mutant == mutant_; }

private:
    Mutant mutant_;
    SeededRandom random_;
};

/// The store with the mistakes that a store can make. Both must outlive it.
std::unique_ptr<store::Store> mistaken_store(store::Store& inner, Mistake& mistake);

}  // namespace liandong::simulator
