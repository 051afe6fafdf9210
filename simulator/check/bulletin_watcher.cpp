#include "simulator/check/bulletin_watcher.h"

#include "liandong/publicinfo/v1/publicinfo.pb.h"
#include "simulator/check/watch_stream.h"

#include <utility>

namespace liandong::simulator {

using domain::Kind;
using publicinfo::v1::WatchBulletinsRequest;
using publicinfo::v1::WatchBulletinsResponse;

Task<void> BulletinWatcher::watch() {
    const auto take = [this](const WatchBulletinsResponse& message) {
        for (const auto& bulletin : message.upserts())
            take_value({Kind::kBulletin, bulletin.id()}, bulletin.version());
        for (const std::string& id : message.removals()) remove({Kind::kBulletin, id});
    };
    WatchCall<WatchBulletinsRequest, WatchBulletinsResponse, publicinfo::PublicInfoHandlers> call{
        .who = person("press", domain::Role::kBulletinSigner),
        .method = "liandong.publicinfo.v1.PublicInfoService.WatchBulletins",
        .service = &VirtualProcess::publicinfo,
        .handler = &publicinfo::PublicInfoHandlers::watch_bulletins,
        .request =
            [this] {
                WatchBulletinsRequest request;
                request.set_published_only(published_only_);
                if (may_resume()) set_resume(scene_, told_, *request.mutable_resume());
                return request;
            },
        .take = [this,
                 take](const WatchBulletinsResponse& message) { take_message(message, take); }};
    return hold_stream(scene_, desk_, random_, gone_, std::move(call));
}

}  // namespace liandong::simulator
