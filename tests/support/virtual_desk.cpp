#include "tests/support/virtual_desk.h"

#include "common/async/spawn.h"
#include "common/base/id.h"

#include <chrono>
#include <utility>

namespace liandong::test {
namespace {

constexpr std::chrono::seconds kCallDeadline{10};

}  // namespace

VirtualDesk::VirtualDesk(domain::Scope scope, std::uint64_t seed, intake::Knowledge knowledge)
    : clock_(loop_.timers(), kDeskOpens),
      random_(seed),
      replica_(loop_, state_, clock_, std::move(scope)),
      sealer_(std::string(32, 'k'), random_),
      intake_(replica_.context, sealer_, knowledge),
      intake_handlers_(intake_),
      desk_service_(replica_.context),
      desk_handlers_(desk_service_),
      clocks_(desk_service_, seed, clocks_end_),
      dispatch_(replica_.context, distances_),
      dispatch_handlers_(dispatch_),
      publicinfo_(replica_.context),
      publicinfo_handlers_(publicinfo_) {
    replica_.follow();
    loop_.settle();
}

// A watch holds its own signal: only its end frees it.
VirtualDesk::~VirtualDesk() {
    clocks_end_.cancel();
    for (Cancellation& watch : watches_) watch.cancel();
    loop_.settle();
}

void VirtualDesk::start_clocks() {
    spawn_forever(loop_.executor(), clocks_.run(), "clock_keeper");
    loop_.settle();
}

CallContext VirtualDesk::call(std::string_view subject, std::vector<domain::Role> roles,
                              std::string_view method) const {
    CallContext context;
    context.principal.subject = subject;
    context.principal.agency = "gongan";
    context.principal.roles = std::move(roles);
    context.method = method;
    context.deadline = replica_.context.timers.now() + kCallDeadline;
    return context;
}

liandong::common::v1::MutationHeader VirtualDesk::mutation_header() {
    liandong::common::v1::MutationHeader header;
    header.mutable_scope()->set_world(replica_.context.scope.world);
    header.mutable_scope()->set_district(replica_.context.scope.district);
    header.set_request_id(make_uuid_v7(clock_.now(), random_));
    return header;
}

liandong::common::v1::ReadHeader VirtualDesk::read_header(
    const liandong::common::v1::Revision& revision) {
    liandong::common::v1::ReadHeader header;
    *header.mutable_min_revision() = revision;
    return header;
}

}  // namespace liandong::test
