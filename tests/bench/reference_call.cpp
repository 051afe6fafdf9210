#include "tests/bench/reference_call.h"

#include "common/base/check.h"
#include "tests/bench/reference_code.h"
#include "tests/support/run_task.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace liandong::bench {
namespace {

const std::string kValue(500, 'v');
const std::string kHeader(80, 'h');

}  // namespace

ReferenceCall::ReferenceCall(redis::Endpoint endpoint) {
    redis::Connection::Options options;
    options.endpoint = std::move(endpoint);
    options.client_name = "liandong-bench";
    connection_ = std::make_unique<redis::Connection>(io_.get_executor(), timers_, random_,
                                                      std::move(options));
    LIANDONG_CHECK(test::run(io_, load()));
}

std::vector<Nanos> ReferenceCall::measure(std::size_t calls) { return test::run(io_, call(calls)); }

MonotonicTime ReferenceCall::soon() const { return timers_.now() + std::chrono::seconds(5); }

Task<bool> ReferenceCall::load() {
    while (!connection_->is_up()) co_await sleep_for(timers_, std::chrono::milliseconds(1));
    const auto reply = co_await connection_->command(
        redis::Command{"FUNCTION", "LOAD", "REPLACE", kReferenceCode}, soon());
    co_return reply && !reply->is(redis::Reply::Type::kError);
}

redis::Command ReferenceCall::next_command() {
    const std::string id = fmt::format("018f3a5c-7b1e-7abc-9def-{:012}", ++number_);
    redis::Command command{"FCALL", "liandong_bench_reference_v1", "8", "{floor.420981}:seq",
                           "{floor.420981}:log"};
    command.arg("{floor.420981}:request:" + id)
        .arg("{floor.420981}:report:" + id)
        .arg("{floor.420981}:incident:" + id)
        .arg("{floor.420981}:index:open.incident")
        .arg("{floor.420981}:counter:report:20260718")
        .arg("{floor.420981}:counter:incident:20260718");
    command.arg(id).arg(kHeader).arg(kValue).arg(kValue).arg(kValue);
    return command;
}

Task<std::vector<Nanos>> ReferenceCall::call(std::size_t calls) {
    std::vector<Nanos> latencies;
    latencies.reserve(calls);
    for (std::size_t i = 0; i < calls; ++i) {
        const Instant begun = std::chrono::steady_clock::now();
        const auto reply = co_await connection_->command(next_command(), soon());
        latencies.push_back(std::chrono::steady_clock::now() - begun);
        LIANDONG_CHECK(reply && !reply->is(redis::Reply::Type::kError));
    }
    co_return latencies;
}

}  // namespace liandong::bench
