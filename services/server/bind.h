#pragma once

#include "common/rpc/server.h"
#include "services/server/scope_stack.h"

#include <memory>
#include <vector>

namespace liandong::server {

using ScopeStacks = std::vector<std::unique_ptr<ScopeStack>>;

/// Bind the handlers of every scope to the RPCs of one role. A file each: instantiating the calls
/// is what takes the compiler long.
void bind_intake(rpc::Server& server, const ScopeStacks& scopes);
/// With `bind_intake`: what desks do besides taking reports.
void bind_desk(rpc::Server& server, const ScopeStacks& scopes);
void bind_dispatch(rpc::Server& server, const ScopeStacks& scopes);
void bind_publicinfo(rpc::Server& server, const ScopeStacks& scopes);

/// One kind of handlers of every scope.
template <class Handlers>
rpc::ScopeMap<Handlers> by_scope(const ScopeStacks& scopes, Handlers& (ScopeStack::*handlers)()) {
    rpc::ScopeMap<Handlers> map;
    for (const auto& stack : scopes) map.emplace(stack->scope(), &(*stack.*handlers)());
    return map;
}

}  // namespace liandong::server
