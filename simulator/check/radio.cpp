#include "simulator/check/radio.h"

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "simulator/check/person.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;
using dispatch::v1::ReportPositionsRequest;
using dispatch::v1::ReportPositionsResponse;

/// The fixes of one stream.
class Fixes final : public Source<ReportPositionsRequest> {
public:
    Fixes(Scene& scene, SeededRandom& random, std::string unit_id)
        : scene_(scene),
          random_(random),
          unit_id_(std::move(unit_id)),
          left_(1 + random.below(6)) {}

    Task<bool> next(ReportPositionsRequest& message) override {
        co_await sleep_for(scene_.timers(), 20ms + up_to(random_, 200ms));
        if (left_ == 0) co_return false;
        --left_;
        // One in three comes late: from under a bridge, say.
        Timestamp fixed_at = scene_.world.clock().now();
        if (random_.below(3) == 0) fixed_at -= up_to(random_, 20s);
        sent_.push_back(fixed_at);
        if (scene_.mistake.is(Mutant::kFixGoesBack)) fixed_at -= 60s;
        message = fix(fixed_at);
        // Another one takes its place, and is counted.
        if (scene_.mistake.strikes(Mutant::kFixLost)) co_return co_await next(message);
        co_return true;
    }
    const std::vector<Timestamp>& sent() const { return sent_; }

private:
    ReportPositionsRequest fix(Timestamp fixed_at) const {
        ReportPositionsRequest fix;
        set_scope(fix, scene_.world.scope());
        fix.set_unit_id(unit_id_);
        fix.mutable_position()->set_latitude(30.9);
        fix.mutable_position()->set_longitude(113.5);
        fix.mutable_position()->set_datum(common::v1::DATUM_WGS84);
        fix.set_fixed_at_micros(to_micros(fixed_at));
        return fix;
    }

    Scene& scene_;
    SeededRandom& random_;
    std::string unit_id_;
    std::uint64_t left_;
    std::vector<Timestamp> sent_;
};

}  // namespace

Task<void> Radio::stream() {
    while (!scene_.healed) {
        co_await stream_once();
        co_await sleep_for(scene_.timers(), up_to(random_, 300ms));
    }
}

Task<void> Radio::stream_once() {
    Fixes fixes(scene_, random_, unit_id_);
    std::uint64_t reached = 0;
    const auto answer = co_await desk_.client.stream<ReportPositionsResponse>(
        crew_of(unit_id_), "liandong.dispatch.v1.DispatchService.ReportPositions",
        &VirtualProcess::dispatch, &dispatch::DispatchHandlers::report_positions, fixes, &reached);
    if (!answer) co_return;  // what the process heard before nobody knows
    const std::vector<Timestamp>& sent = fixes.sent();
    judge(sent.size(), answer->accepted(), answer->rejected(), answer->first_reason());
    if (answer->accepted() != sent.size() || sent.empty()) co_return;
    scene_.auditor.fixes().accepted(reached, unit_id_, std::ranges::max(sent));
}

void Radio::judge(std::uint64_t sent, std::uint64_t accepted, std::uint64_t rejected,
                  const std::string& reason) {
    if (accepted + rejected != sent) {
        scene_.auditor.fault(fmt::format("of {} fixes {} were counted", sent, accepted + rejected));
    }
    // A process that has just begun knows no unit yet, and a failover may have lost the import.
    const bool may_not_know =
        scene_.troubles.has(Trouble::kCrash) || scene_.troubles.has(Trouble::kFailover);
    const bool is_fresh = may_not_know && reason == "UNIT_UNKNOWN";
    const bool is_late = scene_.troubles.has(Trouble::kClockJumps) && reason == "TIME_OUT_OF_RANGE";
    if (rejected != 0 && !is_fresh && !is_late)
        scene_.auditor.fault("a good fix was rejected: " + reason);
}

}  // namespace liandong::simulator
