#include "common/redis/reply.h"

#include <gtest/gtest.h>

#include <string>

namespace liandong::redis {
namespace {

constexpr std::string_view kEveryType =
    "+OK\r\n-READONLY no\r\n:-42\r\n$3\r\na\r\n\r\n$-1\r\n*3\r\n*0\r\n*1\r\n$1\r\nx\r\n*-1\r\n";

// Replies of every type come out the same, however the bytes were cut on their way.
TEST(ReplyReader, ReadsEveryTypeFromAnyPieces) {
    for (std::size_t piece = 1; piece <= kEveryType.size(); ++piece) {
        ReplyReader reader(1024);
        std::vector<Reply> replies;
        for (std::size_t at = 0; at < kEveryType.size(); at += piece) {
            reader.feed(kEveryType.substr(at, piece));
            while (auto reply = reader.next().value()) replies.push_back(std::move(*reply));
        }
        ASSERT_EQ(replies.size(), 6U) << piece;
        EXPECT_TRUE(replies[0].is(Reply::Type::kStatus));
        EXPECT_TRUE(replies[1].is_error("READONLY"));
        EXPECT_FALSE(replies[1].is_error("READ"));
        EXPECT_EQ(replies[2].integer, -42);
        EXPECT_EQ(replies[3].text, "a\r\n");
        EXPECT_TRUE(replies[4].is(Reply::Type::kNil));
        ASSERT_EQ(replies[5].elements.size(), 3U);
        EXPECT_TRUE(replies[5].elements[0].is(Reply::Type::kArray));
        EXPECT_EQ(replies[5].elements[1].elements[0].text, "x");
        EXPECT_TRUE(replies[5].elements[2].is(Reply::Type::kNil));
    }
}

// A reply above the limit ends the stream instead of filling the memory.
TEST(ReplyReader, RefusesAReplyAboveTheLimit) {
    ReplyReader reader(1'000);
    reader.feed("$2000\r\n" + std::string(900, 'x'));
    EXPECT_FALSE(reader.next().value());
    reader.feed(std::string(200, 'x'));
    EXPECT_EQ(reader.next().error().reason, "REPLY_TOO_LARGE");
}

// Many small replies together may be larger than the limit for one.
TEST(ReplyReader, CountsEachReplyByItself) {
    ReplyReader reader(100);
    for (int i = 0; i < 100; ++i) {
        reader.feed("$5\r\nhello\r\n$5\r\nhel");
        EXPECT_EQ(reader.next().value()->text, "hello");
        EXPECT_FALSE(reader.next().value());
        reader.feed("lo\r\n");
        EXPECT_EQ(reader.next().value()->text, "hello");
    }
}

// An array that claims too many elements is refused before anything is allocated for them.
TEST(ReplyReader, RefusesAnEnormousArray) {
    ReplyReader reader(1'000);
    reader.feed("*2000000000\r\n");
    EXPECT_EQ(reader.next().error().reason, "REPLY_TOO_LARGE");
}

// What is not RESP is an error, and stays one.
TEST(ReplyReader, RefusesWhatIsNotRedis) {
    ReplyReader reader(1'000);
    reader.feed("HTTP/1.1 400 Bad Request\r\n\r\n");
    EXPECT_EQ(reader.next().error().reason, "PROTOCOL_ERROR");
    EXPECT_EQ(reader.next().error().reason, "PROTOCOL_ERROR");
}

}  // namespace
}  // namespace liandong::redis
