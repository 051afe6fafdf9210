#pragma once

#include <string_view>

namespace liandong::detail {
[[noreturn]] void check_failed(std::string_view expression, std::string_view file, int line);
}

/// Aborts the process, in every build, when a programmer's assumption is wrong. Never for bad
/// input.
#define LIANDONG_CHECK(condition) \
    ((condition) ? void(0) : ::liandong::detail::check_failed(#condition, __FILE__, __LINE__))

#define LIANDONG_UNREACHABLE() ::liandong::detail::check_failed("unreachable", __FILE__, __LINE__)
