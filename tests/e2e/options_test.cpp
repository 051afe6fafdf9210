#include "tests/support/server_process.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace liandong::test {
namespace {

using namespace std::chrono_literals;

/// The exit status, and whether one line, no more and no less, says why.
void expect_refused(ServerProcess::Options options, int status) {
    const std::string last = options.more.empty() ? options.listen : options.more.back();
    SCOPED_TRACE(last);
    ServerProcess server(std::move(options));
    server.launch();
    EXPECT_EQ(server.wait_for_exit(20s), status);
    const std::string said = server.standard_error();
    EXPECT_EQ(std::ranges::count(said, '\n'), 1) << said;
    EXPECT_TRUE(said.starts_with("liandong-server: ")) << said;
}

TEST(Options, BadFlagsAreRefusedInOneLineWithStatus2) {
    const char* flags[] = {
        "--no-such-flag",    "--roles=intake,kitchen",
        "--rate=0",          "--rate=-1",
        "--rate=1000000",    "--rate=fast",
        "--epoch=yesterday", "--log-level=loud",
        "--drain-notice=61", "--scope=exercise.420981,exercise.420981",
        "surplus",
    };
    for (const char* flag : flags) {
        expect_refused({.redis = "unix:/nowhere", .more = {flag}}, 2);
    }
    for (const char* scope : {"exercise", "exercise.{420981}", "a.b.c", "exercise."}) {
        expect_refused({.redis = "unix:/nowhere", .scope = scope}, 2);
    }
    expect_refused({.redis = "unix:/nowhere", .scope = ""}, 2);
}

// A live scope whose personal data nobody could read after a restart, or whose clock lies, must not
// start at all.
TEST(Options, ALiveScopeNeedsItsSealingKeyAndTheRealTime) {
    expect_refused({.redis = "unix:/nowhere", .scope = "live.420981"}, 2);
    for (const char* flag : {"--rate=2", "--epoch=2026-07-18T10:00:00Z"}) {
        expect_refused({.redis = "unix:/nowhere",
                        .scope = "live.420981",
                        .more = {"--sealing-key-file=/dev/null", flag}},
                       2);
    }
}

TEST(Options, FilesThatCannotBeUsedAreNamedBeforeAnythingStarts) {
    for (const char* flag :
         {"--sealing-key-file=/nowhere", "--sealing-key-file=/dev/null", "--token-keys=/nowhere",
          "--token-keys=/dev/null", "--redis-password-file=/nowhere", "--metrics=256.0.0.1:1"}) {
        expect_refused({.redis = "unix:/nowhere", .more = {flag}}, 1);
    }
    expect_refused({.redis = "carrier-pigeon:7"}, 1);
}

// Whoever believes what callers say must not be heard beyond this machine.
TEST(Options, ListeningBeyondLoopbackWithoutKeysIsRefused) {
    const RedisProcess redis;
    expect_refused({.redis = redis_option(redis), .listen = "0.0.0.0:0"}, 1);
    expect_refused({.redis = redis_option(redis), .listen = "[::]:0"}, 1);
}

// The kernel would let two gRPC servers share a port, and callers meet one or the other by chance.
TEST(Options, AnAddressInUseIsRefused) {
    const RedisProcess redis;
    ServerProcess first({.redis = redis_option(redis)});
    first.start();
    expect_refused({.redis = redis_option(redis), .listen = first.target()}, 1);
}

TEST(Options, HelpAndVersionAreAnsweredWithStatus0) {
    for (const char* flag : {"--help", "--version"}) {
        ServerProcess server({.redis = "unix:/nowhere", .more = {flag}});
        server.launch();
        EXPECT_EQ(server.wait_for_exit(20s), 0) << flag;
        EXPECT_NE(server.standard_error().find("liandong-server"), std::string::npos) << flag;
    }
}

}  // namespace
}  // namespace liandong::test
