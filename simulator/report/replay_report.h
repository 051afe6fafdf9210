#pragma once

#include "simulator/report/record.h"

#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// What a replay was, beside what it measured.
struct ReplayFacts {
    std::string scenario;
    std::string scope;
    double speed = 1;
    std::string assign;  ///< "recommended", "recorded"
    std::uint64_t seed = 0;
    Duration wall{};  ///< first intended time → end of the last incident
    std::vector<std::pair<std::string, std::string>> environment;
};

/// Speed up to which crews' recorded times are shown beside replayed ones: above it the software's
/// own latency, times the speed, is no longer small against them.
inline constexpr double kComparableSpeed_max = 60;

/// The report as people read it: latencies by stage (a percentile with fewer than 10 samples beyond
/// it reads "–"), counts, reaction of crews in world time with the Chinese buckets, refusals,
/// warnings, failures.
std::string to_text(const Record& record, const ReplayFacts& facts);

/// The report for programs: {"schema":"liandong-replay-report","version":1, …}, with all histogram
/// buckets so that runs can be merged. Durations are integer microseconds; wall times are never
/// divided by the speed.
std::string to_json(const Record& record, const ReplayFacts& facts);

/// One bucket of the reaction tables of Chinese command centres: [from, to) in world time.
struct ReactionBucket {
    std::string label;
    std::uint64_t count = 0;
};
/// 指令签收速度: 0–30 s, 30–60, 60–120, 120–180, more.
std::vector<ReactionBucket> sign_buckets(const std::vector<Duration>& world);
/// 指令出警速度: 0–5 min, 5–10, 10–15, 15–30, more.
std::vector<ReactionBucket> departure_buckets(const std::vector<Duration>& world);

}  // namespace liandong::simulator
