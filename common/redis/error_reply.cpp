#include "common/redis/error_reply.h"

#include <algorithm>

namespace liandong::redis {
namespace {

constexpr std::string_view kUseless[] = {"READONLY", "LOADING", "MASTERDOWN", "NOAUTH"};
constexpr std::string_view kNotNow[] = {"NOPERM", "BUSY",     "CLUSTERDOWN", "MOVED",
                                        "ASK",    "TRYAGAIN", "CROSSSLOT"};

bool is_any(const Reply& reply, const auto& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return reply.is_error(word); });
}

}  // namespace

bool makes_connection_useless(const Reply& reply) {
    return reply.is(Reply::Type::kError) && is_any(reply, kUseless);
}

bool says_function_missing(const Reply& reply) {
    return reply.is(Reply::Type::kError) && reply.text.starts_with("ERR Function not found");
}

Error to_error(const Reply& reply) {
    if (reply.is_error("OOM")) return {Code::kResourceExhausted, "STORE_FULL", reply.text, {}};
    if (reply.is_error("MISCONF") || reply.is_error("NOREPLICAS")) {
        return {Code::kUnavailable, "STORE_READ_ONLY", reply.text, {}};
    }
    if (is_any(reply, kUseless) || is_any(reply, kNotNow) || says_function_missing(reply)) {
        return {Code::kUnavailable, "STORE_UNAVAILABLE", reply.text, {}};
    }
    return {Code::kInternal, "STORE_CORRUPT", "redis: " + reply.text, {}};
}

}  // namespace liandong::redis
