#pragma once

#include "common/async/signal.h"
#include "common/async/task.h"

#include <boost/asio/post.hpp>
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

#include <memory>
#include <optional>
#include <utility>

namespace liandong::simulator {

/// One server stream, read one message at a time: the next read starts only when the last message
/// was taken, so that a slow reader is slow for the platform too. A hold keeps gRPC from ending the
/// call while nobody reads. Lives until `OnDone` (it owns itself until then).
template <class Message>
class StreamReader final : public grpc::ClientReadReactor<Message>,
                           public std::enable_shared_from_this<StreamReader<Message>> {
public:
    StreamReader(Executor executor, std::unique_ptr<grpc::ClientContext> context)
        : executor_(executor), context_(std::move(context)), changed_(executor) {}

    /// After the stub has bound this reactor to a call.
    void begin() {
        self_ = this->shared_from_this();
        this->AddHold();
        this->StartRead(&message_);
        this->StartCall();
    }

    /// Any time, on the executor.
    void cancel() { context_->TryCancel(); }

    /// The next message; nullopt at the end, when `status` is known. One waiter.
    Task<std::optional<Message>> next() {
        if (taken_) {
            taken_ = false;
            this->StartRead(&message_);
        }
        while (!has_message_ && !status_) co_await changed_.wait();
        if (!has_message_) co_return std::nullopt;
        has_message_ = false;
        taken_ = true;
        co_return std::move(message_);
    }
    const grpc::Status& status() const { return *status_; }
    grpc::ClientContext* context() { return context_.get(); }

    void OnReadDone(bool ok) override {
        if (!ok) {
            this->RemoveHold();
            return;
        }
        boost::asio::post(executor_, [self = this->shared_from_this()] {
            self->has_message_ = true;
            self->changed_.notify();
        });
    }
    void OnDone(const grpc::Status& status) override {
        boost::asio::post(executor_, [self = std::move(self_), status] {
            self->status_ = status;
            self->changed_.notify();
        });
    }

private:
    Executor executor_;
    std::unique_ptr<grpc::ClientContext> context_;
    Signal changed_;
    Message message_;
    std::optional<grpc::Status> status_;
    bool has_message_ = false;
    bool taken_ = false;
    std::shared_ptr<StreamReader> self_;
};

}  // namespace liandong::simulator
