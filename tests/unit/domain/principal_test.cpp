#include "common/domain/principal.h"

#include <gtest/gtest.h>

#include <string>

namespace liandong::domain {
namespace {

using enum Permission;

constexpr Permission kPermissions[] = {
    kNone,         kIncidentReport, kIncidentRead,      kIncidentManage,  kUnitRead,
    kUnitManage,   kUnitImport,     kDispatchRecommend, kDispatchOrder,   kOrderRead,
    kOrderFollow,  kBulletinRead,   kBulletinDraft,     kBulletinApprove, kBulletinPublish,
    kIncidentWork, kIncidentReview, kDeskWork, kTransferAnswer, kDeskCommand};

struct Expected {
    Role role;
    std::string_view may;  ///< one character per entry of kPermissions: 'x' allowed, '.' denied
};
// columns:                  none, report, read, manage | unit read, manage, import | recommend,
// order, order read,
//                           follow | bulletin read, draft, approve, publish | work, review | desk work, transfer
//                           answer, desk command
constexpr Expected kTable[] = {
    {Role::kCallTaker, ".xx.x....x.x...x.xx."},       {Role::kDispatcher, ".xxxxx.xxxxx...x.xx."},
    {Role::kShiftSupervisor, ".xxxxxxxxxxx...xxxxx"}, {Role::kDutyCommander, ".xxxxxxxxxxx.xxxxxxx"},
    {Role::kUnitTerminal, ".x........x........."},    {Role::kGateway, ".xx.x....xxx......x."},
    {Role::kBulletinAuthor, "..x........xx......."},  {Role::kBulletinSigner, "..x........x.xx....."},
    {Role::kInspector, "..x.x....x.x........"},       {Role::kOperator, "..x.xxx..x.x........"},
};

// The whole table, cell by cell; what declares no permission is denied to everybody.
TEST(Permissions, AreTheTable) {
    ASSERT_EQ(std::size(kTable), std::size(kAllRoles));
    for (const Expected& row : kTable) {
        ASSERT_EQ(row.may.size(), std::size(kPermissions));
        for (std::size_t i = 0; i < std::size(kPermissions); ++i) {
            EXPECT_EQ(allows(row.role, kPermissions[i]), row.may[i] == 'x')
                << to_string(row.role) << ", permission " << i;
        }
    }
}

// No single role both drafts a bulletin and releases it.
TEST(Permissions, KeepAuthorAndSignerApart) {
    for (Role role : kAllRoles) {
        EXPECT_FALSE(allows(role, kBulletinDraft) && allows(role, kBulletinApprove));
    }
}

// Role names are read back, and nothing else is a role.
TEST(Role, NamesRoundTrip) {
    for (Role role : kAllRoles) EXPECT_EQ(parse_role(to_string(role)), role);
    EXPECT_EQ(parse_role("shift_supervisor"), Role::kShiftSupervisor);
    for (const char* text : {"", "Dispatcher", "dispatcher ", "admin", "root"}) {
        EXPECT_FALSE(parse_role(text)) << text;
    }
}

// Any one of several roles suffices; none denies.
TEST(Authorize, AsksEveryRole) {
    const Scope scope{"exercise", "420981"};
    Principal both{.subject = "li",
                   .agency = "gongan",
                   .roles = {},
                   .jurisdiction = "",
                   .unit_id = "",
                   .scope = {}};
    EXPECT_EQ(authorize(both, kIncidentRead, scope).error().reason, "PERMISSION_MISSING");
    both.roles = {Role::kBulletinAuthor, Role::kDispatcher};
    EXPECT_TRUE(authorize(both, kDispatchOrder, scope));
    EXPECT_TRUE(authorize(both, kBulletinDraft, scope));
    EXPECT_EQ(authorize(both, kBulletinPublish, scope).error().code, Code::kPermissionDenied);
    EXPECT_EQ(authorize(both, kNone, scope).error().reason, "PERMISSION_MISSING");
    EXPECT_TRUE(both.has_role(Role::kDispatcher));
    EXPECT_FALSE(both.has_role(Role::kOperator));
}

// A token for an exercise opens nothing of the live world, and the other way round.
TEST(Authorize, KeepsATokenInItsScope) {
    const Scope live{"live", "420981"}, exercise{"exercise", "420981"};
    const Principal bound{.subject = "li",
                          .agency = "gongan",
                          .roles = {Role::kDispatcher},
                          .jurisdiction = "",
                          .unit_id = "",
                          .scope = exercise};
    EXPECT_TRUE(authorize(bound, kDispatchOrder, exercise));
    const Status denied = authorize(bound, kDispatchOrder, live);
    ASSERT_FALSE(denied);
    EXPECT_EQ(denied.error().code, Code::kPermissionDenied);
    EXPECT_EQ(denied.error().reason, "WRONG_SCOPE");
}

}  // namespace
}  // namespace liandong::domain
