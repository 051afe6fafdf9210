#pragma once

#include "cli/session.h"
#include "common/base/error.h"
#include "common/base/random.h"
#include "common/base/time.h"

#include <fmt/format.h>
#include <grpcpp/support/sync_stream.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

namespace liandong::cli {

/// How long a watch waits before it comes back: 0.25 s, doubled up to 10 s, ± 20 % by chance so
/// that consoles do not all come back at once. Given up after kFailures_max failures in a row
/// (about four minutes).
class Backoff {
public:
    static constexpr int kFailures_max = 30;

    explicit Backoff(Random& random) : random_(random) {}
    Duration next();
    bool is_exhausted() const { return failures_ >= kFailures_max; }
    void reset() { failures_ = 0; }

private:
    Random& random_;
    int failures_ = 0;
};

/// Whether a watch that ended so is taken up again: the server or the way to it went away, drained,
/// or the token ran out (the file may hold a new one).
bool is_resumable(const Error& error);

/// Sleeps: the command line has nothing else to do meanwhile.
void wait(Duration duration);

/// Reads a stream to its end, and takes it up behind the last `resume` token as long as it may.
/// Ends only with a failure.
template <class Stub, class Request, class Response, class OnMessage>
int follow(Session& session, Stub& stub,
           std::unique_ptr<grpc::ClientReaderInterface<Response>> (Stub::*open)(
               grpc::ClientContext*, const Request&),
           Request request, OnMessage on_message) {
    Backoff backoff(session.random());
    while (true) {
        grpc::ClientContext context;
        if (Status ready = session.prepare(context, false); !ready)
            return session.refused(ready.error());
        const auto reader = (stub.*open)(&context, request);
        for (Response response; reader->Read(&response); response.Clear()) {
            backoff.reset();
            if (response.has_resume()) *request.mutable_resume() = response.resume();
            on_message(response);
        }
        const grpc::Status status = reader->Finish();
        // A server that drains ends its streams without an error.
        Error error =
            status.ok()
                ? Error{Code::kUnavailable, "STREAM_ENDED", "the server ended the watch", {}}
                : rpc::from_grpc_status(status);
        if (!is_resumable(error) || backoff.is_exhausted()) return session.refused(error);
        const Duration pause = backoff.next();
        session.note(fmt::format("{}: {}; back in {:.1f} s\n", error.reason, error.message,
                                 static_cast<double>(pause.count()) / 1e6));
        wait(pause);
    }
}

}  // namespace liandong::cli
