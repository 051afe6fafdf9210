#pragma once

#include "common/base/metrics.h"
#include "common/base/time.h"
#include "common/domain/principal.h"
#include "common/rpc/options.h"
#include "common/rpc/request_fault.h"

#include <google/protobuf/descriptor.h>

#include <array>
#include <optional>
#include <string>

namespace liandong::rpc {

/// How one RPC is bound, apart from its handler.
struct MethodOptions {
    /// ReportIncident alone accepts what it does not know (D1); see `UnknownFields`.
    UnknownFields unknown_fields = UnknownFields::kRefuse;
};

/// What the bridge knows of one RPC, from its descriptor. Made at start.
struct Method {
    enum class Kind : std::uint8_t { kUnary, kServerStream, kClientStream };

    std::string name;  ///< "liandong.intake.v1.IntakeService/ReportIncident"
    std::string path;  ///< the same with a leading slash: gRPC's form
    Kind kind = Kind::kUnary;
    domain::Permission permission = domain::Permission::kNone;
    std::optional<Duration> deadline_max;  ///< none: streams without a stated one
    UnknownFields unknown_fields = UnknownFields::kRefuse;
    std::size_t send_bytes_max = 0;

    Histogram* duration = nullptr;
    std::array<Counter*, 17> requests{};  ///< by gRPC status code

    /// Finds "<service>/<method>" among the generated descriptors. Aborts when there is none, its
    /// form or types are others than the handler's, or it declares no permission: those are bugs of
    /// the program.
    static Method describe(const std::string& service, const std::string& name, Kind kind,
                           const google::protobuf::Descriptor& request,
                           const google::protobuf::Descriptor& response, const MethodOptions& how,
                           const ServerOptions& options, Metrics& metrics);
};

}  // namespace liandong::rpc
