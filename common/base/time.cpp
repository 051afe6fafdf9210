#include "common/base/time.h"

#include <fmt/format.h>

namespace liandong {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hh_mm_ss;
using std::chrono::year_month_day;

/// Reads exactly `count` digits at `at`; -1 when they are not there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::unexpected<Error> malformed(std::string_view text) {
    return fail(
        Code::kInvalidArgument, "TIME_MALFORMED",
        fmt::format("'{}' is not an RFC 3339 time such as 2026-07-18T18:00:00+08:00", text));
}

}  // namespace

std::string to_rfc3339(Timestamp t) {
    const auto day = floor<days>(t);
    const year_month_day date{day};
    const hh_mm_ss<Duration> time{t - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

Result<Timestamp> parse_rfc3339(std::string_view text) {
    const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2),
              second = digits(text, 17, 2);
    if (year < 0 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0)
        return malformed(text);
    if (text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' '))
        return malformed(text);
    if (text[13] != ':' || text[16] != ':' || hour > 23 || minute > 59 || second > 60)
        return malformed(text);
    const year_month_day date{std::chrono::year{year},
                              std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return malformed(text);

    std::size_t at = 19;
    int micros = 0;
    if (at < text.size() && text[at] == '.') {
        ++at;
        int scale = 100'000;
        const std::size_t first = at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
            if (at - first >= 6) return malformed(text);
            micros += (text[at] - '0') * scale;
        }
        if (at == first) return malformed(text);
    }
    int offset_minutes = 0;
    if (at + 1 == text.size() && text[at] == 'Z') {
        offset_minutes = 0;
    } else if (at + 6 == text.size() && (text[at] == '+' || text[at] == '-') &&
               text[at + 3] == ':') {
        const int hours = digits(text, at + 1, 2), minutes = digits(text, at + 4, 2);
        if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return malformed(text);
        offset_minutes = (text[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
    } else {
        return malformed(text);
    }
    return Timestamp{std::chrono::sys_days{date}} + std::chrono::hours{hour} +
           std::chrono::minutes{minute} + std::chrono::seconds{second} + Duration{micros} -
           std::chrono::minutes{offset_minutes};
}

std::string china_date(Timestamp t) {
    const year_month_day date{floor<days>(t + std::chrono::hours{8})};
    return fmt::format("{:04}{:02}{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace liandong
