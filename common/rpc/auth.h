#pragma once

#include "common/base/time.h"
#include "common/domain/principal.h"

#include <optional>
#include <string>
#include <string_view>

namespace liandong::rpc {

/// What a call says of its caller: the values of its request metadata, empty when absent. They live
/// for the call.
struct Credentials {
    std::string_view authorization{};  ///< `authorization`
    std::string_view principal{};      ///< `liandong-principal`
};

struct Identity {
    domain::Principal principal;
    std::optional<Timestamp> expires_at;  ///< wall time; streams end then
};

/// Says who calls; asked for every call, never once per connection. On the io_context's thread.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// UNAUTHENTICATED with a reason of the implementation. The reference lives until the next call
    /// of `authenticate`.
    virtual Result<const Identity*> authenticate(const Credentials& credentials) = 0;
    /// False when it believes whatever callers say: such a server listens on loopback only.
    virtual bool proves_identity() const = 0;
};

/// Believes what the caller says: for loopback without keys only (the server refuses any other
/// use). Reads
///   liandong-principal: subject=wang;agency=gongan;roles=dispatcher,call_taker
/// with the keys subject and agency (required), roles (of domain::parse_role, comma-separated),
/// jurisdiction, unit and scope ("world.district"), each at most once, in any order.
/// UNAUTHENTICATED / PRINCIPAL_MISSING, PRINCIPAL_MALFORMED.
class MetadataAuthenticator final : public Authenticator {
public:
    Result<const Identity*> authenticate(const Credentials& credentials) override;
    bool proves_identity() const override { return false; }

private:
    // Calls of one client come in rows: what was read last is read again only when the text
    // differs.
    std::string last_text_;
    Identity last_;
};

/// Reads the value of `liandong-principal`. UNAUTHENTICATED / PRINCIPAL_MALFORMED.
Result<domain::Principal> parse_principal(std::string_view text);

/// The value that `parse_principal` reads back: what clients without keys send.
std::string format_principal(const domain::Principal& principal);

/// 1–64 of [A-Za-z0-9_.@-]; 1–32 of [A-Za-z0-9-]; the rest as in domain::Principal. Shared by both
/// authenticators.
bool is_well_formed(const domain::Principal& principal);

}  // namespace liandong::rpc
