#include "cli/times.h"

#include <fmt/format.h>

#include <charconv>

namespace liandong::cli {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;

constexpr hours kChina{8};
constexpr std::int64_t kAmount_max = 100'000;

std::unexpected<Error> malformed(std::string_view text) {
    return fail(
        Code::kInvalidArgument, "TIME_MALFORMED",
        fmt::format("'{}' is no time; write 18:05, 2026-07-18T18:05:00+08:00, now, +2h or -10m",
                    text));
}

Result<Timestamp> parse_offset(std::string_view text, Timestamp now) {
    std::int64_t amount = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data() + 1, end, amount);
    if (error != std::errc{} || rest + 1 != end || amount < 0 || amount > kAmount_max)
        return malformed(text);
    std::chrono::seconds unit{0};
    switch (*rest) {
    case 's': unit = std::chrono::seconds{1}; break;
    case 'm': unit = std::chrono::minutes{1}; break;
    case 'h': unit = hours{1}; break;
    case 'd': unit = days{1}; break;
    default: return malformed(text);
    }
    return text[0] == '-' ? now - amount * unit : now + amount * unit;
}

std::string china_day(Timestamp time) {
    const std::string date = china_date(time);
    return fmt::format("{}-{}-{}", date.substr(0, 4), date.substr(4, 2), date.substr(6, 2));
}

}  // namespace

std::string long_time(std::int64_t micros) {
    if (micros == 0) return "";
    const Timestamp local = from_micros(micros) + kChina;
    const std::chrono::hh_mm_ss time{floor<std::chrono::seconds>(local - floor<days>(local))};
    return fmt::format("{} {:02}:{:02}:{:02}", china_day(from_micros(micros)), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

std::string short_time(std::int64_t micros) {
    return micros == 0 ? "-" : long_time(micros).substr(5);
}

std::string exact_time(Timestamp time) {
    std::string text = to_rfc3339(time + kChina);
    text.pop_back();
    return text + "+08:00";
}

bool is_relative(std::string_view text) { return !text.empty() && !parse_rfc3339(text); }

Result<Timestamp> parse_when(std::string_view text, Timestamp now) {
    if (const auto exact = parse_rfc3339(text)) return *exact;
    if (text == "now") return now;
    if (text.size() >= 3 && (text[0] == '+' || text[0] == '-')) return parse_offset(text, now);
    if (text.size() != 5 && text.size() != 8) return malformed(text);
    const auto today = parse_rfc3339(
        fmt::format("{}T{}{}+08:00", china_day(now), text, text.size() == 5 ? ":00" : ""));
    if (!today) return malformed(text);
    return *today;
}

}  // namespace liandong::cli
