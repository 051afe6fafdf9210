#pragma once

#include <string>
#include <string_view>

namespace liandong::rpc {

/// ES256 signatures are r and s, 32 bytes each (RFC 7518 §3.4); OpenSSL wants them in DER. Empty
/// when the length is not 64 or the numbers cannot be.
std::string ecdsa_to_der(std::string_view r_and_s);

/// The way back. Empty when `der` is no such signature.
std::string ecdsa_from_der(std::string_view der);

}  // namespace liandong::rpc
