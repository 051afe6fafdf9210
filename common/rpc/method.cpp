#include "common/rpc/method.h"

#include "common/base/check.h"
#include "common/rpc/status.h"
#include "liandong/common/v1/options.pb.h"

namespace liandong::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::MethodDescriptor;

static_assert(static_cast<int>(domain::Permission::kNone) ==
              static_cast<int>(common::v1::PERMISSION_UNSPECIFIED));
static_assert(static_cast<int>(domain::Permission::kUnitRead) ==
              static_cast<int>(common::v1::PERMISSION_UNIT_READ));
static_assert(static_cast<int>(domain::Permission::kDispatchOrder) ==
              static_cast<int>(common::v1::PERMISSION_DISPATCH_ORDER));
static_assert(static_cast<int>(domain::Permission::kBulletinPublish) ==
              static_cast<int>(common::v1::PERMISSION_BULLETIN_PUBLISH));
static_assert(static_cast<int>(domain::Permission::kIncidentReview) ==
              static_cast<int>(common::v1::PERMISSION_INCIDENT_REVIEW));
static_assert(static_cast<int>(domain::Permission::kDeskCommand) ==
              static_cast<int>(common::v1::PERMISSION_DESK_COMMAND));

Method::Kind kind_of(const MethodDescriptor& method) {
    LIANDONG_CHECK(!(method.client_streaming() && method.server_streaming()));  // none is served
    if (method.client_streaming()) return Method::Kind::kClientStream;
    return method.server_streaming() ? Method::Kind::kServerStream : Method::Kind::kUnary;
}

std::optional<Duration> deadline_max(const MethodDescriptor& method, Method::Kind kind,
                                     const ServerOptions& options) {
    const auto stated = method.options().GetExtension(common::v1::deadline_max_ms);
    if (stated > 0) return std::chrono::milliseconds(stated);
    if (kind == Method::Kind::kUnary) return options.unary_deadline_max;
    return std::nullopt;
}

/// Seconds; from a mirror read to the longest deadline.
const std::vector<double> kDurationBounds = {
    0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

void add_metrics(Method& method, Metrics& metrics) {
    method.duration = &metrics.histogram("liandong_rpc_duration_seconds",
                                         "Time from a call's arrival to its answer, in seconds.",
                                         kDurationBounds, {{"method", method.name}});
    for (std::size_t code = 0; code < method.requests.size(); ++code) {
        const auto name = code_name(static_cast<grpc::StatusCode>(code));
        method.requests[code] =
            &metrics.counter("liandong_rpc_requests_total", "Calls answered, by gRPC status code.",
                             {{"method", method.name}, {"code", std::string(name)}});
    }
}

}  // namespace

Method Method::describe(const std::string& service, const std::string& name, Kind kind,
                        const Descriptor& request, const Descriptor& response,
                        const MethodOptions& how, const ServerOptions& options, Metrics& metrics) {
    const MethodDescriptor* found =
        DescriptorPool::generated_pool()->FindMethodByName(service + '.' + name);
    LIANDONG_CHECK(found != nullptr);
    LIANDONG_CHECK(kind_of(*found) == kind);
    LIANDONG_CHECK(found->input_type() == &request);
    LIANDONG_CHECK(found->output_type() == &response);
    Method method;
    method.name = service + '/' + name;
    method.path = '/' + method.name;
    method.kind = kind;
    method.permission =
        static_cast<domain::Permission>(found->options().GetExtension(common::v1::permission));
    LIANDONG_CHECK(method.permission != domain::Permission::kNone);
    method.deadline_max = rpc::deadline_max(*found, kind, options);
    method.unknown_fields = how.unknown_fields;
    method.send_bytes_max = options.send_bytes_max;
    add_metrics(method, metrics);
    return method;
}

}  // namespace liandong::rpc
