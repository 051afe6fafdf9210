#include "services/server/bind.h"

namespace liandong::server {

void bind_publicinfo(rpc::Server& server, const ScopeStacks& scopes) {
    namespace pb = liandong::publicinfo::v1;
    using Handlers = publicinfo::PublicInfoHandlers;
    const std::string service = "liandong.publicinfo.v1.PublicInfoService";
    const auto handlers = by_scope(scopes, &ScopeStack::publicinfo);
    server.unary<pb::DraftBulletinRequest, pb::DraftBulletinResponse>(
        service, "DraftBulletin", rpc::by_scope(handlers, &Handlers::draft_bulletin));
    server.unary<pb::ApproveBulletinRequest, pb::ApproveBulletinResponse>(
        service, "ApproveBulletin", rpc::by_scope(handlers, &Handlers::approve_bulletin));
    server.unary<pb::PublishBulletinRequest, pb::PublishBulletinResponse>(
        service, "PublishBulletin", rpc::by_scope(handlers, &Handlers::publish_bulletin));
    server.unary<pb::GetBulletinRequest, pb::GetBulletinResponse>(
        service, "GetBulletin", rpc::by_scope(handlers, &Handlers::get_bulletin));
    server.unary<pb::ListBulletinsRequest, pb::ListBulletinsResponse>(
        service, "ListBulletins", rpc::by_scope(handlers, &Handlers::list_bulletins));
    server.server_stream<pb::WatchBulletinsRequest, pb::WatchBulletinsResponse>(
        service, "WatchBulletins", rpc::by_scope(handlers, &Handlers::watch_bulletins));
}

}  // namespace liandong::server
