#pragma once

#include "common/base/error.h"
#include "common/base/time.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::test {

/// Somebody who may do everything; what calls say of themselves unless told otherwise.
inline constexpr std::string_view kWang =
    "subject=wang;agency=gongan;roles=duty_commander,operator,bulletin_author";
/// The second person that a bulletin needs.
inline constexpr std::string_view kZhao = "subject=zhao;agency=gongan;roles=bulletin_signer";

struct CallOptions {
    std::string principal{kWang};  ///< `liandong-principal`; empty: none is sent
    std::string token{};           ///< sent as `authorization: Bearer …`; empty: none
    Duration timeout = std::chrono::seconds{20};  ///< may be negative: it has passed
    std::size_t messages_max = 1;                 ///< a server stream is left after so many
};

/// How a call ended: an error, or the messages that came.
struct Answer {
    std::optional<Error> error;
    std::vector<std::string> messages;
};

/// The bytes of calls, as they go over the wire: what no generated client would send can be sent.
/// Blocking; one call at a time an object.
class Wire {
public:
    explicit Wire(const std::string& target);
    ~Wire();

    Answer call(const std::string& path, bool is_server_stream,
                const std::vector<std::string>& requests, const CallOptions& options) const;
    Answer call(const google::protobuf::MethodDescriptor& method, const std::string& request,
                const CallOptions& options = {}) const;

    /// The RPC that takes this request, one message or a server stream's first.
    template <class Response>
    Result<Response> ask(const google::protobuf::Message& request,
                         const CallOptions& options = {}) const {
        Answer answer = call(method_of(request), request.SerializeAsString(), options);
        if (answer.error) return fail(std::move(*answer.error));
        Response response;
        if (answer.messages.empty() || !response.ParseFromString(answer.messages.front())) {
            return fail(Code::kInternal, "NO_ANSWER", "the answer is missing or cannot be read");
        }
        return response;
    }

    static const google::protobuf::MethodDescriptor& method_of(
        const google::protobuf::Message& request);

private:
    std::shared_ptr<grpc::Channel> channel_;
};

/// Every RPC of the three services, in the order of the files.
std::vector<const google::protobuf::MethodDescriptor*> all_methods();
/// "/liandong.intake.v1.IntakeService/ReportIncident".
std::string path_of(const google::protobuf::MethodDescriptor& method);

}  // namespace liandong::test
