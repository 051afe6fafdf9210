#pragma once

#include "common/base/error.h"
#include "common/redis/reply.h"

namespace liandong::redis {

/// What an error reply means for a store's caller. Every one of these says that the command was not
/// done: RESOURCE_EXHAUSTED / STORE_FULL (OOM), UNAVAILABLE / STORE_READ_ONLY (MISCONF, NOREPLICAS:
/// redis takes no writes now), UNAVAILABLE / STORE_UNAVAILABLE (not the master, loading, no rights,
/// function missing, wrong slot …). Anything else is INTERNAL / STORE_CORRUPT; for a command that
/// writes, its outcome is then unknown.
Error to_error(const Reply& reply);

/// True when the connection that gave this reply is of no use: READONLY, LOADING, MASTERDOWN,
/// NOAUTH.
bool makes_connection_useless(const Reply& reply);

/// True when the server does not know the function that was called.
bool says_function_missing(const Reply& reply);

}  // namespace liandong::redis
