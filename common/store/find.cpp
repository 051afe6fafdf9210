#include "common/store/find.h"

#include "common/store/codec.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::store {

using namespace domain;

std::unexpected<Error> unknown_entity(Kind kind, std::string_view id, std::string field) {
    const std::string_view word = to_string(kind);
    std::string reason;
    for (char c : word) reason += c == '_' ? c : static_cast<char>(c - 'a' + 'A');
    if (field.empty()) field = fmt::format("{}_id", word);
    return fail(Error{
        Code::kNotFound,
        reason + "_UNKNOWN",
        fmt::format("there is no {} {}", word, id),
        {}}.with("field", std::move(field)));
}

template <class T>
Task<Result<Found<T>>> find(ScopeContext& context, std::string id, MonotonicTime deadline) {
    Found<T> found;
    found.revision = context.mirror.revision();
    if (const auto* held = context.mirror.find<T>(id)) {
        found.held = *held;
        co_return found;
    }
    std::vector<Key> keys;
    keys.push_back(key_of<T>(id));
    const auto read = co_await context.store.read(std::move(keys), std::nullopt, deadline);
    if (!read) co_return fail(read.error());
    if (read->values[0].version == 0) co_return unknown<T>(id);
    auto decoded = decode(kKindOf<T>, read->values[0].bytes);
    if (!decoded) co_return fail(std::move(decoded.error()));
    found.held = {read->values[0].version, decoded->schema,
                  std::make_shared<const T>(std::get<T>(std::move(decoded->entity)))};
    found.revision.seq = std::max(found.revision.seq, found.held.version);
    co_return found;
}

template Task<Result<Found<Incident>>> find<Incident>(ScopeContext&, std::string, MonotonicTime);
template Task<Result<Found<Unit>>> find<Unit>(ScopeContext&, std::string, MonotonicTime);
template Task<Result<Found<Order>>> find<Order>(ScopeContext&, std::string, MonotonicTime);
template Task<Result<Found<Bulletin>>> find<Bulletin>(ScopeContext&, std::string, MonotonicTime);
template Task<Result<Found<Closure>>> find<Closure>(ScopeContext&, std::string, MonotonicTime);

}  // namespace liandong::store
