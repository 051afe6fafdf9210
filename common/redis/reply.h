#pragma once

#include "common/base/error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct redisReader;

namespace liandong::redis {

/// One RESP2 reply.
struct Reply {
    enum class Type : std::uint8_t { kNil, kInteger, kString, kStatus, kError, kArray };
    Type type = Type::kNil;
    std::int64_t integer = 0;     ///< kInteger
    std::string text;             ///< kString (any bytes), kStatus, kError
    std::vector<Reply> elements;  ///< kArray

    bool is(Type wanted) const { return type == wanted; }
    /// True for an error whose first word is `word` ("READONLY").
    bool is_error(std::string_view word) const;
};

/// Turns bytes into replies (hiredis does the parsing). No I/O.
class ReplyReader {
public:
    /// A reply may have up to `reply_bytes_max` bytes (give or take what arrives with it), an array
    /// 65,536 elements.
    explicit ReplyReader(std::size_t reply_bytes_max);
    ~ReplyReader();
    ReplyReader(ReplyReader&&) noexcept;
    ReplyReader& operator=(ReplyReader&&) noexcept;

    void feed(std::string_view bytes);

    /// The next whole reply, or nothing yet. After an error the stream is lost: RESOURCE_EXHAUSTED
    /// / REPLY_TOO_LARGE, INTERNAL / PROTOCOL_ERROR.
    Result<std::optional<Reply>> next();

private:
    struct Free {
        void operator()(redisReader* reader) const;
    };
    std::unique_ptr<redisReader, Free> reader_;
    std::size_t reply_bytes_max_;
    std::size_t unfinished_ = 0;
};

}  // namespace liandong::redis
