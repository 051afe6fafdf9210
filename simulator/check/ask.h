#pragma once

#include "simulator/check/person.h"
#include "simulator/check/wish.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

namespace liandong::simulator {

/// The full name of the service whose handlers these are, with a dot behind.
constexpr std::string_view service_of(const dispatch::DispatchHandlers*) {
    return "liandong.dispatch.v1.DispatchService.";
}
constexpr std::string_view service_of(const intake::IntakeHandlers*) {
    return "liandong.intake.v1.IntakeService.";
}
constexpr std::string_view service_of(const publicinfo::PublicInfoHandlers*) {
    return "liandong.publicinfo.v1.PublicInfoService.";
}

inline domain::Principal desk_person() {
    return person("dispatcher-1", domain::Role::kShiftSupervisor);
}

/// Without what differs between two answers to one request: the server's time and epoch, and what
/// follows from them.
template <class Response> Answer answer_of(Result<Response> result) {
    if (!result) return fail(std::move(result.error()));
    Answered answered;
    answered.seq = result->header().revision().seq();
    result->mutable_header()->clear_server_time_micros();
    result->mutable_header()->mutable_revision()->clear_epoch();
    if constexpr (requires { result->mutable_closure(); }) {
        // What it is now, and what this process's map makes of it.
        result->mutable_closure()->clear_state();
        result->mutable_closure()->clear_effect();
    }
    answered.bytes = result->SerializeAsString();
    return answered;
}

template <class Response, class Request, class Handlers>
Task<Answer> ask(InProcessClient& client, domain::Principal who, std::string method,
                 Request request, Handlers& (VirtualProcess::*service)(),
                 Task<Result<Response>> (Handlers::*handler)(CallContext, Request)) {
    co_return answer_of(co_await client.call(std::move(who), std::move(method), std::move(request),
                                             service, handler));
}

/// The wish that `who` calls `what`, the RPC's name, of that service.
template <class Response, class Request, class Handlers>
Wish make_wish(std::string what, domain::Principal who, Request request,
               Handlers& (VirtualProcess::*service)(),
               Task<Result<Response>> (Handlers::*handler)(CallContext, Request)) {
    Wish wish;
    wish.asked.what = what;
    wish.asked.who = who.subject;
    constexpr bool kChanges = requires { request.header().request_id(); };
    if constexpr (kChanges)
        wish.asked.request = fmt::format("{}/{}", who.agency, request.header().request_id());
    const std::string method = std::string(service_of(static_cast<Handlers*>(nullptr))) + what;
    wish.call = [=](InProcessClient& client, bool altered) {
        Request sent = request;
        if constexpr (kChanges) {
            if (altered) sent.mutable_header()->set_on_behalf_of("somebody else");
        }
        return ask(client, who, method, std::move(sent), service, handler);
    };
    return wish;
}

}  // namespace liandong::simulator
