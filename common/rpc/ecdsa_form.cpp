#include "common/rpc/ecdsa_form.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>

#include <memory>

namespace liandong::rpc {
namespace {

constexpr int kPartBytes = 32;

struct SignatureDeleter {
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
using Signature = std::unique_ptr<ECDSA_SIG, SignatureDeleter>;

}  // namespace

std::string ecdsa_to_der(std::string_view r_and_s) {
    if (r_and_s.size() != 2 * kPartBytes) return {};
    const auto* bytes = reinterpret_cast<const unsigned char*>(r_and_s.data());
    const Signature signature(ECDSA_SIG_new());
    // `set0` takes both numbers over.
    if (ECDSA_SIG_set0(signature.get(), BN_bin2bn(bytes, kPartBytes, nullptr),
                       BN_bin2bn(bytes + kPartBytes, kPartBytes, nullptr)) != 1) {
        return {};
    }
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &der);
    if (size <= 0) return {};
    std::string out(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return out;
}

std::string ecdsa_from_der(std::string_view der) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const Signature signature(d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
    if (!signature) return {};
    std::string out(2 * kPartBytes, '\0');
    auto* part = reinterpret_cast<unsigned char*>(out.data());
    if (BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), part, kPartBytes) != kPartBytes ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), part + kPartBytes, kPartBytes) !=
            kPartBytes) {
        return {};
    }
    return out;
}

}  // namespace liandong::rpc
