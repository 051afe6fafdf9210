#include "cli/arguments.h"

#include <charconv>
#include <string>

namespace liandong::cli {
namespace {

constexpr std::string_view kAnyKind = "any";

Status add_kinds(dispatch::v1::Need& need, std::string_view text) {
    if (text == kAnyKind) return {};
    while (true) {
        const std::size_t bar = text.find('|');
        const auto kind = parse_choice<dispatch::v1::UnitKind>("need", text.substr(0, bar));
        if (!kind) return fail(kind.error());
        need.add_kinds(*kind);
        if (bar == std::string_view::npos) return {};
        text.remove_prefix(bar + 1);
    }
}

}  // namespace

Result<dispatch::v1::Need> parse_need(std::string_view text) {
    const auto malformed = [text] {
        return fail(Code::kInvalidArgument, "NEED_MALFORMED",
                    fmt::format("'{}' is not [COUNT*]KIND[|KIND][+CAPABILITY], such as "
                                "2*fire_engine|fire_truck+ladder or any+boat",
                                text));
    };
    dispatch::v1::Need need;
    need.set_count(1);
    std::string_view rest = text;
    if (const std::size_t star = rest.find('*'); star != std::string_view::npos) {
        std::uint32_t count = 0;
        const std::string digits(rest.substr(0, star));
        const char* const last = digits.data() + digits.size();
        const auto [end, error] = std::from_chars(digits.data(), last, count);
        if (error != std::errc{} || end != last || count == 0) return malformed();
        need.set_count(count);
        rest.remove_prefix(star + 1);
    }
    const std::size_t plus = rest.find('+');
    if (plus != std::string_view::npos) {
        if (plus + 1 == rest.size()) return malformed();
        need.set_capability(std::string(rest.substr(plus + 1)));
    }
    const std::string_view kinds = rest.substr(0, plus);
    if (kinds.empty()) return malformed();
    if (Status added = add_kinds(need, kinds); !added) return fail(std::move(added.error()));
    return need;
}

}  // namespace liandong::cli
