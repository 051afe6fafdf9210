#pragma once

#include "common/base/random.h"
#include "simulator/virtual/virtual_process.h"
#include "tests/support/log_replay.h"

#include <functional>
#include <string>

namespace liandong::test {

/// What a call answered, as bytes without the server's time: equal answers are equal strings.
using Answer = Result<std::string>;

/// One request that somebody makes, to be sent to any process, any number of times.
struct Wish {
    std::string what;      ///< the RPC, for messages
    std::string request;   ///< "<agency>/<request id>"; empty: it reads
    bool is_fact = false;  ///< D3: it may not be refused
    /// `altered`: other content under the same request id.
    std::function<Task<Answer>(simulator::VirtualProcess&, bool altered)> call;
};

/// Draws wishes that collide: few units, few incidents, and of those mostly the newest.
class WishMaker {
public:
    static constexpr std::size_t kUnits = 6;

    /// All must outlive the maker.
    WishMaker(Random& random, const LogReplay& known, const Clock& clock, domain::Scope scope)
        : random_(random), known_(known), clock_(clock), scope_(std::move(scope)) {}

    Wish draw();
    /// All units, in service.
    Wish import_all();

private:
    struct Header;
    Wish report();
    Wish import_some(std::size_t first, std::size_t count, bool in_service);
    Wish set_status();
    Wish recommend();
    Wish dispatch();
    Wish fact();
    Wish cancel();
    Wish close();

    liandong::common::v1::MutationHeader header();
    std::string any_unit();
    /// An id of an entity of this kind, or one that does not exist.
    std::string any(domain::Kind kind);
    /// The order that some unit holds, else any.
    std::string likely_order();

    Random& random_;
    const LogReplay& known_;
    const Clock& clock_;
    domain::Scope scope_;
};

}  // namespace liandong::test
