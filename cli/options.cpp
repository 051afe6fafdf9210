#include "cli/options.h"

#include "common/base/id.h"
#include "common/rpc/auth.h"

#include <fmt/format.h>

#include <fstream>

namespace liandong::cli {

Result<Identity> check(const Options& options) {
    auto scope = domain::parse_scope(options.scope);
    if (!scope) return fail(std::move(scope.error()));
    auto principal = rpc::parse_principal(options.principal);
    if (!principal) {
        Error error = std::move(principal.error());
        error.code = Code::kInvalidArgument;
        return fail(std::move(error));
    }
    if (!options.request_id.empty() && !is_uuid_v7(options.request_id)) {
        return fail(Code::kInvalidArgument, "REQUEST_ID_MALFORMED",
                    fmt::format("'{}' is no UUID of version 7", options.request_id));
    }
    if (!(options.timeout_seconds > 0 && options.timeout_seconds <= 600)) {
        return fail(Code::kInvalidArgument, "TIMEOUT_OUT_OF_RANGE",
                    "--timeout takes seconds in (0, 600]");
    }
    return Identity{std::move(*scope), rpc::format_principal(*principal)};
}

Result<std::string> read_token(const std::string& path) {
    std::ifstream file(path);
    std::string token;
    std::getline(file, token);
    while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
    if (token.empty()) {
        return fail(Code::kInvalidArgument, "TOKEN_FILE_UNREADABLE",
                    fmt::format("no token in '{}'", path));
    }
    return token;
}

}  // namespace liandong::cli
