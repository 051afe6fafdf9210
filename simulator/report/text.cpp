#include "simulator/report/replay_report.h"
#include "simulator/report/verdict.h"
#include "simulator/report/world_quantile.h"

#include <fmt/format.h>

namespace liandong::simulator {
namespace {

/// "812 µs", "12.3 ms", "2.04 s".
std::string wall(Duration value) {
    const auto micros = static_cast<double>(value.count());
    if (micros < 1'000) return fmt::format("{} µs", value.count());
    if (micros < 1e6) return fmt::format("{:.3g} ms", micros / 1e3);
    return fmt::format("{:.3g} s", micros / 1e6);
}

std::string wall(const std::optional<Duration>& value) { return value ? wall(*value) : "–"; }

std::string world(const std::optional<Duration>& value) {
    return value ? fmt::format("{:.0f} s", static_cast<double>(value->count()) / 1e6) : "–";
}

/// fmt pads by code points here, since all our text is one column wide a code point.
std::string stage_line(std::string_view name, const Histogram& times, std::string_view meaning) {
    return fmt::format("  {:<20} {:>7} {:>9} {:>9} {:>9} {:>9} {:>9}  {}\n", name, times.count(),
                       wall(times.sound_quantile(0.5)), wall(times.sound_quantile(0.9)),
                       wall(times.sound_quantile(0.99)), wall(times.sound_quantile(0.999)),
                       times.count() == 0 ? "–" : wall(times.max()), meaning);
}

std::string stage_table(const Record& record) {
    std::string text =
        fmt::format("latency, wall time\n  {:<20} {:>7} {:>9} {:>9} {:>9} {:>9} {:>9}\n", "stage",
                    "count", "p50", "p90", "p99", "p99.9", "max");
    for (std::size_t i = 0; i < kStages; ++i) {
        text += stage_line(kStageTexts[i].name, record.stage(static_cast<Stage>(i)),
                           kStageTexts[i].meaning);
    }
    return text;
}

std::string counter_table(const Record& record) {
    std::string text = "counts\n";
    for (std::size_t i = 0; i < kCounterNames.size(); ++i) {
        const std::uint64_t count = record.counter(static_cast<Counter>(i));
        text += fmt::format("  {:<22} {:>8}{}", kCounterNames[i], count, i % 2 == 0 ? "   " : "\n");
    }
    return text + (kCounterNames.size() % 2 == 0 ? "" : "\n");
}

std::string bucket_line(std::string_view name, const std::vector<ReactionBucket>& buckets) {
    std::uint64_t total = 0;
    for (const ReactionBucket& bucket : buckets) total += bucket.count;
    std::string text = fmt::format("  {}", name);
    for (const ReactionBucket& bucket : buckets) {
        const double share =
            total == 0 ? 0 : 100.0 * static_cast<double>(bucket.count) / static_cast<double>(total);
        text += fmt::format("  {}: {} ({:.1f} %)", bucket.label, bucket.count, share);
    }
    return text + "\n";
}

std::string crew_table(const Record& record, const ReplayFacts& facts) {
    const bool comparable = facts.speed <= kComparableSpeed_max;
    std::string text =
        fmt::format("crews, world time{}\n",
                    comparable ? "" : " (the platform's own latency times the speed is in it)");
    for (std::size_t i = 0; i < kWorldSpans; ++i) {
        const auto span = static_cast<WorldSpan>(i);
        const auto& replayed = record.world(span);
        text +=
            fmt::format("  {:<20} {:>7}  p50 {:>8}  p90 {:>8}", kWorldSpanNames[i], replayed.size(),
                        world(sound_quantile(replayed, 0.5)), world(sound_quantile(replayed, 0.9)));
        const auto& recorded = record.source(span);
        if (comparable && !recorded.empty()) {
            text += fmt::format("   recorded {:>7}  p50 {:>8}  p90 {:>8}", recorded.size(),
                                world(sound_quantile(recorded, 0.5)),
                                world(sound_quantile(recorded, 0.9)));
        }
        text += "\n";
    }
    text += bucket_line("签收 sign-for ", sign_buckets(record.world(WorldSpan::kSentToSigned)));
    return text + bucket_line("出警 departure",
                              departure_buckets(record.world(WorldSpan::kSentToDeparted)));
}

std::string resend_table(const Record& record) {
    if (record.resends().empty()) return {};
    std::string text = "calls sent again with the same request id\n";
    for (const auto& [call, count] : record.resends()) {
        text += fmt::format("  {:>6}  {}\n", count, call);
    }
    return text;
}

std::string lost_table(const Record& record) {
    if (record.lost_by_reason().empty()) return {};
    std::string text = "units named in a dispatch and not free\n";
    for (const auto& [reason, count] : record.lost_by_reason())
        text += fmt::format("  {:>6}  {}\n", count, reason);
    constexpr std::size_t kShown = 12;
    for (std::size_t i = 0; i < record.lost_units().size() && i < kShown; ++i) {
        text += "          " + record.lost_units()[i] + "\n";
    }
    if (record.lost_units().size() > kShown) text += "          … more in report.json\n";
    return text;
}

std::string verdict(const Record& record) {
    std::string text;
    for (const std::string& warning : warnings_of(record)) text += "warning: " + warning + "\n";
    const auto failures = failures_of(record);
    for (const std::string& failure : failures) text += "FAILED: " + failure + "\n";
    if (!failures.empty()) return text;
    return text +
           fmt::format("ok: all {} acknowledged reports and {} acknowledged orders are there\n",
                       record.counter(Counter::kVerifiedReports),
                       record.counter(Counter::kVerifiedOrders));
}

}  // namespace

std::string to_text(const Record& record, const ReplayFacts& facts) {
    std::string text =
        fmt::format("{} into {} at ×{:g}, units {}, seed {}: {} wall\n", facts.scenario,
                    facts.scope, facts.speed, facts.assign, facts.seed, wall(facts.wall));
    for (const auto& [name, value] : facts.environment)
        text += fmt::format("  {}: {}\n", name, value);
    return text + stage_table(record) + counter_table(record) + crew_table(record, facts) +
           resend_table(record) + lost_table(record) + verdict(record);
}

}  // namespace liandong::simulator
