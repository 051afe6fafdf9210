#pragma once

#include "common/domain/scope.h"

namespace liandong::rpc {

/// The scope that a request names, in its header or by itself, not validated; and the path of that
/// field.
template <class Request> struct ScopeField {
    static constexpr bool kInHeader = requires(const Request& r) { r.header().scope(); };
    static constexpr bool kOwn = requires(const Request& r) { r.scope().world(); };
    static_assert(kInHeader || kOwn, "every request names its scope");

    static constexpr const char* kPath = kInHeader ? "header.scope" : "scope";

    static domain::Scope read(const Request& request) {
        const auto& scope = [&]() -> const auto& {
            if constexpr (kInHeader) {
                return request.header().scope();
            } else {
                return request.scope();
            }
        }();
        return {scope.world(), scope.district()};
    }
};

/// The request id of a change, for the log; empty for reads.
template <class Request> const char* request_id_of(const Request& request) {
    if constexpr (requires { request.header().request_id(); }) {
        return request.header().request_id().c_str();
    } else {
        return "";
    }
}

}  // namespace liandong::rpc
