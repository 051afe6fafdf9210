#pragma once

#include "common/base/random.h"
#include "liandong/common/v1/types.pb.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/intake.pb.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace grpc {
class ClientContext;
}

namespace liandong::bench {

namespace intake_pb = liandong::intake::v1;
namespace dispatch_pb = liandong::dispatch::v1;
namespace common_pb = liandong::common::v1;

/// Who calls: a shift supervisor may report, import and dispatch.
inline constexpr std::string_view kPrincipal =
    "subject=bench;agency=420981-desk;roles=shift_supervisor";

/// Gives the call its principal and its deadline (5 s). The same for floor and subject.
void prepare(grpc::ClientContext& context);

/// Builds requests for the scope bench.420981, each with a request id of its own. A seed gives the
/// same positions in every run.
class Messages {
public:
    explicit Messages(std::uint64_t seed) : random_(seed) {}

    /// A typical call of a citizen: about 100 bytes of words, a position, an address.
    std::vector<intake_pb::ReportIncidentRequest> reports(std::size_t count);
    /// Imports of ≤ 200 units each, named "u<first>" and on; kinds in turn, capabilities by kind.
    std::vector<dispatch_pb::ImportUnitsRequest> imports(std::size_t first, std::size_t count);
    std::vector<dispatch_pb::ImportUnitsRequest> imports(std::vector<dispatch_pb::Unit> units);
    dispatch_pb::DispatchUnitsRequest dispatch(std::string_view incident_id,
                                               std::span<const std::string> unit_ids);
    dispatch_pb::ClearOrderRequest clear(std::string_view order_id);
    /// Somewhere in the district: two ambulances and a fire engine that can rescue, five
    /// alternatives each.
    std::vector<dispatch_pb::RecommendUnitsRequest> recommends(std::size_t count);
    /// Reads that wait for the revision of `after`.
    common_pb::ReadHeader read_header(const common_pb::ResponseHeader& after) const;

    static std::string unit_id(std::size_t number);
    static common_pb::Scope scope();

private:
    common_pb::MutationHeader header();
    common_pb::Position position();

    SystemRandom ids_;
    SeededRandom random_;
};

/// What the echo answers: of the size that the subject's answers have.
intake_pb::ReportIncidentResponse typical_report_response();
dispatch_pb::DispatchUnitsResponse typical_dispatch_response();

}  // namespace liandong::bench
