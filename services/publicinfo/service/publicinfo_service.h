#pragma once

#include "common/domain/bulletin.h"
#include "common/domain/mutation.h"
#include "common/store/find.h"
#include "common/store/scope_context.h"
#include "common/store/transact.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liandong::publicinfo {

/// Which bulletins a list or a watcher wants.
struct BulletinFilter {
    std::vector<domain::BulletinState> states;  ///< empty: all

    bool matches(const domain::Bulletin& bulletin) const;
};

/// 制作 → 签发 → 发布, for the bulletins of one scope. The rules are in common/domain/bulletin.h;
/// methods read, decide and commit, nothing else.
class PublicInfoService {
public:
    /// `context` must outlive the service.
    explicit PublicInfoService(store::ScopeContext& context) : context_(context) {}

    /// Of `text` only what the author says counts: kind, incident, level, texts, areas, expiry. Its
    /// id is derived from the request, the author is the caller, and everything of an exercise
    /// world is marked as an exercise. Event "bulletin_drafted". The refusals of
    /// `domain::validate`; NOT_FOUND / INCIDENT_UNKNOWN.
    Task<Result<store::Settled>> draft(Mutation mutation, domain::Bulletin text);

    /// Event "bulletin_approved". NOT_FOUND / BULLETIN_UNKNOWN and the refusals of
    /// `domain::approve`.
    Task<Result<store::Settled>> approve(Mutation mutation, std::string bulletin_id,
                                         std::string content_hash);

    /// Event "bulletin_published". NOT_FOUND / BULLETIN_UNKNOWN and the refusals of
    /// `domain::publish`.
    Task<Result<store::Settled>> publish(Mutation mutation, std::string bulletin_id);

    /// See `store::find`. NOT_FOUND / BULLETIN_UNKNOWN.
    Task<Result<store::Found<domain::Bulletin>>> find(std::string bulletin_id,
                                                      MonotonicTime deadline) {
        return store::find<domain::Bulletin>(context_, std::move(bulletin_id), deadline);
    }

    /// Newest draft first, from the mirror: those behind `after` (a sort key, "" from the start),
    /// at most `count`.
    std::vector<store::Versioned<domain::Bulletin>> list(const BulletinFilter& filter,
                                                         std::string_view after,
                                                         std::size_t count) const;
    static std::string sort_key(const domain::Bulletin& bulletin);

    store::ScopeContext& context() { return context_; }

private:
    store::ScopeContext& context_;
};

}  // namespace liandong::publicinfo
