#include "common/redis/reply.h"

#include "common/base/check.h"

#include <hiredis/read.h>

#include <utility>

namespace liandong::redis {
namespace {

constexpr int kArrayElements_max = 65'536;
constexpr std::size_t kIdleBuffer_max = 64 * 1024;

// The object of an array's element lies in the array itself, which was sized before: only the root
// is allocated.
Reply* place(const redisReadTask* task) {
    if (task->parent == nullptr) return new Reply;
    return &static_cast<Reply*>(task->parent->obj)->elements[static_cast<std::size_t>(task->idx)];
}

void* create_string(const redisReadTask* task, char* bytes, std::size_t size) {
    Reply* reply = place(task);
    reply->type = task->type == REDIS_REPLY_ERROR    ? Reply::Type::kError
                  : task->type == REDIS_REPLY_STATUS ? Reply::Type::kStatus
                                                     : Reply::Type::kString;
    reply->text.assign(bytes, size);
    return reply;
}

void* create_array(const redisReadTask* task, int elements) {
    if (elements > kArrayElements_max)
        return nullptr;  // the reader takes it for out of memory and stops
    Reply* reply = place(task);
    reply->type = Reply::Type::kArray;
    reply->elements.resize(static_cast<std::size_t>(elements));
    return reply;
}

void* create_integer(const redisReadTask* task, long long value) {
    Reply* reply = place(task);
    reply->type = Reply::Type::kInteger;
    reply->integer = value;
    return reply;
}

void* create_nil(const redisReadTask* task) { return place(task); }

void free_object(void* object) { delete static_cast<Reply*>(object); }

redisReplyObjectFunctions kFunctions{create_string, create_array, create_integer, create_nil,
                                     free_object};

}  // namespace

bool Reply::is_error(std::string_view word) const {
    return type == Type::kError && text.starts_with(word) &&
           (text.size() == word.size() || text[word.size()] == ' ');
}

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader(std::size_t reply_bytes_max)
    : reader_(redisReaderCreateWithFunctions(&kFunctions)), reply_bytes_max_(reply_bytes_max) {
    LIANDONG_CHECK(reader_ != nullptr);
    reader_->maxbuf = kIdleBuffer_max;
}

ReplyReader::~ReplyReader() = default;
ReplyReader::ReplyReader(ReplyReader&&) noexcept = default;
ReplyReader& ReplyReader::operator=(ReplyReader&&) noexcept = default;

void ReplyReader::feed(std::string_view bytes) {
    unfinished_ += bytes.size();
    redisReaderFeed(reader_.get(), bytes.data(),
                    bytes.size());  // its error stays set and `next` tells it
}

Result<std::optional<Reply>> ReplyReader::next() {
    void* object = nullptr;
    if (redisReaderGetReply(reader_.get(), &object) != REDIS_OK) {
        if (reader_->err == REDIS_ERR_OOM)
            return fail(Code::kResourceExhausted, "REPLY_TOO_LARGE", reader_->errstr);
        return fail(Code::kInternal, "PROTOCOL_ERROR", reader_->errstr);
    }
    if (object == nullptr) {
        if (unfinished_ > reply_bytes_max_) {
            return fail(Code::kResourceExhausted, "REPLY_TOO_LARGE",
                        "a reply is larger than the limit");
        }
        return std::optional<Reply>();
    }
    unfinished_ = reader_->len - reader_->pos;
    const std::unique_ptr<Reply> reply(static_cast<Reply*>(object));
    return std::optional<Reply>(std::move(*reply));
}

}  // namespace liandong::redis
