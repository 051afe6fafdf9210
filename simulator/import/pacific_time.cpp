#include "simulator/import/pacific_time.h"

#include <fmt/format.h>

namespace liandong::simulator {
namespace {

using namespace std::chrono;

int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// Second Sunday of March 02:00 to first Sunday of November 02:00, local time.
bool is_summer_time(local_time<Duration> local) {
    const year_month_day date{floor<days>(local)};
    const auto from = local_days{date.year() / March / Sunday[2]} + hours{2};
    const auto to = local_days{date.year() / November / Sunday[1]} + hours{2};
    return local >= from && local < to;
}

}  // namespace

Result<Timestamp> parse_pacific_time(std::string_view text) {
    const auto malformed =
        fail(Code::kInvalidArgument, "TIME_MALFORMED",
             fmt::format("'{}' is not a time such as 12/31/2016 11:57:56 PM", text));
    constexpr std::string_view kForm = "00/00/0000 00:00:00 XM";
    if (text.size() != kForm.size()) return malformed;
    for (const std::size_t i : {2U, 5U, 10U, 13U, 16U, 19U, 21U}) {
        if (text[i] != kForm[i]) return malformed;
    }
    const int month = digits(text, 0, 2), day = digits(text, 3, 2), year = digits(text, 6, 4);
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2),
              second = digits(text, 17, 2);
    const bool afternoon = text[20] == 'P';
    if (month < 1 || day < 1 || year < 0 || hour < 1 || hour > 12 || minute < 0 || minute > 59)
        return malformed;
    if (second < 0 || second > 59 || (!afternoon && text[20] != 'A')) return malformed;
    const year_month_day date{std::chrono::year{year},
                              std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return malformed;
    const local_time<Duration> local = local_days{date} + hours{hour % 12 + (afternoon ? 12 : 0)} +
                                       minutes{minute} + seconds{second};
    return Timestamp{local.time_since_epoch()} + hours{is_summer_time(local) ? 7 : 8};
}

}  // namespace liandong::simulator
