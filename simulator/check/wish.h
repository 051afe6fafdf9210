#pragma once

#include "common/base/random.h"
#include "simulator/audit/auditor.h"
#include "simulator/virtual/in_process_client.h"

#include <functional>
#include <string>

namespace liandong::simulator {

/// One request that somebody makes, to be sent any number of times.
struct Wish {
    Asked asked;
    /// `altered`: other content under the same request id.
    std::function<Task<Answer>(InProcessClient&, bool altered)> call;
};

/// Draws wishes that collide: few units, few incidents, and of those mostly the newest.
class WishMaker {
public:
    static constexpr std::size_t kUnits = 6;

    /// All must outlive the maker.
    WishMaker(Random& random, const Auditor& known, const Clock& clock, domain::Scope scope)
        : random_(random), auditor_(known), clock_(clock), scope_(std::move(scope)) {}

    Wish draw();
    /// All units, in service.
    Wish import_all();
    /// A crew is done; the desk closes what is handled.
    Wish clear(const std::string& order_id);
    Wish close(const std::string& incident_id);

private:
    Wish report();
    Wish import_some(std::size_t first, std::size_t count, bool in_service);
    Wish set_status();
    Wish recommend();
    Wish dispatch();
    Wish fact();
    Wish cancel();
    /// What desks do to incidents, in desk_wishes.cpp.
    Wish desk_work();
    Wish report_alarm();
    Wish report_lost_call();
    Wish report_same_event();
    Wish link_some();
    Wish unlink_some();
    Wish declare_master();
    Wish verify_alarm();
    Wish record_callback();
    Wish close_road();
    Wish reopen_road();
    /// About a bulletin, of three people who each may write, approve and publish.
    Wish bulletin();
    Wish draft();
    Wish approve();
    Wish publish();
    Wish get_bulletin();
    Wish list_bulletins();
    domain::Principal any_press_person();
    /// One in this state if there is any, else any.
    std::string likely_bulletin(domain::BulletinState state);
    const LogReplay& known() const { return auditor_.log(); }

    liandong::common::v1::MutationHeader header();
    std::string any_unit();
    /// An id of an entity of this kind, or one that does not exist.
    std::string any(domain::Kind kind);
    /// The order that some unit holds, else any.
    std::string likely_order();

    Random& random_;
    const Auditor& auditor_;
    const Clock& clock_;
    domain::Scope scope_;
};

}  // namespace liandong::simulator
