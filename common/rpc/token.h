#pragma once

#include "common/base/clock.h"
#include "common/rpc/auth.h"
#include "common/rpc/jws.h"

#include <deque>
#include <map>
#include <string>

namespace liandong::rpc {

/// The claims of a token (RFC 7519), and nothing else of it.
struct TokenClaims {
    domain::Principal
        principal;         ///< sub, agency, roles[], jurisdiction, unit, scope ("world.district")
    Timestamp expires_at;  ///< exp, whole seconds; at most 24 h ahead
    Timestamp not_before;  ///< nbf; unset: at once
};

/// How far ahead `exp` may lie: a stolen token is worth a day at most. (15 minutes is better where
/// the issuer renews.)
inline constexpr Duration kTokenLifetimeMax = std::chrono::hours(24);
/// How much a token's `nbf` may lie ahead of this machine's clock.
inline constexpr Duration kTokenSkewMax = std::chrono::seconds(30);

/// Reads and checks the payload of a token whose signature is good, at wall time `now`.
/// UNAUTHENTICATED / TOKEN_MALFORMED, TOKEN_AUDIENCE (aud is not "liandong", nor has it),
/// TOKEN_EXPIRED, TOKEN_NOT_YET_VALID, TOKEN_LIFETIME. Pure.
Result<TokenClaims> parse_claims(std::string_view payload, Timestamp now);

/// A signed token for these claims, aud "liandong". For tests and the operator's command line.
/// INVALID_ARGUMENT / TOKEN_KEYS_MALFORMED.
Result<std::string> sign_token(std::string_view private_key_pem, const TokenClaims& claims);

/// `authorization: Bearer <compact JWS>`, signed with EdDSA or ES256 by one of the keys. A token
/// that was good is remembered by its SHA-256 until it expires (at most 10,000; the oldest go
/// first). UNAUTHENTICATED / TOKEN_MISSING and the reasons of `KeyRing::verify` and `parse_claims`.
class TokenAuthenticator final : public Authenticator {
public:
    /// `wall_clock` must outlive it.
    TokenAuthenticator(KeyRing keys, const Clock& wall_clock, std::size_t cache_max = 10'000);
    Result<const Identity*> authenticate(const Credentials& credentials) override;
    bool proves_identity() const override { return true; }

    std::size_t cached() const { return cache_.size(); }

private:
    Result<const Identity*> check(std::string_view token, std::string digest, Timestamp now);
    const Identity& remember(std::string digest, Identity identity);

    KeyRing keys_;
    const Clock& wall_clock_;
    std::size_t cache_max_;
    std::map<std::string, Identity, std::less<>> cache_;
    std::deque<std::string> oldest_first_;
};

}  // namespace liandong::rpc
