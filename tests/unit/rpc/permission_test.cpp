#include "liandong/common/v1/options.pb.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/desk.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"
#include "tests/unit/rpc/fixture.h"

#include <google/protobuf/descriptor.h>

namespace liandong::rpc {
namespace {

using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;

std::vector<const MethodDescriptor*> all_rpcs() {
    std::vector<const MethodDescriptor*> rpcs;
    for (const FileDescriptor* file : {intake::v1::GetIncidentRequest::descriptor()->file(),
                                       intake::v1::ListAlarmsRequest::descriptor()->file(),
                                       dispatch::v1::GetUnitRequest::descriptor()->file(),
                                       publicinfo::v1::GetBulletinRequest::descriptor()->file()}) {
        for (int s = 0; s < file->service_count(); ++s) {
            for (int m = 0; m < file->service(s)->method_count(); ++m) {
                rpcs.push_back(file->service(s)->method(m));
            }
        }
    }
    return rpcs;
}

domain::Permission permission_of(const MethodDescriptor& rpc) {
    return static_cast<domain::Permission>(rpc.options().GetExtension(common::v1::permission));
}

// An RPC without a declared permission would be open to nobody, or, with a bug, to everybody.
TEST(Permissions, AreDeclaredByEveryRpc) {
    EXPECT_GE(all_rpcs().size(), 29U);
    for (const MethodDescriptor* rpc : all_rpcs()) {
        EXPECT_NE(permission_of(*rpc), domain::Permission::kNone) << rpc->full_name();
    }
}

// For each RPC some role may and some may not: no permission is forgotten in the table, none is for
// all.
TEST(Permissions, OfEveryRpcAreHeldBySomeRolesAndNotByAll) {
    for (const MethodDescriptor* rpc : all_rpcs()) {
        int may = 0;
        for (const domain::Role role : domain::kAllRoles) {
            may += domain::allows(role, permission_of(*rpc)) ? 1 : 0;
        }
        EXPECT_GT(may, 0) << rpc->full_name();
        EXPECT_LT(may, static_cast<int>(std::size(domain::kAllRoles))) << rpc->full_name();
    }
}

TEST(Permissions, AreDeniedByDefault) {
    for (const domain::Role role : domain::kAllRoles) {
        EXPECT_FALSE(domain::allows(role, domain::Permission::kNone));
    }
    domain::Principal nobody;
    nobody.subject = "x";
    nobody.agency = "y";
    for (const MethodDescriptor* rpc : all_rpcs()) {
        const Status status = domain::authorize(nobody, permission_of(*rpc), {"live", "420981"});
        ASSERT_FALSE(status.has_value()) << rpc->full_name();
        EXPECT_EQ(status.error().code, Code::kPermissionDenied);
    }
}

class PermissionTest : public RpcTest {};

// Over the wire, each role gets through exactly where the table says so.
TEST_F(PermissionTest, IsAskedOnEveryCall) {
    start();
    for (const domain::Role role : domain::kAllRoles) {
        const auto error = get_incident("subject=wang;agency=gongan;roles=" +
                                        std::string(domain::to_string(role)));
        const bool may = domain::allows(role, domain::Permission::kIncidentRead);
        EXPECT_EQ(error.reason, may ? "OK" : "PERMISSION_MISSING") << domain::to_string(role);
    }
    EXPECT_EQ(get_incident("subject=wang;agency=gongan").code, Code::kPermissionDenied);
}

// A token bound to one scope opens no other.
TEST_F(PermissionTest, EndsAtTheTokensScope) {
    start();
    const std::string dispatcher = "subject=wang;agency=gongan;roles=dispatcher;scope=";
    EXPECT_EQ(get_incident(dispatcher + "live.420981").reason, "OK");
    const auto error = get_incident(dispatcher + "drill.420981");
    EXPECT_EQ(error.code, Code::kPermissionDenied);
    EXPECT_EQ(error.reason, "WRONG_SCOPE");
}

}  // namespace
}  // namespace liandong::rpc
