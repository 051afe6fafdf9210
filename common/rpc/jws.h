#pragma once

#include "common/base/error.h"

#include <openssl/evp.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::rpc {

/// The whole list of signature algorithms (RFC 7518, RFC 8037); `none` and HS* are not on it.
enum class JwsAlgorithm : std::uint8_t { kEdDsa, kEs256 };

struct KeyDeleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;

/// The algorithm a key is for: Ed25519 → EdDSA, EC on P-256 → ES256; nothing for other keys.
std::optional<JwsAlgorithm> algorithm_of(const EVP_PKEY& key);

/// First 16 hex digits of the SHA-256 of the public key's SubjectPublicKeyInfo (DER): `kid` in a
/// token's header.
std::string key_id(const EVP_PKEY& key);

/// The public keys that tokens may be signed with.
class KeyRing {
public:
    /// Reads all public keys of a PEM text, 1–16 of them, Ed25519 or P-256.
    /// INVALID_ARGUMENT / TOKEN_KEYS_MALFORMED.
    static Result<KeyRing> parse(std::string_view pem);
    /// The same from a file. UNAVAILABLE / TOKEN_KEYS_UNREADABLE when it cannot be read.
    static Result<KeyRing> load(const std::string& path);

    /// Checks the signature of a compact JWS (RFC 7515 §7.1) of at most 8 KiB and gives its
    /// payload. When the header has a `kid`, that key must have signed it, else any key of the
    /// algorithm. UNAUTHENTICATED / TOKEN_MALFORMED, TOKEN_ALGORITHM, TOKEN_SIGNATURE.
    Result<std::string> verify(std::string_view token) const;

private:
    struct Entry {
        std::string id;
        JwsAlgorithm algorithm;
        Key key;
    };
    std::vector<Entry> entries_;
};

/// Signs; the other half of `verify`, for tests and the operator's command line. `private_key_pem`
/// is PKCS#8. INVALID_ARGUMENT / TOKEN_KEYS_MALFORMED.
Result<std::string> sign_jws(std::string_view private_key_pem, std::string_view payload);

struct KeyPairPem {
    std::string private_key;
    std::string public_key;
};
/// A new key of the algorithm.
KeyPairPem generate_key_pair(JwsAlgorithm algorithm);

}  // namespace liandong::rpc
