#include "services/publicinfo/service/publicinfo_service.h"

#include "common/base/id.h"
#include "common/store/newest.h"

#include <algorithm>
#include <utility>

namespace liandong::publicinfo {
namespace {

using namespace domain;
using store::Decision;
using store::View;

Decision write(Bulletin bulletin, std::string event_kind) {
    Decision decision;
    decision.event_kind = std::move(event_kind);
    decision.outcome.bulletins = {bulletin};
    decision.writes = {std::move(bulletin)};
    return decision;
}

/// What a resend gets after its request record expired: the bulletin is there, so nothing is
/// written again.
Decision already_drafted(const Bulletin& bulletin) {
    Decision decision;
    decision.already_done = true;
    decision.outcome.bulletins = {bulletin};
    return decision;
}

}  // namespace

bool BulletinFilter::matches(const Bulletin& bulletin) const {
    return states.empty() || std::ranges::find(states, bulletin.state) != states.end();
}

Task<Result<store::Settled>> PublicInfoService::draft(Mutation mutation, Bulletin text) {
    const std::string scope = context_.scope.tag();
    const Timestamp now = context_.clock.now();
    Bulletin draft;
    draft.id = derive_id({scope, mutation.agency, mutation.request_id, "bulletin"});
    draft.exercise = !context_.scope.is_live();
    draft.kind = text.kind;
    draft.incident_id = std::move(text.incident_id);
    draft.level = std::move(text.level);
    draft.texts = std::move(text.texts);
    draft.area_codes = std::move(text.area_codes);
    draft.expires_at = text.expires_at;
    draft.author = mutation.actor;
    draft.drafted_at = now;

    // Validated inside the decision: a resend must find its first answer, even when the text has
    // expired since.
    co_return co_await store::transact(
        context_, std::move(mutation), [draft, now](View& view) -> Result<Decision> {
            if (const Bulletin* there = view.get<Bulletin>(draft.id))
                return already_drafted(*there);
            if (auto status = validate(draft, now); !status) return fail(std::move(status.error()));
            if (!draft.incident_id.empty() && !view.get<Incident>(draft.incident_id)) {
                return store::unknown<Incident>(draft.incident_id);
            }
            return write(draft, "bulletin_drafted");
        });
}

Task<Result<store::Settled>> PublicInfoService::approve(Mutation mutation, std::string bulletin_id,
                                                        std::string content_hash) {
    const Timestamp now = context_.clock.now();
    const std::string approver = mutation.actor;
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Bulletin* before = view.get<Bulletin>(bulletin_id);
            if (!before) return store::unknown<Bulletin>(bulletin_id);
            Bulletin bulletin = *before;
            if (auto status = domain::approve(bulletin, approver, content_hash, now); !status) {
                return fail(std::move(status.error()));
            }
            return write(std::move(bulletin), "bulletin_approved");
        });
}

Task<Result<store::Settled>> PublicInfoService::publish(Mutation mutation,
                                                        std::string bulletin_id) {
    const Timestamp now = context_.clock.now();
    const std::string by = mutation.actor;
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Bulletin* before = view.get<Bulletin>(bulletin_id);
            if (!before) return store::unknown<Bulletin>(bulletin_id);
            Bulletin bulletin = *before;
            if (auto status = domain::publish(bulletin, by, now); !status)
                return fail(std::move(status.error()));
            return write(std::move(bulletin), "bulletin_published");
        });
}

std::string PublicInfoService::sort_key(const Bulletin& bulletin) {
    return store::newest_first_key(bulletin.drafted_at, bulletin.id);
}

std::vector<store::Versioned<Bulletin>> PublicInfoService::list(const BulletinFilter& filter,
                                                                std::string_view after,
                                                                std::size_t count) const {
    const auto matches = [&](const Bulletin& bulletin) { return filter.matches(bulletin); };
    return store::page_of<Bulletin>(context_.mirror, matches, sort_key, after, count);
}

}  // namespace liandong::publicinfo
