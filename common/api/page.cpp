#include "common/api/page.h"

#include <fmt/format.h>

namespace liandong::api {
namespace {

unsigned check_byte(std::string_view bytes) {
    unsigned sum = 0x5aU;
    for (char c : bytes) sum = (sum * 31U + static_cast<unsigned char>(c)) & 0xffU;
    return sum;
}

int nibble(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

Result<Page> read_page(const liandong::common::v1::PageRequest& request) {
    Page page;
    if (request.size() > kPageSize_max) {
        return invalid_field("page.size", "PAGE_SIZE_OUT_OF_RANGE",
                             fmt::format("at most {}", kPageSize_max));
    }
    if (request.size() != 0) page.size = request.size();
    const std::string& token = request.token();
    if (token.empty()) return page;
    const auto malformed = [] {
        return invalid_field("page.token", "PAGE_TOKEN_MALFORMED",
                             "use next_token of the page before, unchanged");
    };
    if (token.size() % 2 != 0 || token.size() > 512) return malformed();
    std::string bytes;
    for (std::size_t i = 0; i < token.size(); i += 2) {
        const int high = nibble(token[i]), low = nibble(token[i + 1]);
        if (high < 0 || low < 0) return malformed();
        bytes += static_cast<char>(high * 16 + low);
    }
    const auto check = static_cast<unsigned char>(bytes.back());
    bytes.pop_back();
    if (bytes.empty() || check != check_byte(bytes)) return malformed();
    page.after = std::move(bytes);
    return page;
}

std::string page_token(std::string_view after) {
    std::string token;
    for (char c : after) token += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return token + fmt::format("{:02x}", check_byte(after));
}

}  // namespace liandong::api
