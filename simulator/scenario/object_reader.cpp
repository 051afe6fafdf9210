#include "simulator/scenario/object_reader.h"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <cmath>

namespace liandong::simulator {
namespace {

constexpr double kSeconds_max = 366.0 * 86'400.0;

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::optional<std::string> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const int high = nibble(hex[i]), low = nibble(hex[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

Duration to_duration(double seconds) { return Duration{std::llround(seconds * 1e6)}; }

}  // namespace

ObjectReader::ObjectReader(const boost::json::object& object, std::size_t line, std::string path)
    : object_(object), line_(line), path_(std::move(path)) {}

void ObjectReader::fault(std::string_view key, std::string_view reason, std::string_view message) {
    if (error_) return;
    const std::string field = path_ + std::string(key);
    error_ = fail(Code::kInvalidArgument, std::string(reason),
                  fmt::format("line {}: \"{}\" {}", line_, field, message))
                 .error()
                 .with("line", std::to_string(line_))
                 .with("field", field);
}

const boost::json::value* ObjectReader::take(std::string_view key) {
    asked_.emplace(key);
    return error_ ? nullptr : object_.if_contains(key);
}

std::string ObjectReader::text(std::string_view key, std::size_t bytes_max) {
    const auto* value = take(key);
    if (value == nullptr) return {};
    if (!value->is_string()) {
        fault(key, "FIELD_TYPE", "must be text");
        return {};
    }
    if (value->get_string().size() > bytes_max) {
        fault(key, "FIELD_RANGE", fmt::format("is longer than {} bytes", bytes_max));
        return {};
    }
    return std::string(value->get_string());
}

std::string ObjectReader::required_text(std::string_view key, std::size_t bytes_max) {
    std::string result = text(key, bytes_max);
    if (result.empty()) fault(key, "FIELD_MISSING", "is missing or empty");
    return result;
}

std::string ObjectReader::bytes(std::string_view key, std::size_t bytes_max) {
    const std::string hex_key = std::string(key) + "_hex";
    if (!object_.contains(hex_key)) return text(key, bytes_max);
    const auto decoded = from_hex(text(hex_key, bytes_max * 2));
    if (!decoded) fault(hex_key, "FIELD_TYPE", "must be pairs of lower-case hexadecimal digits");
    return decoded.value_or(std::string{});
}

bool ObjectReader::flag(std::string_view key) {
    const auto* value = take(key);
    if (value == nullptr) return false;
    if (!value->is_bool()) fault(key, "FIELD_TYPE", "must be true or false");
    return value->is_bool() && value->get_bool();
}

std::optional<double> ObjectReader::checked_number(std::string_view key, double low, double high) {
    const auto* value = take(key);
    if (value == nullptr) return std::nullopt;
    if (!value->is_number()) {
        fault(key, "FIELD_TYPE", "must be a number");
        return std::nullopt;
    }
    const double number = value->to_number<double>();
    if (!std::isfinite(number) || number < low || number > high) {
        fault(key, "FIELD_RANGE", fmt::format("must lie in [{}, {}]", low, high));
        return std::nullopt;
    }
    return number;
}

double ObjectReader::number(std::string_view key, double low, double high) {
    return checked_number(key, low, high).value_or(0.0);
}

double ObjectReader::required_number(std::string_view key, double low, double high) {
    const auto value = checked_number(key, low, high);
    if (!value) fault(key, "FIELD_MISSING", "is missing");
    return value.value_or(0.0);
}

std::int64_t ObjectReader::integer(std::string_view key, std::int64_t low, std::int64_t high,
                                   std::int64_t absent) {
    const auto value = checked_number(key, static_cast<double>(low), static_cast<double>(high));
    if (!value) return absent;
    if (*value != std::floor(*value)) fault(key, "FIELD_TYPE", "must be a whole number");
    return static_cast<std::int64_t>(*value);
}

std::optional<Duration> ObjectReader::seconds(std::string_view key) {
    const auto value = checked_number(key, -kSeconds_max, kSeconds_max);
    return value ? std::optional(to_duration(*value)) : std::nullopt;
}

Duration ObjectReader::required_seconds(std::string_view key) {
    return to_duration(required_number(key, 0.0, kSeconds_max));
}

void ObjectReader::adopt(ObjectReader& child) {
    const Status status = child.finish();
    if (!status && !error_) error_ = status.error();
}

void ObjectReader::child(std::string_view key, const std::function<void(ObjectReader&)>& read) {
    const auto* value = take(key);
    if (value == nullptr) return;
    if (!value->is_object()) return fault(key, "FIELD_TYPE", "must be an object");
    ObjectReader reader(value->get_object(), line_, fmt::format("{}{}.", path_, key));
    read(reader);
    adopt(reader);
}

const boost::json::array* ObjectReader::take_array(std::string_view key, std::size_t count_max) {
    const auto* value = take(key);
    if (value == nullptr) return nullptr;
    if (!value->is_array()) {
        fault(key, "FIELD_TYPE", "must be a list");
        return nullptr;
    }
    if (value->get_array().size() > count_max) {
        fault(key, "FIELD_RANGE", fmt::format("has more than {} entries", count_max));
        return nullptr;
    }
    return &value->get_array();
}

void ObjectReader::children(std::string_view key, std::size_t count_max,
                            const std::function<void(ObjectReader&)>& read) {
    const auto* array = take_array(key, count_max);
    for (std::size_t i = 0; array != nullptr && i < array->size() && !error_; ++i) {
        const std::string place = fmt::format("{}[{}]", key, i);
        const auto* object = (*array)[i].if_object();
        if (object == nullptr) return fault(place, "FIELD_TYPE", "must be an object");
        ObjectReader reader(*object, line_, fmt::format("{}{}.", path_, place));
        read(reader);
        adopt(reader);
    }
}

std::vector<std::string> ObjectReader::texts(std::string_view key, std::size_t count_max,
                                             std::size_t bytes_max) {
    std::vector<std::string> result;
    const auto* array = take_array(key, count_max);
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        const auto* text = (*array)[i].if_string();
        if (text == nullptr || text->size() > bytes_max) {
            fault(fmt::format("{}[{}]", key, i), "FIELD_TYPE",
                  fmt::format("must be text of at most {} bytes", bytes_max));
            return {};
        }
        result.emplace_back(*text);
    }
    return result;
}

Status ObjectReader::finish() {
    for (const auto& member : object_) {
        if (asked_.contains(std::string_view(member.key()))) continue;
        fault(std::string_view(member.key()), "FIELD_UNKNOWN", "is no field of this kind of line");
    }
    if (error_) return std::unexpected(*error_);
    return {};
}

}  // namespace liandong::simulator
