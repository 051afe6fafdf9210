#include "common/base/clock.h"
#include "common/domain/principal.h"
#include "common/rpc/jws.h"
#include "common/rpc/token.h"
#include "liandong/common/v1/options.pb.h"
#include "tests/e2e/platform.h"
#include "tests/e2e/requests.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <stdlib.h>
#include <unistd.h>

namespace liandong::test {
namespace {

using google::protobuf::MethodDescriptor;

domain::Permission permission_of(const MethodDescriptor& method) {
    return static_cast<domain::Permission>(
        method.options().GetExtension(liandong::common::v1::permission));
}

/// A request that names its scope and nothing else: far enough to be asked who is there.
std::string scope_only(const MethodDescriptor& method) {
    dispatch_pb::ReportPositionsRequest bare;
    *bare.mutable_scope() = scope();
    if (!method.input_type()->FindFieldByName("header")) return bare.SerializeAsString();
    return read_of<intake_pb::GetIncidentRequest>().SerializeAsString();
}

// Default deny: whoever has the role for an RPC gets past the door, nobody else does.
TEST(Roles, EveryRpcIsOpenToExactlyTheRolesOfTheTable) {
    const Platform platform;
    const std::uint64_t before = last_seq(platform.redis);
    std::size_t open = 0, closed = 0;
    for (const MethodDescriptor* method : all_methods()) {
        EXPECT_NE(permission_of(*method), domain::Permission::kNone) << method->full_name();
        const auto reason_for = [&](std::string_view role) {
            const std::string who = fmt::format("subject=x;agency=gongan;roles={}", role);
            const Answer answer =
                platform.wire.call(*method, scope_only(*method),
                                   {.principal = role.empty() ? "subject=x;agency=gongan" : who});
            const bool is_denied = answer.error && answer.error->code == Code::kPermissionDenied;
            EXPECT_EQ(is_denied, answer.error && answer.error->reason == "PERMISSION_MISSING");
            return is_denied;
        };
        EXPECT_TRUE(reason_for("")) << method->name() << " without a role";
        for (const domain::Role role : domain::kAllRoles) {
            const bool may = domain::allows(role, permission_of(*method));
            ++(may ? open : closed);
            EXPECT_EQ(reason_for(domain::to_string(role)), !may)
                << method->name() << " as " << domain::to_string(role);
        }
    }
    fmt::print("{} RPCs x {} roles: {} open, {} closed\n", all_methods().size(),
               std::size(domain::kAllRoles), open, closed);
    EXPECT_EQ(last_seq(platform.redis), before);
}

/// A server that believes signed tokens alone, and those who sign.
class Tokens : public ::testing::Test {
protected:
    Tokens() : platform_({"--token-keys=" + write_keys()}) {}
    ~Tokens() override { std::filesystem::remove(path_); }

    std::string write_keys() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "liandong-keys-XXXXXX").string();
        ::close(::mkstemp(pattern.data()));
        path_ = pattern;
        std::ofstream(path_) << keys_.public_key;
        return path_;
    }

    std::string token(const rpc::KeyPairPem& keys, std::chrono::seconds lifetime,
                      std::optional<domain::Scope> only = {}) const {
        rpc::TokenClaims claims;
        claims.principal.subject = "wang";
        claims.principal.agency = "gongan";
        claims.principal.roles = {domain::Role::kDispatcher};
        claims.principal.scope = std::move(only);
        claims.expires_at =
            std::chrono::floor<std::chrono::seconds>(SystemClock().now()) + lifetime;
        return rpc::sign_token(keys.private_key, claims).value();
    }

    std::string reason(const CallOptions& options) {
        const Answer answer = platform_.wire.call(Wire::method_of(report("")),
                                                  report("水").SerializeAsString(), options);
        return answer.error ? answer.error->reason : "OK";
    }

    rpc::KeyPairPem keys_ = rpc::generate_key_pair(rpc::JwsAlgorithm::kEdDsa);
    std::string path_;
    Platform platform_;
};

TEST_F(Tokens, OpenWhatTheySay) {
    using std::chrono::hours;
    EXPECT_EQ(reason({.principal = "", .token = token(keys_, hours{1})}), "OK");
    EXPECT_EQ(reason({.principal = "", .token = token(keys_, hours{1}, {{"exercise", "420981"}})}),
              "OK");
}

TEST_F(Tokens, AreTheOnlyThingThatOpens) {
    using std::chrono::hours;
    const auto others = rpc::generate_key_pair(rpc::JwsAlgorithm::kEdDsa);
    const std::uint64_t before = last_seq(platform_.redis);
    EXPECT_EQ(reason({}), "TOKEN_MISSING") << "metadata is not believed";
    EXPECT_EQ(reason({.principal = "", .token = "a.b.c"}), "TOKEN_MALFORMED");
    EXPECT_EQ(reason({.principal = "", .token = token(others, hours{1})}), "TOKEN_SIGNATURE");
    EXPECT_EQ(reason({.principal = "", .token = token(keys_, hours{-1})}), "TOKEN_EXPIRED");
    EXPECT_EQ(reason({.principal = "", .token = token(keys_, hours{25})}), "TOKEN_LIFETIME");
    EXPECT_EQ(reason({.principal = "", .token = token(keys_, hours{1}, {{"live", "420981"}})}),
              "WRONG_SCOPE");
    EXPECT_EQ(last_seq(platform_.redis), before);
}

// A stream is as old as its token at most; the client comes back with a new one and resumes.
TEST_F(Tokens, EndTheirStreamsWhenTheyEnd) {
    const auto request = read_of<dispatch_pb::WatchBoardRequest>();
    const Answer answer = platform_.wire.call(
        Wire::method_of(request), request.SerializeAsString(),
        {.principal = "", .token = token(keys_, std::chrono::seconds{2}), .messages_max = 1'000});
    ASSERT_TRUE(answer.error);
    EXPECT_EQ(answer.error->reason, "TOKEN_EXPIRED");
    EXPECT_FALSE(answer.messages.empty());
}

}  // namespace
}  // namespace liandong::test
