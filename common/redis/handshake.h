#pragma once

#include "common/base/error.h"
#include "common/redis/command.h"
#include "common/redis/reply.h"

#include <string>
#include <vector>

namespace liandong::redis {

/// One command of the greeting and the judge of its reply.
struct HandshakeStep {
    Command command;
    Status (*check)(const Reply& reply);
};

/// What every new connection sends, in one pipeline: AUTH when there is a password (`username`
/// empty: the default user), CLIENT SETNAME, and ROLE, which must be master. A user who may not ask
/// for the role is believed; the errors that a replica gives to writes close the connection later.
/// Failures: UNAVAILABLE / STORE_UNAVAILABLE.
std::vector<HandshakeStep> handshake_steps(const std::string& username, const std::string& password,
                                           const std::string& client_name);

}  // namespace liandong::redis
