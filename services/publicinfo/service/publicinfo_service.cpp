#include "services/publicinfo/service/publicinfo_service.h"

#include "common/base/id.h"
#include "common/store/codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::publicinfo {
namespace {

using namespace domain;
using store::Decision;
using store::View;

std::unexpected<Error> unknown_bulletin(std::string_view id) {
    return fail(Error{
        Code::kNotFound,
        "BULLETIN_UNKNOWN",
        fmt::format("there is no bulletin {}", id),
        {}}.with("field", "bulletin_id"));
}

std::unexpected<Error> unknown_incident(std::string_view id) {
    return fail(Error{
        Code::kNotFound,
        "INCIDENT_UNKNOWN",
        fmt::format("there is no incident {}", id),
        {}}.with("field", "incident_id"));
}

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
                return unknown_incident(draft.incident_id);
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
            if (!before) return unknown_bulletin(bulletin_id);
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
            if (!before) return unknown_bulletin(bulletin_id);
            Bulletin bulletin = *before;
            if (auto status = domain::publish(bulletin, by, now); !status)
                return fail(std::move(status.error()));
            return write(std::move(bulletin), "bulletin_published");
        });
}

Task<Result<BulletinFound>> PublicInfoService::find(std::string bulletin_id,
                                                    MonotonicTime deadline) {
    const store::Revision revision = context_.mirror.revision();
    if (const auto* held = context_.mirror.find<Bulletin>(bulletin_id))
        co_return BulletinFound{*held, revision};
    std::vector<Key> keys;
    keys.push_back(key_of<Bulletin>(bulletin_id));
    const auto read = co_await context_.store.read(std::move(keys), std::nullopt, deadline);
    if (!read) co_return fail(read.error());
    const store::StoredValue& value = read->values[0];
    if (value.version == 0) co_return unknown_bulletin(bulletin_id);
    auto decoded = store::decode(Kind::kBulletin, value.bytes);
    if (!decoded) co_return fail(std::move(decoded.error()));
    BulletinFound found;
    found.bulletin = {
        value.version, decoded->schema,
        std::make_shared<const Bulletin>(std::get<Bulletin>(std::move(decoded->entity)))};
    found.revision = {revision.epoch, std::max(revision.seq, value.version)};
    co_return found;
}

std::string PublicInfoService::sort_key(const Bulletin& bulletin) {
    // Newest first: the key falls as time rises.
    constexpr std::int64_t kLast = 9'999'999'999'999'999;
    return fmt::format("{:016}{}", kLast - to_micros(bulletin.drafted_at), bulletin.id);
}

std::vector<store::Versioned<Bulletin>> PublicInfoService::list(const BulletinFilter& filter,
                                                                std::string_view after,
                                                                std::size_t count) const {
    std::vector<std::pair<std::string, store::Versioned<Bulletin>>> matching;
    for (const auto& [id, held] : context_.mirror.table<Bulletin>()) {
        if (!filter.matches(*held.value)) continue;
        std::string key = sort_key(*held.value);
        if (key > after) matching.emplace_back(std::move(key), held);
    }
    const auto by_key = [](const auto& a, const auto& b) { return a.first < b.first; };
    count = std::min(count, matching.size());
    std::partial_sort(matching.begin(), matching.begin() + static_cast<std::ptrdiff_t>(count),
                      matching.end(), by_key);
    std::vector<store::Versioned<Bulletin>> page;
    for (std::size_t i = 0; i < count; ++i) page.push_back(std::move(matching[i].second));
    return page;
}

}  // namespace liandong::publicinfo
