#pragma once

#include "common/store/scope_context.h"

#include <string>
#include <string_view>

namespace liandong::store {

/// NOT_FOUND / <KIND>_UNKNOWN, metadata "field" (default "<kind>_id").
std::unexpected<Error> unknown_entity(domain::Kind kind, std::string_view id,
                                      std::string field = {});

template <class T> std::unexpected<Error> unknown(std::string_view id, std::string field = {}) {
    return unknown_entity(domain::kKindOf<T>, id, std::move(field));
}

template <class T> struct Found {
    Versioned<T> held;
    Revision revision;
};

/// One entity: from the mirror, else (older than what it keeps, or newer than what it has seen)
/// from the store. NOT_FOUND / <KIND>_UNKNOWN and the errors of `Store::read`.
template <class T>
Task<Result<Found<T>>> find(ScopeContext& context, std::string id, MonotonicTime deadline);

}  // namespace liandong::store
