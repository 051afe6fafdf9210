#pragma once

#include "common/store/mirror.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liandong::store {

/// Sorts newest first, ids apart: the key falls as time rises.
inline std::string newest_first_key(Timestamp time, std::string_view id) {
    constexpr std::int64_t kLast = 9'999'999'999'999'999;
    return fmt::format("{:016}{}", kLast - to_micros(time), id);
}

/// Those of a table that `matches`, by `sort_key`, strictly behind `after` ("" from the start), at
/// most `count`.
template <class T, class Matches, class SortKey>
std::vector<Versioned<T>> page_of(const Mirror& mirror, Matches matches, SortKey sort_key,
                                  std::string_view after, std::size_t count) {
    std::vector<std::pair<std::string, Versioned<T>>> matching;
    for (const auto& [id, held] : mirror.table<T>()) {
        if (!matches(*held.value)) continue;
        std::string key = sort_key(*held.value);
        if (key > after) matching.emplace_back(std::move(key), held);
    }
    const auto by_key = [](const auto& a, const auto& b) { return a.first < b.first; };
    count = std::min(count, matching.size());
    std::partial_sort(matching.begin(), matching.begin() + static_cast<std::ptrdiff_t>(count),
                      matching.end(), by_key);
    std::vector<Versioned<T>> page;
    page.reserve(count);
    for (std::size_t i = 0; i < count; ++i) page.push_back(std::move(matching[i].second));
    return page;
}

}  // namespace liandong::store
