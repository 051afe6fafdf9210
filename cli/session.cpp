#include "cli/session.h"

#include "cli/requests.h"
#include "cli/times.h"
#include "common/base/id.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <chrono>

namespace liandong::cli {
namespace {

constexpr int kReceiveBytesMax = 16 * 1024 * 1024;

std::shared_ptr<grpc::Channel> open_channel(const std::string& target) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(kReceiveBytesMax);
    // A proxy of the environment is not meant for a command centre's own network.
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace

Session::Session(const Options& options, Identity identity, Streams streams, const Clock& clock,
                 Random& random)
    : options_(options),
      identity_(std::move(identity)),
      streams_(streams),
      random_(random),
      channel_(open_channel(options.target)),
      intake_(intake::v1::IntakeService::NewStub(channel_)),
      desk_(intake::v1::DeskService::NewStub(channel_)),
      dispatch_(dispatch::v1::DispatchService::NewStub(channel_)),
      publicinfo_(publicinfo::v1::PublicInfoService::NewStub(channel_)),
      request_id_(options.request_id.empty() ? make_uuid_v7(clock.now(), random)
                                             : options.request_id) {}

common::v1::ReadHeader Session::read_header() const {
    common::v1::ReadHeader header;
    header.mutable_scope()->set_world(identity_.scope.world);
    header.mutable_scope()->set_district(identity_.scope.district);
    return header;
}

common::v1::MutationHeader Session::mutation_header(std::size_t n) {
    common::v1::MutationHeader header;
    header.mutable_scope()->set_world(identity_.scope.world);
    header.mutable_scope()->set_district(identity_.scope.district);
    header.set_request_id(nth_request_id(request_id_, n));
    header.set_on_behalf_of(options_.on_behalf_of);
    resend_.request_id = request_id_;
    return header;
}

void Session::remember_for_resend(std::string arguments) { resend_.extra = std::move(arguments); }

Status Session::prepare(grpc::ClientContext& context, bool deadline) const {
    if (deadline) {
        context.set_deadline(std::chrono::system_clock::time_point{
            std::chrono::duration_cast<std::chrono::system_clock::duration>(
                SystemClock{}.now().time_since_epoch() +
                Duration{static_cast<std::int64_t>(options_.timeout_seconds * 1e6)})});
    }
    if (options_.token_file.empty()) {
        context.AddMetadata("liandong-principal", identity_.principal);
        return {};
    }
    const auto token = read_token(options_.token_file);
    if (!token) return fail(token.error());
    context.AddMetadata("authorization", fmt::format("Bearer {}", *token));
    return {};
}

Result<Timestamp> Session::world_now() {
    intake::v1::ListIncidentsRequest request;
    *request.mutable_header() = read_header();
    request.mutable_page()->set_size(1);
    const auto response = call(intake(), &Intake::ListIncidents, request);
    if (!response) return fail(response.error());
    return from_micros(response->header().server_time_micros());
}

Result<std::int64_t> Session::read_time(const std::string& text) {
    if (text.empty()) return 0;
    Timestamp now{};
    if (is_relative(text)) {
        // What cannot be read is told at once, without asking anybody.
        if (const auto readable = parse_when(text, now); !readable) return fail(readable.error());
        const auto asked = world_now();
        if (!asked) return fail(asked.error());
        now = *asked;
    }
    const auto time = parse_when(text, now);
    if (!time) return fail(time.error());
    return to_micros(*time);
}

void Session::print(std::string_view text) { streams_.out << text << std::flush; }

void Session::note(std::string_view text) { streams_.err << text << std::flush; }

void Session::print_json(const google::protobuf::Message& message) {
    std::string line;
    const auto status = google::protobuf::util::MessageToJsonString(message, &line);
    if (status.ok()) {
        print(line + "\n");
    } else {
        note(fmt::format("cannot be shown as JSON: {}\n", std::string(status.message())));
    }
}

int Session::answer(const google::protobuf::Message& message, const std::string& text) {
    if (json()) {
        print_json(message);
    } else {
        print(text);
    }
    return kDone;
}

int Session::refused(const Error& error) {
    note(json() ? describe_json(error, resend_) + "\n" : describe(error, resend_));
    return exit_code_of(error);
}

int Session::usage(const Error& error) {
    // A word that cannot be read needed the server's help (its clock, its lists): then that is what
    // failed.
    if (error.code != Code::kInvalidArgument) return refused(error);
    note(json() ? describe_json(error, {}) + "\n" : describe(error, {}));
    return kUsage;
}

}  // namespace liandong::cli
