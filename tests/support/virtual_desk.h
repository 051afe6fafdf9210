#pragma once

#include "common/base/random.h"
#include "common/base/sealer.h"
#include "common/domain/call_context.h"
#include "liandong/common/v1/types.pb.h"
#include "services/dispatch/policy/distance.h"
#include "services/dispatch/rpc/dispatch_handlers.h"
#include "services/intake/rpc/desk_handlers.h"
#include "services/intake/rpc/intake_handlers.h"
#include "services/intake/service/clock_keeper.h"
#include "services/publicinfo/rpc/publicinfo_handlers.h"
#include "tests/support/replica.h"

#include <string>
#include <string_view>
#include <vector>

namespace liandong::test {

/// One scope's services as one process would run them, on `MemoryStore` and in virtual time. Its
/// mirror follows the log as soon as time or handlers run.
class VirtualDesk {
public:
    /// `knowledge`: what intake knows; by default nothing, so that nothing is added to reports.
    explicit VirtualDesk(domain::Scope scope = {"drill-1", "420981"}, std::uint64_t seed = 1,
                         intake::Knowledge knowledge = {});
    ~VirtualDesk();
    VirtualDesk(const VirtualDesk&) = delete;
    VirtualDesk& operator=(const VirtualDesk&) = delete;

    VirtualLoop& loop() { return loop_; }
    const Clock& clock() const { return clock_; }
    Random& random() { return random_; }
    store::MemoryState& state() { return state_; }
    store::FaultStore& faults() { return replica_.faults; }
    store::Mirror& mirror() { return replica_.mirror; }
    store::ScopeContext& context() { return replica_.context; }
    intake::IntakeService& intake_service() { return intake_; }
    intake::IntakeHandlers& intake() { return intake_handlers_; }
    intake::DeskService& desk_service() { return desk_service_; }
    intake::DeskHandlers& desk() { return desk_handlers_; }
    /// From now on its clocks ring.
    void start_clocks();
    const intake::ClockKeeper& clocks() const { return clocks_; }
    dispatch::DispatchHandlers& dispatch() { return dispatch_handlers_; }
    publicinfo::PublicInfoHandlers& publicinfo() { return publicinfo_handlers_; }

    /// A call of agency "gongan" with 10 s left.
    CallContext call(std::string_view subject, std::vector<domain::Role> roles,
                     std::string_view method = "test") const;
    /// The header of a new change: this scope, a new request id.
    liandong::common::v1::MutationHeader mutation_header();
    /// A read that shows at least `revision`.
    static liandong::common::v1::ReadHeader read_header(
        const liandong::common::v1::Revision& revision);

    /// Runs a task to its end (`VirtualLoop::run`).
    template <class T> T run(Task<T> task) { return loop_.run(std::move(task)); }
    /// Starts a watch that ends with the desk, or when `sink` is closed.
    template <class Message> void watch(Sink<Message>& sink, Task<Status> task) {
        watches_.push_back(sink.cancellation());
        loop_.start(std::move(task));
        loop_.settle();
    }

    /// Lets time pass (`VirtualLoop::advance`).
    void advance(Duration duration) { loop_.advance(duration); }

private:
    VirtualLoop loop_;
    VirtualClock clock_;
    SeededRandom random_;
    store::MemoryState state_;
    Replica replica_;
    AesSealer sealer_;
    intake::IntakeService intake_;
    intake::IntakeHandlers intake_handlers_;
    intake::DeskService desk_service_;
    intake::DeskHandlers desk_handlers_;
    Cancellation clocks_end_;
    intake::ClockKeeper clocks_;
    dispatch::StraightLine distances_;
    dispatch::DispatchService dispatch_;
    dispatch::DispatchHandlers dispatch_handlers_;
    publicinfo::PublicInfoService publicinfo_;
    publicinfo::PublicInfoHandlers publicinfo_handlers_;
    std::vector<Cancellation> watches_;
};

}  // namespace liandong::test
