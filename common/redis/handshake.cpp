#include "common/redis/handshake.h"

namespace liandong::redis {
namespace {

Status check_done(const Reply& reply) {
    if (!reply.is(Reply::Type::kError)) return {};
    return fail(Code::kUnavailable, "STORE_UNAVAILABLE",
                "redis refused the greeting: " + reply.text);
}

Status check_master(const Reply& reply) {
    if (reply.is_error("NOPERM")) return {};
    if (auto status = check_done(reply); !status) return status;
    if (!reply.elements.empty() && reply.elements.front().text == "master") return {};
    return fail(Code::kUnavailable, "STORE_UNAVAILABLE", "this redis is not a master");
}

Status check_allowed(const Reply& reply) {
    if (reply.is_error("NOPERM")) return {};
    return check_done(reply);
}

}  // namespace

std::vector<HandshakeStep> handshake_steps(const std::string& username, const std::string& password,
                                           const std::string& client_name) {
    std::vector<HandshakeStep> steps;
    if (!password.empty()) {
        Command auth{"AUTH"};
        if (!username.empty()) auth.arg(username);
        auth.arg(password);
        steps.push_back({std::move(auth), check_done});
    }
    steps.push_back({Command{"CLIENT", "SETNAME", client_name}, check_allowed});
    steps.push_back({Command{"ROLE"}, check_master});
    return steps;
}

}  // namespace liandong::redis
