#include "common/rpc/jws.h"

#include "common/base/id.h"
#include "common/rpc/base64url.h"
#include "common/rpc/ecdsa_form.h"

#include <boost/json.hpp>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <iterator>
#include <optional>

namespace liandong::rpc {
namespace {

constexpr std::size_t kTokenBytesMax = 8 * 1024;
constexpr std::size_t kKeysMax = 16;

struct BioDeleter {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, BioDeleter>;
struct ContextDeleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

Bio reader(std::string_view text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::unexpected<Error> refused(std::string reason, std::string message) {
    return fail(Code::kUnauthenticated, std::move(reason), std::move(message));
}

std::unexpected<Error> bad_keys(std::string message) {
    return fail(Code::kInvalidArgument, "TOKEN_KEYS_MALFORMED", std::move(message));
}

/// Ed25519 hashes by itself.
const EVP_MD* digest_of(JwsAlgorithm algorithm) {
    return algorithm == JwsAlgorithm::kEs256 ? EVP_sha256() : nullptr;
}

std::string_view name_of(JwsAlgorithm algorithm) {
    return algorithm == JwsAlgorithm::kEs256 ? "ES256" : "EdDSA";
}

const unsigned char* data_of(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

bool verifies(EVP_PKEY* key, JwsAlgorithm algorithm, std::string_view input,
              std::string_view signature) {
    std::string der;
    if (algorithm == JwsAlgorithm::kEs256) {
        der = ecdsa_to_der(signature);
        if (der.empty()) return false;
        signature = der;
    }
    const DigestContext context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, digest_of(algorithm), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), data_of(signature), signature.size(), data_of(input),
                            input.size()) == 1;
}

struct Parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signed_input;
};

std::optional<Parts> split(std::string_view token) {
    const std::size_t first = token.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
                 token.substr(second + 1), token.substr(0, second)};
}

struct Header {
    std::string algorithm;
    std::string key_id;
};

std::optional<Header> parse_header(std::string_view encoded) {
    const auto text = from_base64url(encoded);
    if (!text) return std::nullopt;
    boost::json::error_code error;
    const auto json = boost::json::parse(*text, error);
    if (error || !json.is_object()) return std::nullopt;
    const auto& object = json.get_object();
    const auto* algorithm = object.if_contains("alg");
    // RFC 7515 §4.1.11: extensions that are not understood make a token invalid; we understand
    // none.
    if (algorithm == nullptr || !algorithm->is_string() || object.contains("crit")) {
        return std::nullopt;
    }
    Header header{std::string(algorithm->get_string()), {}};
    if (const auto* id = object.if_contains("kid")) {
        if (!id->is_string()) return std::nullopt;
        header.key_id = std::string(id->get_string());
    }
    return header;
}

std::optional<JwsAlgorithm> parse_algorithm(std::string_view name) {
    for (const auto algorithm : {JwsAlgorithm::kEdDsa, JwsAlgorithm::kEs256}) {
        if (name == name_of(algorithm)) return algorithm;
    }
    return std::nullopt;
}

std::string read_all(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace

std::optional<JwsAlgorithm> algorithm_of(const EVP_PKEY& key) {
    if (EVP_PKEY_is_a(&key, "ED25519") == 1) return JwsAlgorithm::kEdDsa;
    char group[32] = {};
    std::size_t size = 0;
    if (EVP_PKEY_is_a(&key, "EC") == 1 &&
        EVP_PKEY_get_group_name(&key, group, sizeof(group), &size) == 1 &&
        std::string_view(group, size) == "prime256v1") {
        return JwsAlgorithm::kEs256;
    }
    return std::nullopt;
}

std::string key_id(const EVP_PKEY& key) {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(&key, &der);
    const std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return sha256_hex_of(bytes).substr(0, 16);
}

Result<KeyRing> KeyRing::parse(std::string_view pem) {
    KeyRing ring;
    const Bio bio = reader(pem);
    while (Key key{PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr)}) {
        const auto algorithm = algorithm_of(*key);
        if (!algorithm) return bad_keys("token keys must be Ed25519 or P-256 public keys");
        if (ring.entries_.size() == kKeysMax) return bad_keys("more than 16 token keys");
        std::string id = key_id(*key);
        ring.entries_.push_back({std::move(id), *algorithm, std::move(key)});
    }
    if (ring.entries_.empty()) return bad_keys("no public key in the token keys file");
    return ring;
}

Result<KeyRing> KeyRing::load(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return fail(Code::kUnavailable, "TOKEN_KEYS_UNREADABLE", "cannot read token keys " + path);
    }
    const std::string pem{std::istreambuf_iterator<char>(file), {}};
    return parse(pem);
}

Result<std::string> KeyRing::verify(std::string_view token) const {
    const auto parts = token.size() <= kTokenBytesMax ? split(token) : std::nullopt;
    if (!parts) return refused("TOKEN_MALFORMED", "not a compact JWS of at most 8 KiB");
    const auto header = parse_header(parts->header);
    auto payload = from_base64url(parts->payload);
    const auto signature = from_base64url(parts->signature);
    if (!header || !payload || !signature) {
        return refused("TOKEN_MALFORMED", "the parts of the token cannot be read");
    }
    const auto algorithm = parse_algorithm(header->algorithm);
    if (!algorithm) return refused("TOKEN_ALGORITHM", "tokens are signed with EdDSA or ES256");
    for (const Entry& entry : entries_) {
        if (entry.algorithm != *algorithm) continue;
        if (!header->key_id.empty() && header->key_id != entry.id) continue;
        if (verifies(entry.key.get(), *algorithm, parts->signed_input, *signature)) {
            return std::move(*payload);
        }
    }
    return refused("TOKEN_SIGNATURE", "no known key has signed the token");
}

Result<std::string> sign_jws(std::string_view private_key_pem, std::string_view payload) {
    const Bio bio = reader(private_key_pem);
    const Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    const auto algorithm = key ? algorithm_of(*key) : std::nullopt;
    if (!algorithm) return bad_keys("not an Ed25519 or P-256 private key");
    const boost::json::object header{
        {"alg", name_of(*algorithm)}, {"typ", "JWT"}, {"kid", key_id(*key)}};
    const std::string input =
        to_base64url(boost::json::serialize(header)) + '.' + to_base64url(payload);
    const DigestContext context(EVP_MD_CTX_new());
    std::string signature(128, '\0');
    std::size_t size = signature.size();
    if (EVP_DigestSignInit(context.get(), nullptr, digest_of(*algorithm), nullptr, key.get()) !=
            1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       data_of(input), input.size()) != 1) {
        return bad_keys("the key cannot sign");
    }
    signature.resize(size);
    if (*algorithm == JwsAlgorithm::kEs256) signature = ecdsa_from_der(signature);
    return input + '.' + to_base64url(signature);
}

KeyPairPem generate_key_pair(JwsAlgorithm algorithm) {
    const Key key(algorithm == JwsAlgorithm::kEs256
                      ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")
                      : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    const Bio secret(BIO_new(BIO_s_mem()));
    const Bio open(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    PEM_write_bio_PUBKEY(open.get(), key.get());
    return {read_all(secret.get()), read_all(open.get())};
}

}  // namespace liandong::rpc
