#include "common/domain/scope.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::domain {
namespace {

constexpr std::size_t kPart_max = 16;

bool is_part(std::string_view text) {
    if (text.empty() || text.size() > kPart_max) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
}

std::unexpected<Error> malformed(std::string field, std::string_view text) {
    return invalid_field(std::move(field), "SCOPE_MALFORMED",
                         fmt::format("'{}' is not 1-16 of A-Z a-z 0-9 and '-'", text));
}

}  // namespace

Status validate(const Scope& scope) {
    if (!is_part(scope.world)) return malformed("scope.world", scope.world);
    if (!is_part(scope.district)) return malformed("scope.district", scope.district);
    return {};
}

Result<Scope> parse_scope(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos) {
        return invalid_field(
            "scope", "SCOPE_MALFORMED",
            fmt::format("'{}' is not <world>.<district>, such as exercise.420981", text));
    }
    Scope scope{std::string(text.substr(0, dot)), std::string(text.substr(dot + 1))};
    if (Status valid = validate(scope); !valid) return fail(std::move(valid.error()));
    return scope;
}

}  // namespace liandong::domain
