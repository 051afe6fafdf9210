#include "simulator/agents/press_office.h"

#include "simulator/agents/resend.h"

namespace liandong::simulator {
namespace {

publicinfo::v1::DraftBulletinRequest to_request(const ScenarioBulletin& bulletin,
                                                std::int64_t world_micros) {
    publicinfo::v1::DraftBulletinRequest request;
    request.set_kind(static_cast<publicinfo::v1::BulletinKind>(bulletin.kind));
    request.mutable_level()->set_scale(static_cast<common::v1::LevelScale>(bulletin.level.scale));
    request.mutable_level()->set_code(bulletin.level.code);
    request.mutable_level()->set_authority(bulletin.level.authority);
    for (const domain::BulletinText& text : bulletin.texts) {
        auto& target = *request.add_texts();
        target.set_language(text.language);
        target.set_headline(text.headline);
        target.set_body(text.body);
    }
    for (const std::string& code : bulletin.area_codes) request.add_area_codes(code);
    request.set_expires_at_micros(world_micros + bulletin.valid_for.count());
    return request;
}

}  // namespace

PressOffice::PressOffice(Exercise& exercise)
    : exercise_(exercise),
      author_(principal("sim.author", "xuanchuan", {domain::Role::kBulletinAuthor})),
      signer_(principal("sim.signer", "xuanchuan", {domain::Role::kBulletinSigner})) {}

Task<void> PressOffice::publish_all(const std::vector<ScenarioBulletin>& bulletins) {
    for (const ScenarioBulletin& bulletin : bulletins) {
        if (!co_await exercise_.sleep_until(exercise_.pace.at(bulletin.at))) co_return;
        co_await publish(bulletin);
    }
}

Task<void> PressOffice::publish(const ScenarioBulletin& bulletin) {
    using namespace publicinfo::v1;
    DraftBulletinRequest draft = to_request(bulletin, exercise_.world.estimate(exercise_.now()));
    *draft.mutable_header() = exercise_.mutation_header();
    const auto drafted = co_await call_until_resolved<DraftBulletinResponse>(
        exercise_, "DraftBulletin",
        [&] { return exercise_.client.draft_bulletin(author_, draft); });
    if (!drafted) co_return;
    ApproveBulletinRequest approval;
    *approval.mutable_header() = exercise_.mutation_header();
    approval.set_bulletin_id(drafted->bulletin().id());
    approval.set_content_hash(drafted->bulletin().content_hash());
    const auto approved = co_await call_until_resolved<ApproveBulletinResponse>(
        exercise_, "ApproveBulletin",
        [&] { return exercise_.client.approve_bulletin(signer_, approval); });
    if (!approved) co_return;
    PublishBulletinRequest publication;
    *publication.mutable_header() = exercise_.mutation_header();
    publication.set_bulletin_id(drafted->bulletin().id());
    const auto published = co_await call_until_resolved<PublishBulletinResponse>(
        exercise_, "PublishBulletin",
        [&] { return exercise_.client.publish_bulletin(signer_, publication); });
    if (published) exercise_.record.count(Counter::kBulletinsPublished);
}

}  // namespace liandong::simulator
