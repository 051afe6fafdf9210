#include "cli/hints.h"

#include "cli/exit_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

const Error kTaken =
    Error{Code::kFailedPrecondition, "UNIT_HOLDS_ORDER", "unit fire-1 holds an order", {}}.with(
        "holder", "order-7");
const Error kLost{Code::kUnavailable, "OUTCOME_UNKNOWN", "the reply was lost", {}};

// An error says what, about what, and what to do.
TEST(Describe, SaysWhatToDo) {
    EXPECT_EQ(describe(kTaken, {.request_id = "r", .extra = ""}),
              "UNIT_HOLDS_ORDER: unit fire-1 holds an order\n"
              "  holder: order-7\n"
              "  → end its order first: `liandong order clear|cancel` with the holder\n");
}

// When nobody knows whether it was done, the request id to repeat it with is printed, and what
// keeps it the same.
TEST(Describe, TellsHowToRepeat) {
    const std::string text = describe(kLost, {.request_id = "0197f0a0", .extra = "--expires X"});
    EXPECT_THAT(text, HasSubstr("--request-id 0197f0a0 --expires X"));
    EXPECT_THAT(describe(kLost, {}), Not(HasSubstr("--request-id"))) << "a read needs no repeating";
}

// A message from outside cannot steer the terminal.
TEST(Describe, DisarmsMessages) {
    EXPECT_THAT(describe({Code::kInternal, "X", "a\x1b[2J", {}}, {}), Not(HasSubstr("\x1b")));
}

// The JSON form holds the same for programs.
TEST(DescribeJson, HoldsTheSame) {
    const std::string json = describe_json(kLost, {.request_id = "0197f0a0", .extra = ""});
    for (const char* part : {"\"code\":\"UNAVAILABLE\"", "\"reason\":\"OUTCOME_UNKNOWN\"",
                             "\"outcomeUnknown\":true", "\"requestId\":\"0197f0a0\""}) {
        EXPECT_THAT(json, HasSubstr(part));
    }
    EXPECT_THAT(describe_json(kTaken, {}), HasSubstr("{\"key\":\"holder\",\"value\":\"order-7\"}"));
    EXPECT_THAT(describe_json(kTaken, {}), HasSubstr("\"outcomeUnknown\":false"));
}

// Hints are one line, and an unknown reason has none.
TEST(Hint, IsOneLine) {
    EXPECT_EQ(hint("NO_SUCH_REASON"), "");
    EXPECT_EQ(hint("AUTHOR_IS_APPROVER").find('\n'), std::string_view::npos);
}

// Scripts can tell a refusal (nothing done) from an unknown outcome (repeat).
TEST(ExitCode, SeparatesRefusedFromUnknown) {
    const auto exit_code = [](Code code) { return exit_code_of({code, "", "", {}}); };
    for (Code code :
         {Code::kUnavailable, Code::kDeadlineExceeded, Code::kCancelled, Code::kInternal}) {
        EXPECT_EQ(exit_code(code), kUnavailableOrUnknown);
    }
    for (Code code : {Code::kInvalidArgument, Code::kNotFound, Code::kAlreadyExists,
                      Code::kPermissionDenied, Code::kResourceExhausted, Code::kFailedPrecondition,
                      Code::kAborted, Code::kUnauthenticated}) {
        EXPECT_EQ(exit_code(code), kRefused);
    }
}

}  // namespace
}  // namespace liandong::cli
