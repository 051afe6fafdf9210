#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "simulator/scenario/words.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace liandong::simulator {

/// Reads the fields of one JSON object strictly. The first fault is kept and everything after it
/// reads as its default, so that a caller names its fields one after another and asks once, at the
/// end. Faults are INVALID_ARGUMENT with metadata "line" and "field" and one of FIELD_MISSING,
/// FIELD_TYPE, FIELD_RANGE, FIELD_WORD, FIELD_UNKNOWN.
class ObjectReader {
public:
    /// `object` must outlive the reader. `path` precedes field names in faults ("level." …).
    ObjectReader(const boost::json::object& object, std::size_t line, std::string path = {});

    /// Text of ≤ `bytes_max` bytes; "" when absent.
    std::string text(std::string_view key, std::size_t bytes_max);
    std::string required_text(std::string_view key, std::size_t bytes_max);
    /// Bytes: text under `key`, or hexadecimal under `key` + "_hex".
    std::string bytes(std::string_view key, std::size_t bytes_max);
    bool flag(std::string_view key);
    /// A finite number in [low, high]; 0 when absent.
    double number(std::string_view key, double low, double high);
    double required_number(std::string_view key, double low, double high);
    std::int64_t integer(std::string_view key, std::int64_t low, std::int64_t high,
                         std::int64_t absent = 0);
    /// Seconds, to the microsecond.
    std::optional<Duration> seconds(std::string_view key);
    Duration required_seconds(std::string_view key);

    /// The enumerator of a word; `absent` when there is none.
    template <class Enum> Enum word(std::string_view key, Enum absent) {
        const auto* value = take(key);
        if (value == nullptr) return absent;
        const auto found =
            value->is_string() ? parse_word<Enum>(value->get_string()) : std::nullopt;
        if (!found) fault(key, "FIELD_WORD", "is not a word of the format");
        return found.value_or(absent);
    }

    /// Calls `read` with a reader of the object under `key`, when there is one.
    void child(std::string_view key, const std::function<void(ObjectReader&)>& read);
    /// Calls `read` for each object of the array under `key`; ≤ `count_max`.
    void children(std::string_view key, std::size_t count_max,
                  const std::function<void(ObjectReader&)>& read);
    /// The texts of the array under `key`; ≤ `count_max` of ≤ `bytes_max`.
    std::vector<std::string> texts(std::string_view key, std::size_t count_max,
                                   std::size_t bytes_max);

    void fault(std::string_view key, std::string_view reason, std::string_view message);
    bool failed() const { return error_.has_value(); }
    /// The first fault, or FIELD_UNKNOWN for a field that nobody asked for.
    Status finish();

private:
    const boost::json::value* take(std::string_view key);
    const boost::json::array* take_array(std::string_view key, std::size_t count_max);
    std::optional<double> checked_number(std::string_view key, double low, double high);
    void adopt(ObjectReader& child);

    const boost::json::object& object_;
    std::size_t line_;
    std::string path_;
    std::set<std::string, std::less<>> asked_;
    std::optional<Error> error_;
};

}  // namespace liandong::simulator
