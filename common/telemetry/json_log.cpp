#include "common/telemetry/json_log.h"

#include "common/base/check.h"
#include "common/telemetry/json_line.h"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/base_sink.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include <unistd.h>

namespace liandong::telemetry {
namespace {

spdlog::level::level_enum to_spdlog(LogLevel level) {
    switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarn: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
    }
    LIANDONG_UNREACHABLE();
}

constexpr std::size_t kBufferBytes = 64 * 1024;

}  // namespace

/// Gives the ready line to a C stream that buffers it.
class JsonLog::Sink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    explicit Sink(std::FILE* file) : file_(file) {
        std::setvbuf(file_, nullptr, _IOFBF, kBufferBytes);
    }
    ~Sink() override { std::fclose(file_); }
    std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

private:
    void sink_it_(const spdlog::details::log_msg& message) override {
        const auto written = std::fwrite(message.payload.data(), 1, message.payload.size(), file_);
        if (written != message.payload.size()) {
            dropped_.fetch_add(1, std::memory_order_relaxed);
            std::clearerr(file_);
        }
    }
    void flush_() override { std::fflush(file_); }

    std::FILE* file_;
    std::atomic<std::uint64_t> dropped_{0};
};

struct JsonLog::Parts {
    Parts(std::FILE* file, const JsonLogOptions& options, const Clock& wall_clock)
        : clock(wall_clock), sink(std::make_shared<Sink>(file)), logger("liandong", sink) {
        logger.set_level(to_spdlog(options.level));
        logger.flush_on(spdlog::level::warn);
        const auto every = std::min<Duration>(options.flush_every, std::chrono::seconds(1));
        flusher = std::jthread([this, every](std::stop_token stop) {
            std::unique_lock lock(mutex);
            while (!stop.stop_requested()) {
                wake.wait_for(lock, stop, every, [] { return false; });
                sink->flush();
            }
        });
    }

    const Clock& clock;
    std::shared_ptr<Sink> sink;
    spdlog::logger logger;
    std::mutex line_mutex;
    JsonLine line;
    LineBuffer buffer;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::jthread flusher;  // last: it ends before what it uses
};

Result<std::unique_ptr<JsonLog>> JsonLog::open(JsonLogOptions options, const Clock& clock) {
    std::FILE* file = options.path.empty() ? fdopen(dup(STDERR_FILENO), "a")
                                           : std::fopen(options.path.c_str(), "ae");
    if (file == nullptr) {
        return fail(Code::kUnavailable, "LOG_FILE_UNWRITABLE",
                    "cannot write the log file " + options.path);
    }
    return std::unique_ptr<JsonLog>(new JsonLog(std::make_unique<Parts>(file, options, clock)));
}

JsonLog::JsonLog(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
JsonLog::~JsonLog() = default;

bool JsonLog::enabled(LogLevel level) const { return parts_->logger.should_log(to_spdlog(level)); }

void JsonLog::write(LogLevel level, std::string_view event,
                    std::initializer_list<LogField> fields) {
    if (!enabled(level)) return;
    // Normally one thread logs; the lock is there for the few lines of others.
    const std::scoped_lock lock(parts_->line_mutex);
    parts_->buffer.clear();
    parts_->line.write(parts_->buffer, parts_->clock.now(), level, event, fields);
    parts_->buffer.push_back('\n');
    parts_->logger.log(spdlog::log_clock::time_point{}, spdlog::source_loc{}, to_spdlog(level),
                       spdlog::string_view_t(parts_->buffer.data(), parts_->buffer.size()));
}

void JsonLog::flush() { parts_->sink->flush(); }

std::uint64_t JsonLog::dropped() const { return parts_->sink->dropped(); }

}  // namespace liandong::telemetry
