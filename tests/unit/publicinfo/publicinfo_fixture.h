#pragma once

#include "tests/support/collecting_sink.h"
#include "tests/support/virtual_desk.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>

namespace liandong::publicinfo {

/// A desk with an author (王) and a signer (赵).
class PublicInfoFixture : public ::testing::Test {
protected:
    explicit PublicInfoFixture(std::string world = "drill-1")
        : desk_({std::move(world), "420981"}) {}

    CallContext author() const { return desk_.call("wang", {domain::Role::kBulletinAuthor}); }
    CallContext signer() const { return desk_.call("zhao", {domain::Role::kBulletinSigner}); }

    pb::DraftBulletinRequest good_draft() {
        pb::DraftBulletinRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_kind(pb::BULLETIN_KIND_WARNING);
        request.mutable_level()->set_scale(liandong::common::v1::LEVEL_SCALE_WARNING);
        request.mutable_level()->set_code(2);
        auto& text = *request.add_texts();
        text.set_language("zh-CN");
        text.set_headline("暴雨橙色预警");
        text.set_body("请远离河道。");
        request.add_area_codes("420981001");
        request.set_expires_at_micros(to_micros(desk_.clock().now() + std::chrono::hours{6}));
        return request;
    }
    Result<pb::DraftBulletinResponse> draft(pb::DraftBulletinRequest request) {
        return settle(desk_.run(desk_.publicinfo().draft_bulletin(author(), std::move(request))));
    }
    pb::Bulletin draft() {
        const auto response = draft(good_draft());
        EXPECT_TRUE(response) << response.error().reason;
        return response ? response->bulletin() : pb::Bulletin{};
    }

    pb::ApproveBulletinRequest approval(const pb::Bulletin& bulletin) {
        pb::ApproveBulletinRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_bulletin_id(bulletin.id());
        request.set_content_hash(bulletin.content_hash());
        return request;
    }
    Result<pb::ApproveBulletinResponse> approve(pb::ApproveBulletinRequest request,
                                                CallContext caller) {
        return settle(
            desk_.run(desk_.publicinfo().approve_bulletin(std::move(caller), std::move(request))));
    }
    Result<pb::ApproveBulletinResponse> approve(const pb::Bulletin& bulletin) {
        return approve(approval(bulletin), signer());
    }
    Result<pb::PublishBulletinResponse> publish(const std::string& id) {
        pb::PublishBulletinRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_bulletin_id(id);
        return settle(desk_.run(desk_.publicinfo().publish_bulletin(signer(), std::move(request))));
    }
    pb::Bulletin published() {
        const pb::Bulletin bulletin = draft();
        EXPECT_TRUE(approve(bulletin));
        const auto response = publish(bulletin.id());
        EXPECT_TRUE(response) << response.error().reason;
        return response ? response->bulletin() : pb::Bulletin{};
    }
    Result<pb::GetBulletinResponse> get(const std::string& id) {
        pb::GetBulletinRequest request;
        request.set_bulletin_id(id);
        return desk_.run(desk_.publicinfo().get_bulletin(signer(), std::move(request)));
    }
    Result<pb::ListBulletinsResponse> list(pb::ListBulletinsRequest request = {}) {
        return desk_.run(desk_.publicinfo().list_bulletins(signer(), std::move(request)));
    }

    test::VirtualDesk desk_;

private:
    /// The mirror has seen it, too.
    template <class Response> Response settle(Response response) {
        desk_.loop().settle();
        return response;
    }
};

}  // namespace liandong::publicinfo
