#include "common/domain/bulletin.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"
#include "simulator/audit/bulletin_rules.h"
#include "simulator/check/ask.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;
using namespace liandong::publicinfo::v1;
using domain::Kind;
using liandong::publicinfo::PublicInfoHandlers;

constexpr std::uint64_t kPress = 3;

Listed listed_in(const ListBulletinsResponse& response, bool published_only) {
    const auto& revision = response.header().revision();
    Listed listed{.revision = {revision.epoch(), revision.seq()}, .things = {}};
    listed.published_only = published_only;
    listed.is_whole = !response.has_page();
    for (const Bulletin& bulletin : response.bulletins())
        listed.things.emplace_back(bulletin.id(), bulletin.version());
    return listed;
}

Listed listed_in(const GetBulletinResponse& response, bool) {
    const auto& revision = response.header().revision();
    return {.revision = {revision.epoch(), revision.seq()},
            .things = {{response.bulletin().id(), response.bulletin().version()}}};
}

/// Reads, and says what was shown at which revision.
template <class Response, class Request>
Task<Answer> read(InProcessClient& client, domain::Principal who, std::string method,
                  Request request,
                  Task<Result<Response>> (PublicInfoHandlers::*handler)(CallContext, Request),
                  bool published_only) {
    auto response = co_await client.call(std::move(who), std::move(method), std::move(request),
                                         &VirtualProcess::publicinfo, handler);
    if (!response) co_return fail(std::move(response.error()));
    Listed listed = listed_in(*response, published_only);
    Answer answer = answer_of(std::move(response));
    answer->listed = std::move(listed);
    co_return answer;
}

template <class Response, class Request>
Wish make_reading(std::string what, domain::Principal who, Request request,
                  Task<Result<Response>> (PublicInfoHandlers::*handler)(CallContext, Request),
                  bool published_only) {
    Wish wish = make_wish(what, who, request, &VirtualProcess::publicinfo, handler);
    const std::string method =
        std::string(service_of(static_cast<PublicInfoHandlers*>(nullptr))) + what;
    wish.call = [=](InProcessClient& client, bool) {
        return read(client, who, method, request, handler, published_only);
    };
    return wish;
}

}  // namespace

domain::Principal WishMaker::any_press_person() {
    domain::Principal who =
        person(fmt::format("press-{}", random_.below(kPress)), domain::Role::kBulletinAuthor);
    who.roles.push_back(domain::Role::kBulletinSigner);
    return who;
}

std::string WishMaker::likely_bulletin(domain::BulletinState state) {
    std::vector<std::string> ids;
    const auto& entities = known().entities();
    for (auto at = entities.lower_bound({Kind::kBulletin, ""});
         at != entities.end() && at->first.kind == Kind::kBulletin; ++at) {
        if (std::get<domain::Bulletin>(at->second).state == state) ids.push_back(at->first.id);
    }
    if (ids.empty() || random_.below(4) == 0) return any(Kind::kBulletin);
    return ids[random_.below(std::min<std::size_t>(ids.size(), 2))];
}

Wish WishMaker::bulletin() {
    const std::uint64_t roll = random_.below(15);
    if (roll < 4) return draft();
    if (roll < 8) return approve();
    if (roll < 12) return publish();
    return roll < 14 ? list_bulletins() : get_bulletin();
}

Wish WishMaker::draft() {
    DraftBulletinRequest request;
    *request.mutable_header() = header();
    request.set_kind(BULLETIN_KIND_SITUATION);
    if (random_.below(2) == 0) request.set_incident_id(any(Kind::kIncident));
    BulletinText& text = *request.add_texts();
    text.set_language("zh-CN");
    text.set_headline("情况通报");
    text.set_body(fmt::format("第 {} 号", random_.below(1'000)));
    request.add_area_codes("420981");
    // Some expire before they are published.
    const Duration valid_for = random_.below(4) == 0 ? Duration(2s) : Duration(24h);
    request.set_expires_at_micros(to_micros(clock_.now() + valid_for));
    Wish wish = make_wish("DraftBulletin", any_press_person(), request, &VirtualProcess::publicinfo,
                          &PublicInfoHandlers::draft_bulletin);
    wish.asked.names = request.incident_id();
    return wish;
}

Wish WishMaker::approve() {
    ApproveBulletinRequest request;
    *request.mutable_header() = header();
    request.set_bulletin_id(likely_bulletin(domain::BulletinState::kDraft));
    const domain::Bulletin* read = known().bulletin(request.bulletin_id());
    const bool has_read = read != nullptr && random_.below(6) != 0;
    request.set_content_hash(has_read ? domain::content_hash(*read) : std::string(64, '0'));
    Wish wish = make_wish("ApproveBulletin", any_press_person(), request,
                          &VirtualProcess::publicinfo, &PublicInfoHandlers::approve_bulletin);
    wish.asked.names = request.bulletin_id();
    if (has_read) wish.asked.words = words_of(*read);
    return wish;
}

Wish WishMaker::publish() {
    PublishBulletinRequest request;
    *request.mutable_header() = header();
    request.set_bulletin_id(likely_bulletin(domain::BulletinState::kApproved));
    Wish wish = make_wish("PublishBulletin", any_press_person(), request,
                          &VirtualProcess::publicinfo, &PublicInfoHandlers::publish_bulletin);
    wish.asked.names = request.bulletin_id();
    return wish;
}

Wish WishMaker::get_bulletin() {
    GetBulletinRequest request;
    set_scope(*request.mutable_header(), scope_);
    request.set_bulletin_id(any(Kind::kBulletin));
    Wish wish = make_reading("GetBulletin", any_press_person(), request,
                             &PublicInfoHandlers::get_bulletin, false);
    wish.asked.names = request.bulletin_id();
    return wish;
}

Wish WishMaker::list_bulletins() {
    ListBulletinsRequest request;
    set_scope(*request.mutable_header(), scope_);
    const bool published_only = random_.below(2) == 0;
    if (published_only) request.add_states(BULLETIN_STATE_PUBLISHED);
    return make_reading("ListBulletins", any_press_person(), request,
                        &PublicInfoHandlers::list_bulletins, published_only);
}

}  // namespace liandong::simulator
