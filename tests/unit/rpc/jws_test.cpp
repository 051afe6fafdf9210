#include "common/rpc/jws.h"

#include "common/rpc/base64url.h"

#include <gtest/gtest.h>

namespace liandong::rpc {
namespace {

std::string reason(const Result<std::string>& result) {
    return result ? "OK" : result.error().reason;
}

class JwsTest : public testing::TestWithParam<JwsAlgorithm> {
protected:
    KeyPairPem pair_ = generate_key_pair(GetParam());
    KeyRing ring_ = *KeyRing::parse(pair_.public_key);
};
INSTANTIATE_TEST_SUITE_P(Algorithms, JwsTest,
                         testing::Values(JwsAlgorithm::kEdDsa, JwsAlgorithm::kEs256));

TEST_P(JwsTest, VerifiesWhatItSigned) {
    const auto token = sign_jws(pair_.private_key, "{\"a\":1}");
    ASSERT_TRUE(token.has_value());
    EXPECT_EQ(ring_.verify(*token), "{\"a\":1}");
}

// No byte of a token may change.
TEST_P(JwsTest, RefusesATokenOfWhichAnyCharacterWasChanged) {
    const std::string token = *sign_jws(pair_.private_key, "{\"a\":1}");
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string bad = token;
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        EXPECT_NE(reason(ring_.verify(bad)), "OK") << i;
    }
}

TEST_P(JwsTest, RefusesAnotherKeyOfTheSameKind) {
    const auto other = generate_key_pair(GetParam());
    EXPECT_EQ(reason(ring_.verify(*sign_jws(other.private_key, "{}"))), "TOKEN_SIGNATURE");
}

TEST_P(JwsTest, TakesAnyOfSeveralKeys) {
    const auto other = generate_key_pair(JwsAlgorithm::kEdDsa);
    const auto both = KeyRing::parse(other.public_key + pair_.public_key);
    ASSERT_TRUE(both.has_value());
    EXPECT_EQ(reason(both->verify(*sign_jws(pair_.private_key, "{}"))), "OK");
    EXPECT_EQ(reason(both->verify(*sign_jws(other.private_key, "{}"))), "OK");
}

TEST_P(JwsTest, RefusesEveryOtherAlgorithm) {
    for (const char* algorithm : {"none", "None", "HS256", "RS256", "ES384", "eddsa"}) {
        const std::string header = std::string("{\"alg\":\"") + algorithm + "\"}";
        const std::string token = to_base64url(header) + '.' + to_base64url("{}") + '.';
        EXPECT_EQ(reason(ring_.verify(token)), "TOKEN_ALGORITHM") << algorithm;
        EXPECT_EQ(reason(ring_.verify(token + "AAAA")), "TOKEN_ALGORITHM") << algorithm;
    }
}

// The algorithm is the key's, not the token's: the public key must not serve as a secret or as
// another kind's.
TEST_P(JwsTest, RefusesTheOtherAlgorithmsNameOnAGoodSignature) {
    const std::string token = *sign_jws(pair_.private_key, "{}");
    const char* other = GetParam() == JwsAlgorithm::kEs256 ? "EdDSA" : "ES256";
    const std::string header = std::string("{\"alg\":\"") + other + "\"}";
    const std::string bad = to_base64url(header) + token.substr(token.find('.'));
    EXPECT_EQ(reason(ring_.verify(bad)), "TOKEN_SIGNATURE");
}

TEST_P(JwsTest, CallsGarbageMalformed) {
    const std::string critical =
        to_base64url(R"({"alg":"EdDSA","crit":["x"],"x":1})") + ".e30.AAAA";
    for (const std::string& token :
         {std::string(), std::string("a.b"), std::string("....."), std::string("!.!.!"),
          std::string(9000, 'a'), to_base64url("[]") + ".e30.AAAA", critical}) {
        EXPECT_EQ(reason(ring_.verify(token)), "TOKEN_MALFORMED") << token.substr(0, 40);
    }
}

TEST(KeyRing, RefusesFilesWithoutUsableKeys) {
    EXPECT_EQ(KeyRing::parse("").error().reason, "TOKEN_KEYS_MALFORMED");
    EXPECT_EQ(KeyRing::parse(generate_key_pair(JwsAlgorithm::kEdDsa).private_key).error().reason,
              "TOKEN_KEYS_MALFORMED");
    EXPECT_EQ(KeyRing::load("/nonexistent").error().reason, "TOKEN_KEYS_UNREADABLE");
}

}  // namespace
}  // namespace liandong::rpc
