#include "cli/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::cli {
namespace {

constexpr std::size_t kCandidatesShown_max = 8;

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_zeros(std::string_view digits) {
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

bool is_alias(const Named& thing, std::string_view text) {
    return thing.id == text ||
           std::find(thing.aliases.begin(), thing.aliases.end(), text) != thing.aliases.end();
}

/// "420981-20260718-000123" ends in "123" and in "20260718-123", but not in "23".
bool ends_number(std::string_view number, std::string_view text) {
    const std::size_t dash = number.rfind('-');
    if (dash == std::string_view::npos) return false;
    const std::size_t text_dash = text.rfind('-');
    const std::string_view serial =
        text.substr(text_dash == std::string_view::npos ? 0 : text_dash + 1);
    if (!is_digits(serial) || !is_digits(number.substr(dash + 1))) return false;
    if (without_zeros(serial) != without_zeros(number.substr(dash + 1))) return false;
    if (text_dash == std::string_view::npos) return true;
    const std::string_view head = number.substr(0, dash), wanted = text.substr(0, text_dash);
    return head == wanted || head.ends_with(fmt::format("-{}", wanted));
}

bool is_number_end(const Named& thing, std::string_view text) {
    return std::any_of(thing.aliases.begin(), thing.aliases.end(),
                       [text](const std::string& alias) { return ends_number(alias, text); });
}

bool is_prefix(const Named& thing, std::string_view text) {
    return text.size() >= kIdPrefix_min && thing.id.starts_with(text);
}

std::unexpected<Error> ambiguous(std::string_view what, std::string_view text,
                                 const std::vector<const Named*>& hits) {
    Error error{Code::kInvalidArgument,
                "NAME_AMBIGUOUS",
                fmt::format("'{}' fits {} {}s; name one of them", text, hits.size(), what),
                {}};
    for (std::size_t i = 0; i < std::min(hits.size(), kCandidatesShown_max); ++i) {
        error.with("candidate", hits[i]->label);
    }
    return fail(std::move(error));
}

}  // namespace

Result<std::string> resolve(std::string_view what, std::string_view text,
                            const std::vector<Named>& things) {
    for (const auto fits : {is_alias, is_number_end, is_prefix}) {
        std::vector<const Named*> hits;
        for (const Named& thing : things) {
            if (fits(thing, text)) hits.push_back(&thing);
        }
        if (hits.size() == 1) return hits.front()->id;
        if (hits.size() > 1) return ambiguous(what, text, hits);
    }
    return fail(Code::kNotFound, "NAME_UNKNOWN", fmt::format("no {} is called '{}'", what, text));
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_hex =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        const bool wants_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (wants_dash ? c != '-' : !is_hex) return false;
    }
    return true;
}

}  // namespace liandong::cli
