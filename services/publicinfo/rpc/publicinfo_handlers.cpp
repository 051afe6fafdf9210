#include "services/publicinfo/rpc/publicinfo_handlers.h"

#include "common/api/convert.h"
#include "common/api/page.h"
#include "common/api/respond.h"
#include "common/api/watch.h"

#include <algorithm>

namespace liandong::publicinfo {
namespace {

using namespace domain;

Result<Bulletin> read_draft(const pb::DraftBulletinRequest& request) {
    Bulletin draft;
    const auto kind = api::read_bulletin_kind(request.kind(), "kind");
    if (!kind) return fail(kind.error());
    draft.kind = *kind;
    if (!request.incident_id().empty()) {
        if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
            return fail(status.error());
    }
    draft.incident_id = request.incident_id();
    auto level = api::read_level(request.level(), "level");
    if (!level) return fail(std::move(level.error()));
    draft.level = std::move(*level);
    for (const pb::BulletinText& text : request.texts()) {
        draft.texts.push_back({text.language(), text.headline(), text.body()});
    }
    draft.area_codes.assign(request.area_codes().begin(), request.area_codes().end());
    draft.expires_at = from_micros(request.expires_at_micros());
    return draft;
}

Status check_hash(std::string_view hash) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (hash.size() == 64 && std::ranges::all_of(hash, is_hex)) return {};
    return invalid_field("content_hash", "HASH_MALFORMED",
                         "repeat the content_hash of the bulletin that was read");
}

Result<BulletinFilter> read_filter(const pb::ListBulletinsRequest& request) {
    BulletinFilter filter;
    for (const int state : request.states()) {
        if (state < pb::BULLETIN_STATE_DRAFT || state > pb::BULLETIN_STATE_PUBLISHED) {
            return invalid_field("states", "ENUM_UNKNOWN", "no such state");
        }
        filter.states.push_back(static_cast<BulletinState>(state - 1));
    }
    return filter;
}

/// The answer to a change, whichever it was.
template <class Response>
Response answer(const store::ScopeContext& context, const store::Settled& settled) {
    Response response;
    *response.mutable_header() = api::mutation_header(context, settled.revision);
    *response.mutable_bulletin() =
        api::bulletin(settled.outcome.bulletins.at(0), settled.revision.seq);
    return response;
}

}  // namespace

Task<Result<pb::DraftBulletinResponse>> PublicInfoHandlers::draft_bulletin(
    CallContext context, pb::DraftBulletinRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto draft = read_draft(request);
    if (!draft) co_return fail(std::move(draft.error()));
    const auto settled = co_await service_.draft(std::move(*mutation), std::move(*draft));
    if (!settled) co_return fail(settled.error());
    co_return answer<pb::DraftBulletinResponse>(service_.context(), *settled);
}

Task<Result<pb::ApproveBulletinResponse>> PublicInfoHandlers::approve_bulletin(
    CallContext context, pb::ApproveBulletinRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_id(request.bulletin_id(), "bulletin_id"); !status)
        co_return fail(status.error());
    if (auto status = check_hash(request.content_hash()); !status) co_return fail(status.error());
    const auto settled = co_await service_.approve(std::move(*mutation), request.bulletin_id(),
                                                   request.content_hash());
    if (!settled) co_return fail(settled.error());
    co_return answer<pb::ApproveBulletinResponse>(service_.context(), *settled);
}

Task<Result<pb::PublishBulletinResponse>> PublicInfoHandlers::publish_bulletin(
    CallContext context, pb::PublishBulletinRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_id(request.bulletin_id(), "bulletin_id"); !status)
        co_return fail(status.error());
    const auto settled = co_await service_.publish(std::move(*mutation), request.bulletin_id());
    if (!settled) co_return fail(settled.error());
    co_return answer<pb::PublishBulletinResponse>(service_.context(), *settled);
}

Task<Result<pb::GetBulletinResponse>> PublicInfoHandlers::get_bulletin(
    CallContext context, pb::GetBulletinRequest request) {
    if (auto status = api::check_id(request.bulletin_id(), "bulletin_id"); !status)
        co_return fail(status.error());
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const auto found = co_await service_.find(request.bulletin_id(), context.deadline);
    if (!found) co_return fail(found.error());
    pb::GetBulletinResponse response;
    *response.mutable_header() = api::read_header(service_.context(), found->revision);
    *response.mutable_bulletin() = api::bulletin(*found->held.value, found->held.version);
    co_return response;
}

Task<Result<pb::ListBulletinsResponse>> PublicInfoHandlers::list_bulletins(
    CallContext context, pb::ListBulletinsRequest request) {
    const auto filter = read_filter(request);
    if (!filter) co_return fail(filter.error());
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    auto bulletins = service_.list(*filter, page->after, page->size + 1);
    const bool has_next = api::trim_to_page(bulletins, *page);
    pb::ListBulletinsResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    for (const auto& held : bulletins)
        *response.add_bulletins() = api::bulletin(*held.value, held.version);
    if (has_next) {
        response.mutable_page()->set_next_token(
            api::page_token(PublicInfoService::sort_key(*bulletins.back().value)));
    }
    co_return response;
}

Task<Status> PublicInfoHandlers::watch_bulletins(CallContext, pb::WatchBulletinsRequest request,
                                                 Sink<pb::WatchBulletinsResponse>& sink) {
    BulletinFilter filter;
    if (request.published_only()) filter.states = {BulletinState::kPublished};
    store::ScopeContext& scope = service_.context();
    store::Feed feed(scope, api::read_resume(request), sink.cancellation(),
                     api::read_at_least(request));
    while (const auto step = co_await feed.next()) {
        api::Chunks<pb::WatchBulletinsResponse> chunks(scope, *step);
        // A bulletin never leaves either view: its state only advances, and nothing is deleted. So
        // there are no removals, and who sees only what is published does not even learn the id of
        // a draft.
        const auto tell = [&](const std::string& id) {
            const auto* held = scope.mirror.find<Bulletin>(id);
            if (!held || !filter.matches(*held->value)) return;
            chunks.add([](auto& out) { return out.add_upserts(); },
                       api::bulletin(*held->value, held->version));
        };
        if (step->snapshot) {
            for (const auto& [id, held] : scope.mirror.table<Bulletin>()) tell(id);
        } else {
            for (const Key& key : step->changed) {
                if (key.kind == Kind::kBulletin) tell(key.id);
            }
        }
        if (!co_await chunks.send(sink)) break;
    }
    co_return fail(Code::kCancelled, "WATCH_ENDED", "the watcher is gone");
}

}  // namespace liandong::publicinfo
