#pragma once

#include "common/base/check.h"
#include "common/domain/scope.h"

#include <map>
#include <memory>
#include <utility>

namespace liandong::rpc {

/// The handler objects of one service, one a scope that this process serves.
template <class Handlers> using ScopeMap = std::map<domain::Scope, Handlers*>;

/// A handler that picks the object for the request's scope. For other scopes the bridge answers
/// FAILED_PRECONDITION / WRONG_SCOPE and calls nothing.
template <class Handlers, class Member> class ByScope {
public:
    ByScope(ScopeMap<Handlers> handlers, Member member)
        : handlers_(std::move(handlers)), member_(member) {}

    bool serves(const domain::Scope& scope) const { return handlers_.contains(scope); }

    /// `serves(scope)` must hold.
    template <class... Arguments>
    auto operator()(const domain::Scope& scope, Arguments&&... arguments) const {
        const auto found = handlers_.find(scope);
        LIANDONG_CHECK(found != handlers_.end());
        return (found->second->*member_)(std::forward<Arguments>(arguments)...);
    }

private:
    ScopeMap<Handlers> handlers_;
    Member member_;
};

/// `by_scope(handlers, &IntakeHandlers::report_incident)`. The objects must outlive the server.
template <class Handlers, class Member>
ByScope<Handlers, Member> by_scope(ScopeMap<Handlers> handlers, Member member) {
    return {std::move(handlers), member};
}

/// A handler that serves every scope: any callable of the handler shapes.
template <class Callable> class AnyScope {
public:
    explicit AnyScope(Callable callable) : callable_(std::move(callable)) {}
    bool serves(const domain::Scope&) const { return true; }
    template <class... Arguments> auto operator()(const domain::Scope&, Arguments&&... arguments) {
        return callable_(std::forward<Arguments>(arguments)...);
    }

private:
    Callable callable_;
};

template <class T> inline constexpr bool kIsByScope = false;
template <class Handlers, class Member>
inline constexpr bool kIsByScope<ByScope<Handlers, Member>> = true;

/// What the binding keeps: a `ByScope` as it is, anything else wrapped.
template <class Handler> auto scoped(Handler handler) {
    if constexpr (kIsByScope<Handler>) {
        return handler;
    } else {
        return AnyScope<Handler>(std::move(handler));
    }
}

}  // namespace liandong::rpc
