#include "common/rpc/token.h"

#include "common/base/check.h"
#include "common/base/id.h"

#include <boost/json.hpp>

namespace liandong::rpc {
namespace {

constexpr std::string_view kAudience = "liandong";

std::unexpected<Error> refused(std::string reason, std::string message) {
    return fail(Code::kUnauthenticated, std::move(reason), std::move(message));
}

std::unexpected<Error> malformed(std::string_view claim) {
    return refused("TOKEN_MALFORMED", "claim missing or malformed: " + std::string(claim));
}

/// The claim's text; empty when absent; nothing when it is no text.
std::optional<std::string> text_of(const boost::json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    if (value == nullptr) return std::string();
    if (!value->is_string()) return std::nullopt;
    return std::string(value->get_string());
}

/// A NumericDate; fractions are cut off. Nothing when absent or out of the years 1970–9999.
std::optional<Timestamp> time_of(const boost::json::object& claims, std::string_view name) {
    constexpr double kYear10000 = 253'402'300'800;
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    boost::json::error_code error;
    const auto seconds = value->to_number<double>(error);  // exact below 2^53
    if (error || !(seconds >= 0 && seconds < kYear10000)) return std::nullopt;
    return Timestamp(std::chrono::seconds(static_cast<std::int64_t>(seconds)));
}

/// RFC 7519 §4.1.3: one text, or a list that has it.
bool is_for_us(const boost::json::object& claims) {
    const auto* audience = claims.if_contains("aud");
    if (audience == nullptr) return false;
    if (audience->is_string()) return audience->get_string() == kAudience;
    if (!audience->is_array()) return false;
    for (const auto& entry : audience->get_array()) {
        if (entry.is_string() && entry.get_string() == kAudience) return true;
    }
    return false;
}

Result<std::vector<domain::Role>> roles_of(const boost::json::object& claims) {
    std::vector<domain::Role> roles;
    const auto* value = claims.if_contains("roles");
    if (value == nullptr) return roles;
    if (!value->is_array()) return malformed("roles");
    for (const auto& entry : value->get_array()) {
        const auto role = entry.is_string()
                              ? domain::parse_role(std::string_view(entry.get_string()))
                              : std::nullopt;
        if (!role) return malformed("roles");
        roles.push_back(*role);
    }
    return roles;
}

Result<domain::Principal> principal_of(const boost::json::object& claims) {
    domain::Principal principal;
    struct Text {
        std::string_view claim;
        std::string& to;
    };
    std::string scope;
    for (const Text& text : {Text{"sub", principal.subject}, Text{"agency", principal.agency},
                             Text{"jurisdiction", principal.jurisdiction},
                             Text{"unit", principal.unit_id}, Text{"scope", scope}}) {
        auto value = text_of(claims, text.claim);
        if (!value) return malformed(text.claim);
        text.to = std::move(*value);
    }
    auto roles = roles_of(claims);
    if (!roles) return fail(std::move(roles.error()));
    principal.roles = std::move(*roles);
    if (!scope.empty()) {
        auto parsed = domain::parse_scope(scope);
        if (!parsed) return malformed("scope");
        principal.scope = std::move(*parsed);
    }
    if (!is_well_formed(principal)) return malformed("sub, agency, jurisdiction or unit");
    return principal;
}

std::int64_t to_seconds(Timestamp time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

std::optional<std::string_view> bearer_token(std::string_view authorization) {
    constexpr std::string_view kScheme = "Bearer ";
    if (!authorization.starts_with(kScheme)) return std::nullopt;
    return authorization.substr(kScheme.size());
}

}  // namespace

Result<TokenClaims> parse_claims(std::string_view payload, Timestamp now) {
    boost::json::error_code error;
    const auto json = boost::json::parse(payload, error);
    if (error || !json.is_object()) return malformed("(no JSON object)");
    const auto& claims = json.get_object();
    if (!is_for_us(claims)) return refused("TOKEN_AUDIENCE", "the token is not for liandong");
    const auto expires_at = time_of(claims, "exp");
    if (!expires_at) return malformed("exp");
    if (*expires_at <= now) return refused("TOKEN_EXPIRED", "the token has expired");
    if (*expires_at > now + kTokenLifetimeMax) {
        return refused("TOKEN_LIFETIME", "the token lives longer than 24 hours");
    }
    TokenClaims out{{}, *expires_at, {}};
    if (claims.contains("nbf")) {
        const auto not_before = time_of(claims, "nbf");
        if (!not_before) return malformed("nbf");
        if (*not_before > now + kTokenSkewMax) {
            return refused("TOKEN_NOT_YET_VALID", "the token is not valid yet");
        }
        out.not_before = *not_before;
    }
    auto principal = principal_of(claims);
    if (!principal) return fail(std::move(principal.error()));
    out.principal = std::move(*principal);
    return out;
}

Result<std::string> sign_token(std::string_view private_key_pem, const TokenClaims& claims) {
    const domain::Principal& principal = claims.principal;
    boost::json::array roles;
    for (const auto role : principal.roles) roles.emplace_back(domain::to_string(role));
    boost::json::object json{{"sub", principal.subject},
                             {"agency", principal.agency},
                             {"roles", std::move(roles)},
                             {"aud", kAudience},
                             {"exp", to_seconds(claims.expires_at)}};
    if (!principal.jurisdiction.empty()) json["jurisdiction"] = principal.jurisdiction;
    if (!principal.unit_id.empty()) json["unit"] = principal.unit_id;
    if (principal.scope) json["scope"] = principal.scope->tag();
    if (is_set(claims.not_before)) json["nbf"] = to_seconds(claims.not_before);
    return sign_jws(private_key_pem, boost::json::serialize(json));
}

TokenAuthenticator::TokenAuthenticator(KeyRing keys, const Clock& wall_clock, std::size_t cache_max)
    : keys_(std::move(keys)), wall_clock_(wall_clock), cache_max_(cache_max) {
    LIANDONG_CHECK(cache_max > 0);
}

Result<const Identity*> TokenAuthenticator::authenticate(const Credentials& credentials) {
    const auto token = bearer_token(credentials.authorization);
    if (!token) return refused("TOKEN_MISSING", "send metadata authorization: Bearer <token>");
    std::string digest = sha256_hex_of(*token);
    const Timestamp now = wall_clock_.now();
    const auto found = cache_.find(digest);
    if (found == cache_.end()) return check(*token, std::move(digest), now);
    if (*found->second.expires_at <= now) {
        return refused("TOKEN_EXPIRED", "the token has expired");
    }
    return &found->second;
}

Result<const Identity*> TokenAuthenticator::check(std::string_view token, std::string digest,
                                                  Timestamp now) {
    const auto payload = keys_.verify(token);
    if (!payload) return fail(payload.error());
    auto claims = parse_claims(*payload, now);
    if (!claims) return fail(std::move(claims.error()));
    return &remember(std::move(digest), {std::move(claims->principal), claims->expires_at});
}

const Identity& TokenAuthenticator::remember(std::string digest, Identity identity) {
    if (cache_.size() == cache_max_) {
        cache_.erase(oldest_first_.front());
        oldest_first_.pop_front();
    }
    oldest_first_.push_back(digest);
    return cache_.emplace(std::move(digest), std::move(identity)).first->second;
}

}  // namespace liandong::rpc
