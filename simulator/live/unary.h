#pragma once

#include "common/async/task.h"
#include "common/base/error.h"
#include "common/rpc/status.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <utility>

namespace liandong::simulator {

/// One unary call: `start` begins it with (context, request, response, callback); the coroutine
/// goes on, on the executor, when gRPC's thread has called back. `context` is prepared by the
/// caller.
template <class Request, class Response, class Start>
Task<Result<Response>> unary(Executor executor, std::unique_ptr<grpc::ClientContext> context,
                             Request request, Start start) {
    Response response;
    const grpc::Status status =
        co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>,
                                             void(grpc::Status)>(
            [&](auto handler) {
                auto waiter = std::make_shared<decltype(handler)>(std::move(handler));
                // The waiter is moved on, so that its last owner is never gRPC's thread.
                std::function<void(grpc::Status)> done =
                    [executor, waiter = std::move(waiter)](grpc::Status result) mutable {
                        boost::asio::post(executor, [waiter = std::move(waiter),
                                                     result = std::move(result)]() mutable {
                            std::move (*waiter)(std::move(result));
                        });
                    };
                start(context.get(), &request, &response, std::move(done));
            },
            boost::asio::use_awaitable_t<Executor>{});
    if (!status.ok()) co_return std::unexpected(rpc::from_grpc_status(status));
    co_return std::move(response);
}

}  // namespace liandong::simulator
