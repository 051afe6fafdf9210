#pragma once

#include "cli/exit_code.h"
#include "cli/hints.h"
#include "cli/options.h"
#include "common/base/clock.h"
#include "common/base/error.h"
#include "common/base/random.h"
#include "common/rpc/status.h"
#include "liandong/dispatch/v1/dispatch.grpc.pb.h"
#include "liandong/intake/v1/desk.grpc.pb.h"
#include "liandong/intake/v1/intake.grpc.pb.h"
#include "liandong/publicinfo/v1/publicinfo.grpc.pb.h"

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace liandong::cli {

/// One run of one command: who calls whom, and where the answer goes. Everything given must outlive
/// it.
class Session {
public:
    using Intake = intake::v1::IntakeService::StubInterface;
    using Desk = intake::v1::DeskService::StubInterface;
    using Dispatch = dispatch::v1::DispatchService::StubInterface;
    using PublicInfo = publicinfo::v1::PublicInfoService::StubInterface;

    struct Streams {
        std::ostream& out;
        std::ostream& err;
    };

    Session(const Options& options, Identity identity, Streams streams, const Clock& clock,
            Random& random);

    Intake& intake() { return *intake_; }
    Desk& desk() { return *desk_; }
    Dispatch& dispatch() { return *dispatch_; }
    PublicInfo& publicinfo() { return *publicinfo_; }
    grpc::Channel& channel() { return *channel_; }
    Random& random() { return random_; }
    bool json() const { return options_.json; }
    /// "exercise.420981": for messages.
    std::string scope() const { return identity_.scope.tag(); }

    common::v1::ReadHeader read_header() const;
    /// Of the n-th change that this command makes. From then on an unknown outcome is told with how
    /// to repeat it.
    common::v1::MutationHeader mutation_header(std::size_t n = 0);
    /// Arguments that a repetition needs to say the same, such as an absolute time.
    void remember_for_resend(std::string arguments);

    /// One call under the deadline of the options.
    template <class Stub, class Request, class Response>
    Result<Response> call(Stub& stub,
                          grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                       Response*),
                          const Request& request) {
        grpc::ClientContext context;
        if (Status ready = prepare(context, true); !ready) return fail(std::move(ready.error()));
        Response response;
        const grpc::Status status = (stub.*method)(&context, request, &response);
        if (!status.ok()) return fail(rpc::from_grpc_status(status));
        return response;
    }

    /// Says who calls, and with `deadline` until when. The token file is read each time: a renewed
    /// token is taken up.
    Status prepare(grpc::ClientContext& context, bool deadline) const;

    /// The world's time, asked of the server. Exercises have clocks of their own.
    Result<Timestamp> world_now();
    /// `parse_when`, asking for the world's time only when the text needs it. 0 for empty text.
    Result<std::int64_t> read_time(const std::string& text);

    void print(std::string_view text);
    void note(std::string_view text);
    /// One message as one line of JSON.
    void print_json(const google::protobuf::Message& message);
    /// With --json every item as a line of JSON, else `text`.
    template <class Item>
    int answer_list(const std::vector<Item>& items, std::string (*text)(const std::vector<Item>&)) {
        if (!json()) print(text(items));
        if (json()) {
            for (const Item& item : items) print_json(item);
        }
        return kDone;
    }
    int answer(const google::protobuf::Message& message, const std::string& text);

    /// Tells a failure and gives the exit code.
    int refused(const Error& error);
    /// The same for an error in the command line itself.
    int usage(const Error& error);

private:
    const Options& options_;
    Identity identity_;
    Streams streams_;
    Random& random_;
    std::shared_ptr<grpc::Channel> channel_;
    std::unique_ptr<Intake> intake_;
    std::unique_ptr<Desk> desk_;
    std::unique_ptr<Dispatch> dispatch_;
    std::unique_ptr<PublicInfo> publicinfo_;
    std::string request_id_;
    Resend resend_;  ///< its request id is set once a change is on its way
};

}  // namespace liandong::cli
