#include "common/redis/reply_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace liandong::redis {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

MonotonicTime at(int ms) { return MonotonicTime{milliseconds{ms}}; }

Reply text(std::string bytes) { return Reply{Reply::Type::kString, 0, std::move(bytes), {}}; }

class ReplyQueueTest : public ::testing::Test {
protected:
    void push(std::string name, std::uint64_t first_byte, MonotonicTime deadline) {
        queue_.push(first_byte, deadline, [this, name](Result<Reply> reply) {
            told_.push_back(name + "=" + (reply ? reply->text : reply.error().reason));
        });
    }
    /// What the callers heard since the last look.
    std::vector<std::string> told() {
        for (Completion& completion : completions_) completion.done(std::move(completion.result));
        completions_.clear();
        return std::exchange(told_, {});
    }

    ReplyQueue queue_;
    std::vector<Completion> completions_;
    std::vector<std::string> told_;
};

// Replies go to the commands in the order these were sent.
TEST_F(ReplyQueueTest, AnswersInOrder) {
    push("a", 0, at(100));
    push("b", 10, at(100));
    EXPECT_TRUE(queue_.answer(text("1"), completions_));
    EXPECT_TRUE(queue_.answer(text("2"), completions_));
    EXPECT_THAT(told(), ElementsAre("a=1", "b=2"));
}

// A reply that nobody asked for is noticed.
TEST_F(ReplyQueueTest, NoticesAnUnsolicitedReply) {
    EXPECT_FALSE(queue_.answer(text("1"), completions_));
}

// A command past its deadline keeps its slot: its late reply is dropped, and the next command gets
// its own.
TEST_F(ReplyQueueTest, ALateReplyIsNotTakenForAnothers) {
    push("slow", 0, at(100));
    push("next", 10, at(200));
    EXPECT_TRUE(queue_.expire(at(100), completions_));
    EXPECT_THAT(told(), ElementsAre("slow=STORE_TIMEOUT"));
    EXPECT_TRUE(queue_.answer(text("late"), completions_));
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_TRUE(queue_.answer(text("2"), completions_));
    EXPECT_THAT(told(), ElementsAre("next=2"));
}

// Deadlines need not be in order; each is told once, and the queue says when to look next.
TEST_F(ReplyQueueTest, ExpiresWhatIsDue) {
    push("long", 0, at(300));
    push("short", 10, at(100));
    EXPECT_EQ(queue_.next_expiry(), at(100));
    EXPECT_TRUE(queue_.expire(at(99), completions_));
    EXPECT_THAT(told(), IsEmpty());
    EXPECT_TRUE(queue_.expire(at(100), completions_));
    EXPECT_THAT(told(), ElementsAre("short=STORE_TIMEOUT"));
    EXPECT_EQ(queue_.next_expiry(), at(300));
    EXPECT_TRUE(queue_.expire(at(100), completions_));
    EXPECT_THAT(told(), IsEmpty());
}

// One second past a deadline without a reply, the connection is of no use.
TEST_F(ReplyQueueTest, GivesUpASecondAfterADeadline) {
    push("a", 0, at(100));
    EXPECT_TRUE(queue_.expire(at(100), completions_));
    EXPECT_EQ(queue_.next_expiry(), at(1'100));
    EXPECT_TRUE(queue_.expire(at(1'099), completions_));
    EXPECT_FALSE(queue_.expire(at(1'100), completions_));
}

// When the connection is lost, what may have been written is unknown, and what was not is not done.
TEST_F(ReplyQueueTest, ALossTellsUnknownFromNotDone) {
    push("expired", 0, at(50));
    push("written", 10, at(100));
    push("half", 20, at(100));
    push("kept", 30, at(100));
    EXPECT_TRUE(queue_.expire(at(60), completions_));
    EXPECT_THAT(told(), ElementsAre("expired=STORE_TIMEOUT"));
    queue_.fail_all(25, "gone", completions_);
    EXPECT_THAT(told(), ElementsAre("written=OUTCOME_UNKNOWN", "half=OUTCOME_UNKNOWN",
                                    "kept=STORE_UNAVAILABLE"));
    EXPECT_EQ(queue_.size(), 0U);
}

}  // namespace
}  // namespace liandong::redis
