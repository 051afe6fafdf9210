#pragma once

#include "common/async/sink.h"
#include "common/async/task.h"
#include "common/base/error.h"
#include "common/domain/call_context.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"
#include "services/publicinfo/service/publicinfo_service.h"

namespace liandong::publicinfo {

namespace pb = liandong::publicinfo::v1;

/// `liandong.publicinfo.v1.PublicInfoService`, without gRPC: messages to domain values and back,
/// permission already checked. Bound to gRPC by common/rpc, called directly by the simulator.
class PublicInfoHandlers {
public:
    /// `service` must outlive the handlers.
    explicit PublicInfoHandlers(PublicInfoService& service) : service_(service) {}

    Task<Result<pb::DraftBulletinResponse>> draft_bulletin(CallContext context,
                                                           pb::DraftBulletinRequest request);
    Task<Result<pb::ApproveBulletinResponse>> approve_bulletin(CallContext context,
                                                               pb::ApproveBulletinRequest request);
    Task<Result<pb::PublishBulletinResponse>> publish_bulletin(CallContext context,
                                                               pb::PublishBulletinRequest request);
    Task<Result<pb::GetBulletinResponse>> get_bulletin(CallContext context,
                                                       pb::GetBulletinRequest request);
    Task<Result<pb::ListBulletinsResponse>> list_bulletins(CallContext context,
                                                           pb::ListBulletinsRequest request);
    Task<Status> watch_bulletins(CallContext context, pb::WatchBulletinsRequest request,
                                 Sink<pb::WatchBulletinsResponse>& sink);

private:
    PublicInfoService& service_;
};

}  // namespace liandong::publicinfo
