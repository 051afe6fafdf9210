#include "common/rpc/call.h"

#include "common/base/check.h"
#include "common/rpc/status.h"

#include <grpc/support/time.h>

#include <algorithm>

namespace liandong::rpc {
namespace {

/// What is left of a client's deadline; nothing when it set none.
std::optional<Duration> time_left(gpr_timespec deadline) {
    if (gpr_time_cmp(deadline, gpr_inf_future(deadline.clock_type)) == 0) return std::nullopt;
    const gpr_timespec left = gpr_time_sub(deadline, gpr_now(deadline.clock_type));
    return std::chrono::seconds(left.tv_sec) + Duration(left.tv_nsec / 1000);
}

MonotonicTime deadline_of(const grpc::CallbackServerContext& context, const Method& method,
                          MonotonicTime now) {
    const std::optional<Duration> left = time_left(context.raw_deadline());
    if (left && method.deadline_max) return now + std::min(*left, *method.deadline_max);
    if (left) return now + std::min<Duration>(*left, std::chrono::hours(24));
    return method.deadline_max ? now + *method.deadline_max : MonotonicTime::max();
}

std::string_view view_of(grpc::string_ref text) { return {text.data(), text.size()}; }

Credentials credentials_of(const grpc::CallbackServerContext& context) {
    Credentials credentials;
    for (const auto& [name, value] : context.client_metadata()) {
        if (view_of(name) == "authorization") credentials.authorization = view_of(value);
        if (view_of(name) == "liandong-principal") credentials.principal = view_of(value);
    }
    return credentials;
}

}  // namespace

Call::Call(CallHost& host, const Method& method, grpc::CallbackServerContext& context)
    : host_(host),
      method_(method),
      context_(context),
      credentials_(credentials_of(context)),
      arrived_at_(monotonic_now()),
      deadline_(deadline_of(context, method, arrived_at_)) {}

Call::~Call() = default;

void Call::open_and_begin() {
    host_.opened(*this);
    begin();
}

void Call::cancel_work() { call_.cancellation.cancel(); }

Status Call::identify() {
    if (deadline_ <= monotonic_now()) {
        return fail(Code::kDeadlineExceeded, "DEADLINE_EXPIRED",
                    "the deadline came before the work");
    }
    auto identity = host_.ports().authenticator.authenticate(credentials_);
    if (!identity) return fail(std::move(identity.error()));
    call_.principal = (*identity)->principal;
    token_expires_at_ = (*identity)->expires_at;
    subject_ = call_.principal.subject;
    agency_ = call_.principal.agency;
    return {};
}

Status Call::authorize(domain::Scope scope, std::string_view path) {
    if (Status valid = domain::validate(scope); !valid) {
        // The rule's own path starts at "scope"; the caller knows the field by its place in the
        // request.
        Error error = std::move(valid.error());
        for (auto& [key, value] : error.metadata) {
            if (key == "field" && value.starts_with("scope")) value.replace(0, 5, path);
        }
        return fail(std::move(error));
    }
    scope_ = std::move(scope);
    return domain::authorize(call_.principal, method_.permission, scope_);
}

Error Call::wrong_scope(std::string_view path) const {
    return Error{
        Code::kFailedPrecondition, "WRONG_SCOPE", "this server does not serve " + scope_.tag(), {}}
        .with("field", std::string(path));
}

CallContext Call::take_context() {
    call_.deadline = deadline_;
    call_.method = method_.name;
    call_.peer = context_.peer();
    CallContext taken = std::move(call_);
    call_.cancellation = taken.cancellation;  // shared: the bridge cancels what the handler asks
    return taken;
}

void Call::conclude(const Status& outcome) {
    host_.closed(*this);
    answer(outcome);
}

void Call::answer(const Status& outcome) {
    if (answered_) return;
    answered_ = true;
    grpc::Status status = outcome ? grpc::Status() : to_grpc_status(outcome.error());
    const Duration took = monotonic_now() - arrived_at_;
    method_.requests[static_cast<std::size_t>(status.error_code())]->add();
    method_.duration->observe(std::chrono::duration<double>(took).count());
    log_answer(outcome, took);
    finish(std::move(status));
}

void Call::log_answer(const Status& outcome, Duration took) const {
    Log& log = host_.ports().log;
    if (!log.enabled(LogLevel::kInfo)) return;
    const std::string scope = scope_.world.empty() ? std::string() : scope_.tag();
    log.info("rpc",
             {{"method", std::string_view(method_.name)},
              {"code", outcome ? std::string_view("OK") : to_string(outcome.error().code)},
              {"reason", outcome ? std::string_view() : std::string_view(outcome.error().reason)},
              {"duration_us", static_cast<std::int64_t>(took.count())},
              {"subject", std::string_view(subject_)},
              {"agency", std::string_view(agency_)},
              {"scope", std::string_view(scope)},
              {"request_id", std::string_view(request_id_)}});
}

Error Call::bug(const std::exception_ptr& exception) const {
    std::string what = "unknown exception";
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception& error) {
        what = error.what();
    } catch (...) {
        // Whatever it is, it is a bug all the same.
    }
    host_.ports().log.error("handler_threw", {{"method", std::string_view(method_.name)},
                                              {"what", std::string_view(what)}});
    return {Code::kInternal, "BUG", "an error of the server; it has been logged", {}};
}

}  // namespace liandong::rpc
