#include "common/base/sealer.h"

#include "common/base/check.h"
#include "common/base/id.h"

#include <openssl/evp.h>

#include <memory>

namespace liandong {
namespace {

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

struct FreeContext {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeContext>;

const unsigned char* data(std::string_view bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* data(std::string& bytes, std::size_t at = 0) {
    return reinterpret_cast<unsigned char*>(bytes.data() + at);
}

}  // namespace

AesSealer::AesSealer(std::string key, Random& random) : key_(std::move(key)), random_(random) {
    LIANDONG_CHECK(key_.size() == 32);
    key_id_ = sha256_hex_of(key_).substr(0, 16);
}

Sealed AesSealer::seal(std::string_view text, std::string_view bound_to) {
    if (text.empty()) return {};
    std::string out(kNonce + text.size() + kTag, '\0');
    for (std::size_t i = 0; i < kNonce; i += 4) {
        const std::uint64_t chance = random_.next();
        for (std::size_t j = 0; j < 4; ++j) out[i + j] = static_cast<char>(chance >> (8 * j));
    }
    const Context context(EVP_CIPHER_CTX_new());
    int size = 0;
    LIANDONG_CHECK(
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, data(key_), data(out)) == 1);
    LIANDONG_CHECK(EVP_EncryptUpdate(context.get(), nullptr, &size, data(bound_to),
                                     static_cast<int>(bound_to.size())) == 1);
    LIANDONG_CHECK(EVP_EncryptUpdate(context.get(), data(out, kNonce), &size, data(text),
                                     static_cast<int>(text.size())) == 1);
    LIANDONG_CHECK(EVP_EncryptFinal_ex(context.get(), data(out, kNonce + text.size()), &size) == 1);
    LIANDONG_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag,
                                       data(out, kNonce + text.size())) == 1);
    return {key_id_, std::move(out)};
}

Result<std::string> AesSealer::open(const Sealed& sealed, std::string_view bound_to) {
    if (sealed.bytes.empty()) return std::string();
    if (sealed.key_id != key_id_) {
        return fail(Code::kNotFound, "SEAL_KEY_ERASED", "the key that sealed this is not here");
    }
    const auto broken = [] {
        return fail(Code::kInternal, "SEAL_BROKEN",
                    "the sealed data was changed or belongs elsewhere");
    };
    if (sealed.bytes.size() < kNonce + kTag) return broken();
    std::string in = sealed.bytes;
    std::string out(in.size() - kNonce - kTag, '\0');
    const Context context(EVP_CIPHER_CTX_new());
    int size = 0;
    LIANDONG_CHECK(
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, data(key_), data(in)) == 1);
    LIANDONG_CHECK(EVP_DecryptUpdate(context.get(), nullptr, &size, data(bound_to),
                                     static_cast<int>(bound_to.size())) == 1);
    LIANDONG_CHECK(EVP_DecryptUpdate(context.get(), data(out), &size, data(in, kNonce),
                                     static_cast<int>(out.size())) == 1);
    LIANDONG_CHECK(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag,
                                       data(in, in.size() - kTag)) == 1);
    if (EVP_DecryptFinal_ex(context.get(), data(out), &size) != 1) return broken();
    return out;
}

std::uint64_t AesSealer::token(std::string_view text) const {
    std::uint64_t token = 0;
    const std::string digest = sha256_hex({"token", key_, text});
    for (const char digit : std::string_view(digest).substr(0, 16)) {
        token = token << 4U | static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    return token == 0 ? 1 : token;
}

}  // namespace liandong
