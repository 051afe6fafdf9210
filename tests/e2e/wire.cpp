#include "tests/e2e/wire.h"

#include "common/base/check.h"
#include "common/rpc/status.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/desk.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>

namespace liandong::test {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

/// Waits for the one thing under way: true when it went well.
bool finished(grpc::CompletionQueue& queue) {
    void* tag = nullptr;
    bool ok = false;
    LIANDONG_CHECK(queue.Next(&tag, &ok));
    return ok;
}

std::string text_of(const grpc::ByteBuffer& buffer) {
    grpc::Slice slice;
    if (!buffer.DumpToSingleSlice(&slice).ok()) return {};
    return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

}  // namespace

Wire::Wire(const std::string& target) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
    arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
    channel_ = grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

Wire::~Wire() = default;

Answer Wire::call(const std::string& path, bool is_server_stream,
                  const std::vector<std::string>& requests, const CallOptions& options) const {
    grpc::ClientContext context;
    if (!options.principal.empty()) context.AddMetadata("liandong-principal", options.principal);
    if (!options.token.empty()) context.AddMetadata("authorization", "Bearer " + options.token);
    context.set_deadline(std::chrono::system_clock::now() + options.timeout);
    grpc::GenericStub stub(channel_);
    grpc::CompletionQueue queue;
    const auto call = stub.PrepareCall(&context, path, &queue);
    call->StartCall(nullptr);
    bool goes_on = finished(queue);
    for (std::size_t i = 0; goes_on && i < requests.size(); ++i) {
        grpc::Slice slice(requests[i]);
        call->Write(grpc::ByteBuffer(&slice, 1), nullptr);
        goes_on = finished(queue);
    }
    if (goes_on) {
        call->WritesDone(nullptr);
        finished(queue);
    }
    Answer answer;
    while (answer.messages.size() < options.messages_max) {
        grpc::ByteBuffer buffer;
        call->Read(&buffer, nullptr);
        if (!finished(queue)) break;
        answer.messages.push_back(text_of(buffer));
    }
    const bool left = is_server_stream && answer.messages.size() == options.messages_max;
    if (left) context.TryCancel();
    grpc::Status status;
    call->Finish(&status, nullptr);
    finished(queue);
    if (!status.ok() && !left) answer.error = rpc::from_grpc_status(status);
    return answer;
}

Answer Wire::call(const MethodDescriptor& method, const std::string& request,
                  const CallOptions& options) const {
    return call(path_of(method), method.server_streaming(), {request}, options);
}

const MethodDescriptor& Wire::method_of(const google::protobuf::Message& request) {
    for (const MethodDescriptor* method : all_methods()) {
        if (method->input_type() == request.GetDescriptor()) return *method;
    }
    LIANDONG_UNREACHABLE();
}

std::vector<const MethodDescriptor*> all_methods() {
    const ServiceDescriptor* services[] = {
        intake::v1::ReportIncidentRequest::descriptor()->file()->service(0),
        intake::v1::ListAlarmsRequest::descriptor()->file()->service(0),
        dispatch::v1::ImportUnitsRequest::descriptor()->file()->service(0),
        publicinfo::v1::DraftBulletinRequest::descriptor()->file()->service(0),
    };
    std::vector<const MethodDescriptor*> methods;
    for (const ServiceDescriptor* service : services) {
        for (int i = 0; i < service->method_count(); ++i) methods.push_back(service->method(i));
    }
    return methods;
}

std::string path_of(const MethodDescriptor& method) {
    return "/" + method.service()->full_name() + "/" + method.name();
}

}  // namespace liandong::test
