#include "common/redis/redis_store.h"

#include "common/async/spawn.h"
#include "common/base/check.h"
#include "common/redis/commit_library.h"
#include "common/redis/error_reply.h"
#include "common/store/limits.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <exception>
#include <utility>

namespace liandong::redis {
namespace {

constexpr Duration kPrepareTime_max = std::chrono::seconds{5};
/// Beyond the wait that redis was asked for, until a tail's reply is overdue.
constexpr Duration kTailGrace = std::chrono::seconds{1};
constexpr std::size_t kTailPage_max = 256;
constexpr std::size_t kListCount_max = 1'000;
/// 2,048 entities of 16 KiB, or as many events.
constexpr std::size_t kReplyBytes_max = 40 * 1024 * 1024;
constexpr Duration kReadyPoll = std::chrono::milliseconds{5};

std::unexpected<Error> corrupt(std::string message) {
    return fail(Code::kInternal, "STORE_CORRUPT", std::move(message));
}

/// A lost reply to a read is no more than a read not done.
Error read_error(Error error) {
    if (error.reason == "OUTCOME_UNKNOWN") error.reason = "STORE_UNAVAILABLE";
    return error;
}

Result<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    if (parsed.ec != std::errc{}) return corrupt("not a number where one was expected");
    return number;
}

Result<std::uint64_t> decode_seq(const Reply& reply) {
    if (reply.is(Reply::Type::kNil)) return std::uint64_t{0};
    return parse_number(reply.text);
}

/// [id, [field, value, …]] → event.
Result<store::LogEntry> decode_entry(Reply& reply) {
    if (reply.elements.size() != 2) return corrupt("a log entry has the wrong form");
    const auto seq = parse_number(reply.elements[0].text);
    if (!seq) return fail(seq.error());
    std::vector<Reply>& fields = reply.elements[1].elements;
    if (fields.size() < 2 || fields.size() % 2 != 0 || fields[0].text != kHeaderField) {
        return corrupt(fmt::format("log entry {} has no header", *seq));
    }
    store::LogEntry entry{*seq, std::move(fields[1].text), {}};
    entry.writes.reserve(fields.size() / 2 - 1);
    for (std::size_t i = 2; i < fields.size(); i += 2) {
        auto key = Keys::parse_word(fields[i].text);
        if (!key) return corrupt(fmt::format("log entry {} writes something unknown", *seq));
        entry.writes.push_back(store::Write{std::move(*key), std::move(fields[i + 1].text)});
    }
    return entry;
}

/// The reply to XREAD of one stream; nil when nothing came.
Result<std::vector<store::LogEntry>> decode_entries(Reply& reply, std::uint64_t after) {
    std::vector<store::LogEntry> entries;
    if (reply.is(Reply::Type::kNil)) return entries;
    if (reply.elements.size() != 1 || reply.elements[0].elements.size() != 2)
        return corrupt("not a reply to XREAD");
    for (Reply& element : reply.elements[0].elements[1].elements) {
        auto entry = decode_entry(element);
        if (!entry) return fail(std::move(entry.error()));
        if (entry->seq != after + entries.size() + 1) {
            return fail(Code::kAborted, "LOG_GAP",
                        fmt::format("event {} follows {}", entry->seq, after));
        }
        entries.push_back(std::move(*entry));
    }
    return entries;
}

}  // namespace

RedisStore::RedisStore(domain::Scope scope, Executor executor, Timers& timers, Random& random,
                       Log& log, Options options)
    : options_(std::move(options)),
      keys_(scope),
      executor_(executor),
      timers_(timers),
      log_(log),
      commands_(executor, timers, random, connection_options("commands"),
                {[this] { on_up(); },
                 [this](const std::string& reason, bool was_up) { on_down(reason, was_up); }}),
      tail_(executor, timers, random, connection_options("tail"),
            {[this] { tail_unsure_ = true; }, {}}),
      commits_(keys_, commands_, executor, timers,
               [this] { commands_.drop("the commit function is missing"); }),
      tail_page_(kTailPage_max) {}

RedisStore::~RedisStore() = default;

Connection::Options RedisStore::connection_options(const char* role) const {
    Connection::Options options;
    options.endpoint = options_.endpoint;
    options.username = options_.username;
    options.password = options_.password;
    options.client_name = fmt::format("{}-{}", options_.client_name, role);
    options.reply_bytes_max = kReplyBytes_max;
    return options;
}

// ---- becoming ready

void RedisStore::on_up() {
    const std::weak_ptr<bool> alive = alive_;
    spawn(executor_, prepare(this, alive),
          [this, alive, connection = commands_.stats().connects](std::exception_ptr failure,
                                                                 Status status) {
              if (failure) std::rethrow_exception(failure);
              const bool is_over =
                  alive.expired() || !commands_.is_up() || commands_.stats().connects != connection;
              if (!is_over) on_prepared(status);
          });
}

void RedisStore::on_prepared(const Status& status) {
    if (!status) {
        prepare_error_ = status.error().message;
        commands_.drop(prepare_error_);
        return;
    }
    ready_ = true;
    told_down_ = false;
    prepare_error_.clear();
    log_.info("redis_ready",
              {{"endpoint", to_string(options_.endpoint)}, {"master_replid", master_replid_}});
    if (options_.on_ready) options_.on_ready(master_replid_);
}

void RedisStore::on_down(const std::string& reason, bool) {
    ready_ = false;
    if (std::exchange(told_down_, true)) return;  // one line an outage, not one an attempt
    log_.warn("redis_unavailable", {{"reason", reason}});
}

/// Static, since a spawned task starts later: by then the store may be gone.
Task<Status> RedisStore::prepare(RedisStore* store, std::weak_ptr<bool> alive) {
    if (alive.expired()) co_return Status();
    const MonotonicTime deadline = store->timers_.now() + kPrepareTime_max;
    if (Status status = co_await store->prepare_function(deadline); !status) co_return status;
    co_return co_await store->prepare_replid(deadline);
}

Task<Status> RedisStore::prepare_function(MonotonicTime deadline) {
    auto listed = co_await commands_.command(
        Command{"FUNCTION", "LIST", "LIBRARYNAME", kCommitLibrary, "WITHCODE"}, deadline);
    if (!listed) co_return fail(std::move(listed.error()));
    if (listed->is_error("NOPERM"))
        co_return Status();  // production: the deploy job loads it, we may only call
    if (listed->is(Reply::Type::kError)) co_return fail(to_error(*listed));
    if (!listed->elements.empty()) {
        if (!options_.load_function) co_return Status();
        const std::vector<Reply>& library = listed->elements[0].elements;
        for (std::size_t i = 0; i + 1 < library.size(); i += 2) {
            if (library[i].text == "library_code" && library[i + 1].text == commit_library_code())
                co_return Status();
        }
    } else if (!options_.load_function) {
        co_return fail(Code::kUnavailable, "STORE_UNAVAILABLE",
                       "redis has no commit function, and loading it is off: run the deploy job");
    }
    auto loaded = co_await commands_.command(
        Command{"FUNCTION", "LOAD", "REPLACE", commit_library_code()}, deadline);
    if (!loaded) co_return fail(std::move(loaded.error()));
    if (loaded->is(Reply::Type::kError)) co_return fail(to_error(*loaded));
    log_.info("redis_function_loaded", {{"library", kCommitLibrary}});
    co_return Status();
}

Task<Status> RedisStore::prepare_replid(MonotonicTime deadline) {
    auto info = co_await commands_.command(Command{"INFO", "replication"}, deadline);
    if (!info) co_return fail(std::move(info.error()));
    constexpr std::string_view kName = "master_replid:";
    const std::size_t at = info->text.find(kName);
    master_replid_.clear();
    if (at != std::string::npos) {
        const std::size_t begin = at + kName.size();
        master_replid_ = info->text.substr(begin, info->text.find_first_of("\r\n", begin) - begin);
    }
    co_return Status();
}

Task<bool> RedisStore::wait_until_ready(MonotonicTime deadline) {
    while (!is_ready() && timers_.now() < deadline) co_await sleep_for(timers_, kReadyPoll);
    co_return is_ready();
}

std::string RedisStore::last_error() const {
    return prepare_error_.empty() ? commands_.last_error() : prepare_error_;
}

Error RedisStore::unavailable() const {
    return Error{Code::kUnavailable, "STORE_UNAVAILABLE", last_error(), {}};
}

// ---- the port

Task<Result<Reply>> RedisStore::ask(Command command, MonotonicTime deadline) {
    if (!is_ready()) co_return fail(unavailable());
    Result<Reply> reply = co_await commands_.command(std::move(command), deadline);
    if (!reply) co_return fail(read_error(std::move(reply.error())));
    if (reply->is(Reply::Type::kError)) co_return fail(to_error(*reply));
    co_return reply;
}

Task<Result<store::ReadOutcome>> RedisStore::read(std::vector<store::Key> keys,
                                                  std::optional<store::RequestQuery> request,
                                                  MonotonicTime deadline) {
    LIANDONG_CHECK(keys.size() <= store::kBatchKeys_max);
    store::ReadOutcome outcome;
    if (keys.empty() && !request) co_return outcome;
    Command command{"MGET"};
    for (const store::Key& key : keys) command.arg(keys_.entity(key));
    if (request) command.arg(keys_.request(request->request_id));
    Result<Reply> reply = co_await ask(std::move(command), deadline);
    if (!reply) co_return fail(std::move(reply.error()));
    if (reply->elements.size() != keys.size() + (request ? 1 : 0))
        co_return corrupt("not a reply to MGET");
    outcome.values.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        auto value = decode_value(reply->elements[i]);
        if (!value) co_return fail(std::move(value.error()));
        outcome.values.push_back(std::move(*value));
    }
    if (request) {
        auto record = decode_request(reply->elements.back(), *request);
        if (!record) co_return fail(std::move(record.error()));
        outcome.request = std::move(*record);
    }
    co_return outcome;
}

Task<Result<store::CommitOutcome>> RedisStore::commit(store::Batch batch, MonotonicTime deadline) {
    if (Status status = store::check_limits(batch); !status)
        co_return fail(std::move(status.error()));
    if (!is_ready()) co_return fail(unavailable());
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>,
                                                   void(Result<store::CommitOutcome>)>(
        [this, &batch, deadline](auto handler) {
            commits_.push(std::move(batch), deadline, std::move(handler));
        },
        boost::asio::use_awaitable_t<Executor>{});
}

Task<Result<std::vector<std::string>>> RedisStore::list(std::string index, std::string after,
                                                        std::size_t count, MonotonicTime deadline) {
    LIANDONG_CHECK(count >= 1 && count <= kListCount_max);
    Command command{"ZRANGEBYLEX",
                    keys_.index(index),
                    after.empty() ? std::string("-") : "(" + after,
                    "+",
                    "LIMIT",
                    "0"};
    command.arg(std::uint64_t{count});
    Result<Reply> reply = co_await ask(std::move(command), deadline);
    if (!reply) co_return fail(std::move(reply.error()));
    std::vector<std::string> members;
    members.reserve(reply->elements.size());
    for (Reply& element : reply->elements) members.push_back(std::move(element.text));
    co_return members;
}

Task<Result<std::uint64_t>> RedisStore::last_seq(MonotonicTime deadline) {
    Result<Reply> reply = co_await ask(Command{"GET", keys_.seq()}, deadline);
    if (!reply) co_return fail(std::move(reply.error()));
    co_return decode_seq(*reply);
}

// ---- the tail

Task<Result<Reply>> RedisStore::ask_tail(Command command, MonotonicTime deadline) {
    Result<Reply> reply = co_await tail_.command(std::move(command), deadline);
    if (!reply) co_return fail(read_error(std::move(reply.error())));
    if (reply->is(Reply::Type::kError)) co_return fail(to_error(*reply));
    co_return reply;
}

Task<Result<std::vector<store::LogEntry>>> RedisStore::tail(std::uint64_t after, std::size_t count,
                                                            Duration wait) {
    LIANDONG_CHECK(count >= 1 && !tailing_);
    tailing_ = true;
    const MonotonicTime deadline = timers_.now() + wait + kTailGrace;
    if (tail_unsure_) {
        Result<Reply> reply = co_await ask_tail(Command{"GET", keys_.seq()}, deadline);
        const Result<std::uint64_t> last =
            reply ? decode_seq(*reply) : fail(std::move(reply.error()));
        if (!last || *last < after) {
            tailing_ = false;
            if (!last) co_return fail(last.error());
            co_return fail(Code::kAborted, "LOG_WENT_BACK",
                           fmt::format("the log ends at {}, before {}", *last, after));
        }
        tail_unsure_ = false;
    }
    Command command{"XREAD", "COUNT"};
    command.arg(std::uint64_t{std::min(count, tail_page_)});
    const auto block = std::chrono::ceil<std::chrono::milliseconds>(wait);
    if (block.count() > 0) command.arg("BLOCK").arg(static_cast<std::uint64_t>(block.count()));
    command.arg("STREAMS").arg(keys_.log()).arg(fmt::format("{}-0", after));
    const bool one_event = std::min(count, tail_page_) == 1;
    Result<Reply> reply = co_await ask_tail(std::move(command), deadline);
    tailing_ = false;
    if (!reply) {
        // Perhaps too much for one reply (import batches are large): the next try asks for less.
        tail_page_ = one_event ? 1 : tail_page_ / 2;
        co_return fail(std::move(reply.error()));
    }
    tail_page_ = std::min(kTailPage_max, tail_page_ * 2);
    auto entries = decode_entries(*reply, after);
    if (entries && entries->empty()) tail_unsure_ = true;
    co_return entries;
}

RedisStore::Stats RedisStore::stats() const {
    const Connection::Stats commands = commands_.stats();
    const Connection::Stats tail = tail_.stats();
    const CommitQueue::Stats commits = commits_.stats();
    return Stats{commands.in_flight + tail.in_flight,
                 commits.waiting,
                 commands.losses + tail.losses,
                 commits.calls,
                 commits.commits,
                 commits.unknown,
                 commands.timeouts + tail.timeouts};
}

}  // namespace liandong::redis
