#include "cli/positions.h"

#include "cli/words.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

namespace liandong::cli {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator, std::size_t parts_max) {
    std::vector<std::string_view> parts;
    while (parts.size() + 1 < parts_max) {
        const std::size_t at = text.find(separator);
        if (at == std::string_view::npos) break;
        parts.push_back(text.substr(0, at));
        text.remove_prefix(at + 1);
    }
    parts.push_back(text);
    return parts;
}

std::optional<double> parse_degrees(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || rest != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<int> parse_code(common::v1::LevelScale scale, std::string_view text) {
    constexpr std::string_view kColours[] = {"red", "orange", "yellow", "blue"};
    if (scale == common::v1::LEVEL_SCALE_WARNING) {
        for (int i = 0; i < 4; ++i) {
            if (text == kColours[i]) return i + 1;
        }
    }
    int code = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), code);
    if (error != std::errc{} || rest != text.data() + text.size()) return std::nullopt;
    return code;
}

}  // namespace

Result<common::v1::Position> parse_position(std::string_view text) {
    const auto parts = split(text, ',', 4);
    if (parts.size() < 2 || parts.size() > 3) {
        return fail(Code::kInvalidArgument, "POSITION_MALFORMED",
                    fmt::format("'{}' is not LATITUDE,LONGITUDE[,DATUM]", text));
    }
    const auto latitude = parse_degrees(parts[0]), longitude = parse_degrees(parts[1]);
    if (!latitude || !longitude) {
        return fail(Code::kInvalidArgument, "POSITION_MALFORMED",
                    fmt::format("'{}' is not LATITUDE,LONGITUDE[,DATUM] in degrees", text));
    }
    common::v1::Position position;
    position.set_latitude(*latitude);
    position.set_longitude(*longitude);
    if (parts.size() == 3) {
        const auto datum = parse_word<common::v1::Datum>(parts[2]);
        if (!datum) {
            return fail(Code::kInvalidArgument, "DATUM_UNKNOWN",
                        fmt::format("'{}' is none of {}", parts[2], choices<common::v1::Datum>()));
        }
        position.set_datum(*datum);
    }
    return position;
}

std::string position_text(const common::v1::Place& place) {
    if (!place.has_position()) return "";
    return fmt::format("{:.5f},{:.5f}", place.position().latitude(), place.position().longitude());
}

std::string place_text(const common::v1::Place& place) {
    std::string text = place.address();
    const auto add = [&text](std::string_view part) {
        if (part.empty()) return;
        if (!text.empty()) text += " · ";
        text += part;
    };
    add(place.area_code());
    std::string position = position_text(place);
    if (!position.empty() && place.accuracy_meters() > 0) {
        position += fmt::format(" ±{:.0f} m", place.accuracy_meters());
    }
    add(position);
    return text;
}

Result<common::v1::Level> parse_level(std::string_view text) {
    const auto parts = split(text, ':', 3);
    const auto scale = parse_word<common::v1::LevelScale>(parts[0]);
    const auto code = scale && parts.size() > 1 ? parse_code(*scale, parts[1]) : std::nullopt;
    if (!code) {
        return fail(Code::kInvalidArgument, "LEVEL_MALFORMED",
                    fmt::format("'{}' is not SCALE:CODE[:AUTHORITY] with a scale of {}", text,
                                choices<common::v1::LevelScale>()));
    }
    common::v1::Level level;
    level.set_scale(*scale);
    level.set_code(*code);
    if (parts.size() == 3) level.set_authority(std::string(parts[2]));
    return level;
}

}  // namespace liandong::cli
