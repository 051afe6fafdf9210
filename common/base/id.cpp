#include "common/base/id.h"

#include "common/base/check.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace liandong {
namespace {

constexpr char kHex[] = "0123456789abcdef";
using Bytes16 = std::array<unsigned char, 16>;

std::string format_uuid(const Bytes16& bytes) {
    std::string text;
    text.reserve(36);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += kHex[bytes[i] >> 4U];
        text += kHex[bytes[i] & 15U];
    }
    return text;
}

void set_version(Bytes16& bytes, unsigned version) {
    bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | (version << 4U));
    bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
}

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

// The method is looked up once: a look-up costs more than the hash of an id.
Digest sha256(std::string_view bytes) {
    static const EVP_MD* const kMethod = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    Digest result;
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), result.data(), nullptr, kMethod, nullptr);
    LIANDONG_CHECK(done == 1);
    return result;
}

Digest digest(std::initializer_list<std::string_view> parts) {
    std::string joined;
    for (std::string_view part : parts) {
        const auto size = static_cast<std::uint32_t>(part.size());
        for (unsigned shift = 0; shift < 32; shift += 8)
            joined += static_cast<char>((size >> shift) & 0xffU);
        joined += part;
    }
    return sha256(joined);
}

std::string hex(const Digest& bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (unsigned char byte : bytes) {
        text += kHex[byte >> 4U];
        text += kHex[byte & 15U];
    }
    return text;
}

}  // namespace

std::string make_uuid_v7(Timestamp now, Random& random) {
    Bytes16 bytes{};
    const auto millis = static_cast<std::uint64_t>(to_micros(now) / 1000);
    for (unsigned i = 0; i < 6; ++i)
        bytes[i] = static_cast<unsigned char>(millis >> (40U - 8U * i));
    const std::uint64_t a = random.next(), b = random.next();
    for (unsigned i = 0; i < 2; ++i) bytes[6 + i] = static_cast<unsigned char>(a >> (8U * i));
    for (unsigned i = 0; i < 8; ++i) bytes[8 + i] = static_cast<unsigned char>(b >> (8U * i));
    set_version(bytes, 7);
    return format_uuid(bytes);
}

bool is_uuid_v7(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != '-') return false;
        } else if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
            return false;
        }
    }
    return text[14] == '7' && std::string_view("89abAB").find(text[19]) != std::string_view::npos;
}

std::string derive_id(std::initializer_list<std::string_view> parts) {
    const Digest full = digest(parts);
    Bytes16 bytes;
    std::copy_n(full.begin(), bytes.size(), bytes.begin());
    set_version(bytes, 8);
    return format_uuid(bytes);
}

std::string sha256_hex(std::initializer_list<std::string_view> parts) { return hex(digest(parts)); }

std::string sha256_hex_of(std::string_view bytes) { return hex(sha256(bytes)); }

bool is_safe_id(std::string_view text) {
    if (text.empty() || text.size() > 64) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
}

}  // namespace liandong
