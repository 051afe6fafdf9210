#pragma once

#include "common/base/random.h"
#include "common/base/time.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace liandong {

/// A new UUIDv7 (RFC 9562 §5.7) in lower-case text form: what clients send as `request_id`.
std::string make_uuid_v7(Timestamp now, Random& random);

/// True for 8-4-4-4-12 lower- or upper-case hex with version 7 and the RFC variant.
bool is_uuid_v7(std::string_view text);

/// 128 bits of SHA-256 over the parts (each preceded by its length, so that ("ab","c") ≠
/// ("a","bc")), as UUIDv8 text (RFC 9562 §5.8). The id of whatever a request creates is derived
/// from (scope, agency, request id, ordinal): a resend can never create twice.
std::string derive_id(std::initializer_list<std::string_view> parts);

/// SHA-256 over the parts, length-prefixed as above, as 64 lower-case hex digits.
std::string sha256_hex(std::initializer_list<std::string_view> parts);

/// SHA-256 of exactly these bytes, as 64 lower-case hex digits.
std::string sha256_hex_of(std::string_view bytes);

/// True for 1–64 characters of [A-Za-z0-9_-]: what may stand in a key or a path.
bool is_safe_id(std::string_view text);

}  // namespace liandong
