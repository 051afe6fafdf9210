#include "common/rpc/token.h"

#include <gtest/gtest.h>

namespace liandong::rpc {
namespace {

using namespace std::chrono_literals;

const Timestamp kNow = Timestamp{std::chrono::sys_days{2026y / 7 / 18}};

class TokenTest : public testing::Test {
protected:
    TokenClaims claims() const {
        TokenClaims claims{{.subject = "wang",
                            .agency = "gongan",
                            .roles = {domain::Role::kDispatcher, domain::Role::kCallTaker},
                            .jurisdiction = "420981101",
                            .unit_id = "P-01",
                            .scope = domain::Scope{"live", "420981"}},
                           kNow + 15min,
                           {}};
        return claims;
    }
    std::string sign(const TokenClaims& claims) const {
        return *sign_token(pair_.private_key, claims);
    }
    std::string reason(const std::string& token) {
        const std::string header = "Bearer " + token;
        const auto identity = authenticator_.authenticate({.authorization = header});
        return identity ? "OK" : identity.error().reason;
    }
    /// A token with this payload, well signed.
    std::string raw(std::string_view payload) const {
        return *sign_jws(pair_.private_key, payload);
    }

    KeyPairPem pair_ = generate_key_pair(JwsAlgorithm::kEdDsa);
    ManualClock clock_{kNow};
    TokenAuthenticator authenticator_{*KeyRing::parse(pair_.public_key), clock_, 3};
};

TEST_F(TokenTest, SaysWhoCalls) {
    const std::string header = "Bearer " + sign(claims());
    const auto identity = authenticator_.authenticate({.authorization = header});
    ASSERT_TRUE(identity.has_value());
    const domain::Principal& principal = (*identity)->principal;
    EXPECT_EQ(principal.subject, "wang");
    EXPECT_EQ(principal.agency, "gongan");
    EXPECT_EQ(principal.roles, claims().principal.roles);
    EXPECT_EQ(principal.jurisdiction, "420981101");
    EXPECT_EQ(principal.unit_id, "P-01");
    EXPECT_EQ(principal.scope, claims().principal.scope);
    EXPECT_EQ((*identity)->expires_at, kNow + 15min);
}

TEST_F(TokenTest, EndsAtItsExpiryAlsoFromTheCache) {
    const std::string token = sign(claims());
    EXPECT_EQ(reason(token), "OK");
    clock_.advance(15min - 1us);
    EXPECT_EQ(reason(token), "OK");
    clock_.advance(1us);
    EXPECT_EQ(reason(token), "TOKEN_EXPIRED");
    EXPECT_EQ(authenticator_.cached(), 1U);
}

TEST_F(TokenTest, KeepsToItsTimes) {
    auto expired = claims();
    expired.expires_at = kNow;
    EXPECT_EQ(reason(sign(expired)), "TOKEN_EXPIRED");
    auto too_long = claims();
    too_long.expires_at = kNow + 24h + 1s;
    EXPECT_EQ(reason(sign(too_long)), "TOKEN_LIFETIME");
    auto early = claims();
    early.not_before = kNow + 31s;
    EXPECT_EQ(reason(sign(early)), "TOKEN_NOT_YET_VALID");
    early.not_before = kNow + 30s;
    EXPECT_EQ(reason(sign(early)), "OK");
}

TEST_F(TokenTest, RefusesForeignKeys) {
    const auto other = generate_key_pair(JwsAlgorithm::kEdDsa);
    EXPECT_EQ(reason(*sign_token(other.private_key, claims())), "TOKEN_SIGNATURE");
    EXPECT_EQ(reason("e30.e30.e30"), "TOKEN_MALFORMED");
}

TEST_F(TokenTest, RefusesOtherAudiences) {
    EXPECT_EQ(reason(raw(R"({"sub":"a","agency":"b","exp":1784333000})")), "TOKEN_AUDIENCE");
    EXPECT_EQ(reason(raw(R"({"sub":"a","agency":"b","exp":1784333000,"aud":"other"})")),
              "TOKEN_AUDIENCE");
    EXPECT_EQ(reason(raw(R"({"sub":"a","agency":"b","exp":1784333000,"aud":["x","liandong"]})")),
              "OK");
}

TEST_F(TokenTest, CallsBadClaimsMalformed) {
    for (const char* payload : {
             R"([])",
             R"({"aud":"liandong"})",
             R"({"aud":"liandong","exp":"soon","sub":"a","agency":"b"})",
             R"({"aud":"liandong","exp":-1,"sub":"a","agency":"b"})",
             R"({"aud":"liandong","exp":1e300,"sub":"a","agency":"b"})",
             R"({"aud":"liandong","exp":1784333000,"agency":"b"})",
             R"({"aud":"liandong","exp":1784333000,"sub":1,"agency":"b"})",
             R"({"aud":"liandong","exp":1784333000,"sub":"a b","agency":"b"})",
             R"({"aud":"liandong","exp":1784333000,"sub":"a","agency":"b","roles":"dispatcher"})",
             R"({"aud":"liandong","exp":1784333000,"sub":"a","agency":"b","roles":["king"]})",
             R"({"aud":"liandong","exp":1784333000,"sub":"a","agency":"b","scope":"live"})",
             R"({"aud":"liandong","exp":1784333000,"sub":"a","agency":"b","nbf":"x"})",
         }) {
        EXPECT_EQ(reason(raw(payload)), "TOKEN_MALFORMED") << payload;
    }
}

TEST_F(TokenTest, NeedsABearerToken) {
    for (const char* header : {"", "Basic abc", "bearer x", "Bearer"}) {
        const auto identity = authenticator_.authenticate({.authorization = header});
        EXPECT_EQ(identity.error().reason, "TOKEN_MISSING") << header;
    }
    EXPECT_TRUE(authenticator_.proves_identity());
}

// The cache never grows beyond its bound, and what falls out is only checked anew.
TEST_F(TokenTest, RemembersABoundedNumber) {
    std::vector<std::string> tokens;
    for (int i = 0; i < 5; ++i) {
        auto each = claims();
        each.principal.subject = "s" + std::to_string(i);
        tokens.push_back(sign(each));
        EXPECT_EQ(reason(tokens.back()), "OK");
    }
    EXPECT_EQ(authenticator_.cached(), 3U);
    EXPECT_EQ(reason(tokens.front()), "OK");
}

}  // namespace
}  // namespace liandong::rpc
