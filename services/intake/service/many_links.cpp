#include "common/store/find.h"
#include "services/intake/policy/alarm_entry.h"
#include "services/intake/service/intake_service.h"

#include <utility>

namespace liandong::intake {

using namespace domain;
using store::Decision;
using store::View;
using Settling = IntakeService::Settling;

namespace {

using PairRule = std::function<Result<TwoNotes>(Incident&, Incident&, const Actor&)>;

/// Applies a rule of two to each of several and the one other, in one decision.
class ManyToOne {
public:
    ManyToOne(View& view, Decision& decision, Incident other)
        : view_(view), decision_(decision), other_(std::move(other)) {}

    Status apply(const PairRule& rule, Incident one, const Actor& actor) {
        auto notes = rule(one, other_, actor);
        if (!notes) return fail(std::move(notes.error().with("incident", one.id)));
        decision_.reason = notes->first.reason;
        write(std::move(notes->first));
        write(std::move(notes->second));
        decision_.outcome.incidents.push_back(one);
        decision_.writes.emplace_back(std::move(one));
        return {};
    }

    void finish() {
        decision_.outcome.incidents.push_back(other_);
        decision_.writes.emplace_back(std::move(other_));
    }

private:
    void write(Note note) {
        view_.get<Note>(note.id);  // expected absent
        decision_.writes.emplace_back(std::move(note));
    }

    View& view_;
    Decision& decision_;
    Incident other_;
};

/// An empty `other_id`: what the first of them is linked to.
Result<Decision> decide(View& view, const std::vector<std::string>& ids,
                        const std::string& other_id, const PairRule& rule, const Actor& actor) {
    const Incident* first = view.get<Incident>(ids.front());
    if (!first) return store::unknown<Incident>(ids.front(), "incident_ids[0]");
    const std::string& other = other_id.empty() ? first->linked_to : other_id;
    if (other.empty())
        return fail(Code::kFailedPrecondition, "NOT_LINKED", "it is linked to nothing");
    const Incident* other_before = view.get<Incident>(other);
    if (!other_before) return store::unknown<Incident>(other, "to_incident_id");
    Decision decision;
    ManyToOne many(view, decision, *other_before);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const Incident* one = view.get<Incident>(ids[i]);
        if (!one)
            return store::unknown<Incident>(ids[i], "incident_ids[" + std::to_string(i) + "]");
        if (auto status = many.apply(rule, *one, actor); !status)
            return fail(std::move(status.error()));
    }
    many.finish();
    return decision;
}

}  // namespace

Settling IntakeService::link_all(Mutation mutation, std::vector<std::string> incident_ids,
                                 std::string to_incident_id, Link link) {
    const Actor actor{mutation.actor, mutation.agency, mutation.on_behalf_of, context_.clock.now()};
    const PairRule rule = [link = std::move(link)](Incident& repeat, Incident& primary,
                                                   const Actor& who) {
        return intake::link(repeat, primary, link, who);
    };
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            auto decision = decide(view, incident_ids, to_incident_id, rule, actor);
            if (decision) decision->event_kind = "incidents_linked";
            return decision;
        });
}

Settling IntakeService::unlink_all(Mutation mutation, std::vector<std::string> incident_ids,
                                   std::string reason) {
    const Actor actor{mutation.actor, mutation.agency, mutation.on_behalf_of, context_.clock.now()};
    const PairRule rule = [reason = std::move(reason)](Incident& repeat, Incident& primary,
                                                       const Actor& who) {
        return intake::unlink(repeat, primary, reason, who);
    };
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            auto decision = decide(view, incident_ids, "", rule, actor);
            if (decision) decision->event_kind = "incidents_unlinked";
            return decision;
        });
}

Settling IntakeService::verify_alarm(Mutation mutation, std::string incident_id,
                                     std::string reason) {
    return change(std::move(mutation), std::move(incident_id), "alarm_verified",
                  [=](Incident& incident, const Actor& actor) {
                      return intake::verify(incident, reason, actor);
                  });
}

Settling IntakeService::record_callback(Mutation mutation, std::string incident_id,
                                        CallbackOutcome outcome, std::string text) {
    return change(std::move(mutation), std::move(incident_id), "caller_called_back",
                  [=](Incident& incident, const Actor& actor) {
                      return intake::record_callback(incident, outcome, text, actor);
                  });
}

}  // namespace liandong::intake
