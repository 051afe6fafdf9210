#include "common/redis/connection.h"

#include "common/redis/deadline_timer.h"
#include "common/redis/error_reply.h"
#include "common/redis/handshake.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace liandong::redis {
namespace {

namespace asio = boost::asio;
using Protocol = asio::generic::stream_protocol;
using Socket = asio::basic_stream_socket<Protocol, Executor>;
using Resolver = asio::ip::basic_resolver<asio::ip::tcp, Executor>;
using ErrorCode = boost::system::error_code;

constexpr Duration kConnectTime_max = std::chrono::seconds{1};
constexpr Duration kBackoff_first = std::chrono::milliseconds{50};
constexpr Duration kBackoff_max = std::chrono::seconds{3};
/// A connection that stood this long was a good one: the next failure counts as the first.
constexpr Duration kGoodConnection = std::chrono::seconds{3};
constexpr std::size_t kInputBytes = 64 * 1024;

}  // namespace

/// One socket and what its operations point to. Never reused: an operation that ends late finds its
/// own link, not the next connection's.
struct Connection::Link {
    explicit Link(const Executor& executor) : socket(executor), resolver(executor) {}
    Socket socket;
    Resolver resolver;
    std::string writing;
    std::array<char, kInputBytes> input;
};

struct Connection::Impl : std::enable_shared_from_this<Impl> {
    enum class State : std::uint8_t { kDown, kConnecting, kUp, kClosed };
    using LinkPtr = std::shared_ptr<Link>;

    Impl(Executor executor_, Timers& timers_, Random& random_, Options options_, Hooks hooks_)
        : executor(std::move(executor_)),
          timers(timers_),
          random(random_),
          options(std::move(options_)),
          hooks(std::move(hooks_)),
          reader(options.reply_bytes_max),
          deadlines(timers, [this] { on_deadline(); }),
          phase(timers, [this] { on_phase(); }) {}

    Executor executor;
    Timers& timers;
    Random& random;
    Options options;
    Hooks hooks;
    State state = State::kDown;
    LinkPtr link;
    ReplyReader reader;
    ReplyQueue queue;
    std::vector<Completion> completions;
    std::string output;             ///< taken, not yet handed to the socket
    std::uint64_t bytes_taken = 0;  ///< in this connection's life
    std::uint64_t bytes_handed_over = 0;
    bool flush_posted = false;
    bool useless = false;  ///< a reply said so
    std::size_t greetings_left = 0;
    unsigned failures = 0;
    MonotonicTime up_since{};
    DeadlineTimer deadlines;
    DeadlineTimer phase;  ///< end of the attempt, or time of the next one
    std::string last_error = "not connected yet";
    Stats stats;

    bool is_current(const LinkPtr& which) const { return link == which && state != State::kClosed; }

    // ---- connecting

    void connect() {
        state = State::kConnecting;
        link = std::make_shared<Link>(executor);
        reader = ReplyReader(options.reply_bytes_max);
        bytes_taken = bytes_handed_over = 0;
        useless = false;
        phase.want(timers.now() + kConnectTime_max);
        if (options.endpoint.is_unix()) {
            open(asio::local::stream_protocol::endpoint(options.endpoint.path));
            return;
        }
        ErrorCode not_an_address;
        const auto address = asio::ip::make_address(options.endpoint.host, not_an_address);
        if (!not_an_address) {
            open(asio::ip::tcp::endpoint(address, options.endpoint.port));
        } else {
            resolve();
        }
    }

    void resolve() {
        link->resolver.async_resolve(
            options.endpoint.host, fmt::to_string(options.endpoint.port),
            [self = shared_from_this(), mine = link](const ErrorCode& error,
                                                     Resolver::results_type found) {
                if (!self->is_current(mine)) return;
                if (error || found.empty())
                    return self->lose("cannot resolve the host: " + error.message());
                // One address an attempt; the next attempt takes the next one.
                const auto which = static_cast<std::ptrdiff_t>(self->failures % found.size());
                self->open(std::next(found.begin(), which)->endpoint());
            });
    }

    void open(Protocol::endpoint endpoint) {
        link->socket.async_connect(
            endpoint, [self = shared_from_this(), mine = link](const ErrorCode& error) {
                if (!self->is_current(mine)) return;
                if (error) return self->lose(error.message());
                self->greet();
            });
    }

    void greet() {
        if (!options.endpoint.is_unix()) {
            ErrorCode ignored;  // a connection that cannot be tuned still works
            link->socket.set_option(asio::ip::tcp::no_delay(true), ignored);
        }
        auto steps = handshake_steps(options.username, options.password, options.client_name);
        greetings_left = steps.size();
        const MonotonicTime deadline = timers.now() + kConnectTime_max;
        for (HandshakeStep& step : steps) {
            enqueue(step.command, deadline,
                    [self = this, mine = link, check = step.check](const Result<Reply>& reply) {
                        if (self->is_current(mine)) self->on_greeting(reply, check);
                    });
        }
        read();
    }

    void on_greeting(const Result<Reply>& reply, Status (*check)(const Reply&)) {
        if (state != State::kConnecting) return;
        if (!reply) return lose(reply.error().message);
        if (const Status status = check(*reply); !status) return lose(status.error().message);
        if (--greetings_left > 0) return;
        state = State::kUp;
        up_since = timers.now();
        phase.stop();
        ++stats.connects;
        last_error.clear();
        if (hooks.up) hooks.up();
    }

    void lose(const std::string& why) {
        if (state == State::kClosed || state == State::kDown) return;
        const bool was_up = state == State::kUp;
        state = State::kDown;
        last_error = fmt::format("redis at {}: {}", to_string(options.endpoint), why);
        if (was_up) ++stats.losses;
        if (was_up && timers.now() - up_since >= kGoodConnection) failures = 0;
        queue.fail_all(bytes_handed_over, last_error, completions);
        complete();
        close_link();
        schedule_connect();
        if (hooks.down) hooks.down(last_error, was_up);
    }

    void schedule_connect() {
        const unsigned doublings = std::min(failures++, 10U);
        const Duration ceiling = std::min(kBackoff_max, kBackoff_first * (1 << doublings));
        const auto micros = random.below(static_cast<std::uint64_t>(ceiling.count()) + 1);
        phase.stop();
        phase.want(timers.now() + Duration{static_cast<Duration::rep>(micros)});
    }

    void on_phase() {
        if (state == State::kConnecting) return lose("no connection within 1 s");
        if (state == State::kDown) connect();
    }

    void close_link() {
        output.clear();
        deadlines.stop();
        if (!link) return;
        ErrorCode ignored;
        link->socket.close(ignored);
        link->resolver.cancel();
        link.reset();
    }

    /// The owner goes: nobody is answered any more.
    void shut_down() {
        state = State::kClosed;
        phase.stop();
        close_link();
        hooks = {};
        // Destroys the coroutines that wait here, after everything else is at rest.
        const ReplyQueue abandoned = std::exchange(queue, {});
    }

    // ---- writing

    Status admit(MonotonicTime deadline) const {
        if (state != State::kUp || useless)
            return fail(Code::kUnavailable, "STORE_UNAVAILABLE", last_error);
        if (deadline <= timers.now()) {
            return fail(Code::kDeadlineExceeded, "STORE_TIMEOUT",
                        "the deadline had passed before sending");
        }
        if (queue.size() >= options.in_flight_max) {
            return fail(Code::kResourceExhausted, "STORE_BUSY", "too many commands wait for redis");
        }
        if (output.size() + link->writing.size() >= options.output_bytes_max) {
            return fail(Code::kResourceExhausted, "STORE_BUSY", "too many bytes wait for redis");
        }
        return {};
    }

    void send(const Command& command, MonotonicTime deadline, ReplyQueue::Done done) {
        if (Status status = admit(deadline); !status) {
            completions.push_back(Completion{std::move(done), fail(std::move(status.error()))});
            complete();
            return;
        }
        enqueue(command, deadline, std::move(done));
    }

    void enqueue(const Command& command, MonotonicTime deadline, ReplyQueue::Done done) {
        ++stats.commands;
        queue.push(bytes_taken, deadline, std::move(done));
        deadlines.want(deadline);
        const std::size_t before = output.size();
        command.write_to(output);
        bytes_taken += output.size() - before;
        // Posted, so that all commands of this turn of the loop go out in one write.
        if (flush_posted || !link->writing.empty()) return;
        flush_posted = true;
        asio::post(executor, [self = shared_from_this()] {
            self->flush_posted = false;
            self->flush();
        });
    }

    void flush() {
        if (!link || output.empty() || !link->writing.empty()) return;
        link->writing.swap(output);
        bytes_handed_over += link->writing.size();
        asio::async_write(
            link->socket, asio::buffer(link->writing),
            [self = shared_from_this(), mine = link](const ErrorCode& error, std::size_t) {
                mine->writing.clear();
                if (!self->is_current(mine)) return;
                if (error) return self->lose(error.message());
                self->flush();
            });
    }

    // ---- reading

    void read() {
        link->socket.async_read_some(
            asio::buffer(link->input),
            [self = shared_from_this(), mine = link](const ErrorCode& error, std::size_t size) {
                if (!self->is_current(mine)) return;
                if (error) return self->lose(error.message());
                self->on_bytes(std::string_view(mine->input.data(), size));
            });
    }

    void on_bytes(std::string_view bytes) {
        reader.feed(bytes);
        std::string fault;
        while (fault.empty()) {
            Result<std::optional<Reply>> reply = reader.next();
            if (!reply) {
                fault = reply.error().reason + ": " + reply.error().message;
            } else if (!*reply) {
                break;
            } else {
                if (state == State::kUp && makes_connection_useless(**reply)) {
                    useless = true;
                    last_error = (*reply)->text;
                }
                if (!queue.answer(std::move(**reply), completions))
                    fault = "a reply that nobody asked for";
            }
        }
        complete();
        if (!fault.empty()) return lose(fault);
        if (useless) return lose(std::string(last_error));
        read();
    }

    void on_deadline() {
        const std::size_t before = completions.size();
        const bool usable = queue.expire(timers.now(), completions);
        stats.timeouts += completions.size() - before;
        complete();
        if (!usable) return lose("no answer for 1 s past a deadline");
        deadlines.want(queue.next_expiry());
    }

    /// Posted, so that nobody is called from inside a step of the connection; dropped when it is
    /// gone by then.
    void complete() {
        for (Completion& completion : completions) {
            asio::post(executor,
                       [self = weak_from_this(), completion = std::move(completion)]() mutable {
                           const auto alive = self.lock();
                           if (alive && alive->state != State::kClosed)
                               completion.done(std::move(completion.result));
                       });
        }
        completions.clear();
    }
};

Connection::Connection(Executor executor, Timers& timers, Random& random, Options options,
                       Hooks hooks)
    : impl_(std::make_shared<Impl>(std::move(executor), timers, random, std::move(options),
                                   std::move(hooks))) {
    impl_->connect();
}

Connection::~Connection() { impl_->shut_down(); }

Task<Result<Reply>> Connection::command(Command command, MonotonicTime deadline) {
    if (Status status = impl_->admit(deadline); !status) co_return fail(std::move(status.error()));
    Impl& impl = *impl_;
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>,
                                            void(Result<Reply>)>(
        [&impl, &command, deadline](auto handler) {
            impl.enqueue(command, deadline, std::move(handler));
        },
        asio::use_awaitable_t<Executor>{});
}

Task<Result<Reply>> Connection::command(std::vector<std::string> args, MonotonicTime deadline) {
    Command encoded;
    for (const std::string& bytes : args) encoded.arg(bytes);
    return command(std::move(encoded), deadline);
}

void Connection::send(const Command& command, MonotonicTime deadline, ReplyQueue::Done done) {
    impl_->send(command, deadline, std::move(done));
}

bool Connection::is_up() const { return impl_->state == Impl::State::kUp && !impl_->useless; }

const std::string& Connection::last_error() const { return impl_->last_error; }

void Connection::drop(const std::string& reason) { impl_->lose(reason); }

Connection::Stats Connection::stats() const {
    Stats stats = impl_->stats;
    stats.in_flight = impl_->queue.size();
    return stats;
}

}  // namespace liandong::redis
