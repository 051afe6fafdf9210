#pragma once

#include "common/base/error.h"
#include "common/base/random.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace liandong {

struct Sealed {
    std::string key_id;
    std::string bytes;  ///< nonce (12) ‖ ciphertext ‖ tag (16); empty for an empty text
};

/// Keeps personal data unreadable in the store and in the event log: erasing the key erases the
/// person.
class Sealer {
public:
    virtual ~Sealer() = default;
    /// `bound_to` (an entity id) is authenticated: what was sealed for one entity does not open for
    /// another.
    virtual Sealed seal(std::string_view text, std::string_view bound_to) = 0;
    /// INTERNAL / SEAL_BROKEN when the bytes were changed or belong elsewhere, NOT_FOUND /
    /// SEAL_KEY_ERASED when this sealer has no such key.
    virtual Result<std::string> open(const Sealed& sealed, std::string_view bound_to) = 0;
    /// A number that stands for a text and tells nothing of it without the key: equal for equal
    /// texts, so that what must not be kept can still be recognised. Never 0.
    virtual std::uint64_t token(std::string_view text) const = 0;
};

/// AES-256-GCM (NIST SP 800-38D) with one key per scope. Nonces come from `random`, 96 bits each.
class AesSealer final : public Sealer {
public:
    /// `key`: exactly 32 bytes (checked). `random` must outlive it.
    AesSealer(std::string key, Random& random);
    Sealed seal(std::string_view text, std::string_view bound_to) override;
    Result<std::string> open(const Sealed& sealed, std::string_view bound_to) override;
    std::uint64_t token(std::string_view text) const override;

private:
    std::string key_;
    std::string key_id_;  ///< first 16 hex digits of the key's SHA-256
    Random& random_;
};

}  // namespace liandong
