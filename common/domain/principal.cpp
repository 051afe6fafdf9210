#include "common/domain/principal.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::domain {
namespace {

/// Indexed by `Role`.
constexpr std::string_view kRoleNames[] = {
    "call_taker", "dispatcher",      "shift_supervisor", "duty_commander", "unit_terminal",
    "gateway",    "bulletin_author", "bulletin_signer",  "inspector",      "operator",
};
static_assert(std::size(kRoleNames) == std::size(kAllRoles));

using Permissions = std::uint32_t;

constexpr Permissions bit(Permission permission) {
    return permission == Permission::kNone ? 0U : 1U << static_cast<unsigned>(permission);
}

template <class... P> constexpr Permissions all_of(P... permissions) {
    return (bit(permissions) | ...);
}

using enum Permission;

constexpr Permissions kReads = all_of(kIncidentRead, kUnitRead, kOrderRead, kBulletinRead);

// 接警员: takes reports, keeps asking (D2), links repeats, sees where help is and what the public
// was told; sends nobody.
constexpr Permissions kCallTakerMay = kReads | all_of(kIncidentReport, kIncidentWork, kDeskWork, kTransferAnswer);

// 调度员: sends and follows, also on behalf of a radio-only unit (D3), and closes (办结).
constexpr Permissions kDispatcherMay =
    kCallTakerMay |
    all_of(kIncidentManage, kUnitManage, kDispatchRecommend, kDispatchOrder, kOrderFollow);

// 值班长: reviews and reopens, keeps the roster, raises response levels III and IV; takes a borrowed or spare vehicle into service at night, when no
// operator is on duty (D22).
constexpr Permissions kShiftSupervisorMay = kDispatcherMay | all_of(kUnitImport, kIncidentReview, kDeskCommand);

// 指挥长: releases to the public (D29). Does not draft: the author is the other of the two persons.
constexpr Permissions kDutyCommanderMay =
    kShiftSupervisorMay | all_of(kBulletinApprove, kBulletinPublish);

// A crew's terminal: its own orders (which carry place and type), and what it meets on the road
// (D1). Which orders are its own is checked by the handler: `Principal::unit_id`.
constexpr Permissions kUnitTerminalMay = all_of(kOrderFollow, kIncidentReport);

// Another agency's system: reports, reads, and brings its crews' positions and milestones; the
// handler checks that they are of its agency; answers what was offered to it (D6).
constexpr Permissions kGatewayMay =
    kReads | all_of(kIncidentReport, kOrderFollow, kTransferAnswer);

// 制作 and 审核/签发: two roles, two persons; both read the incident they write about (D32).
constexpr Permissions kBulletinAuthorMay = all_of(kBulletinDraft, kBulletinRead, kIncidentRead);
constexpr Permissions kBulletinSignerMay =
    all_of(kBulletinApprove, kBulletinPublish, kBulletinRead, kIncidentRead);

// Keeps the master data; takes no part in operations.
constexpr Permissions kOperatorMay = kReads | all_of(kUnitImport, kUnitManage);

/// Indexed by `Role`. 督察 reads everything and changes nothing (D7).
constexpr Permissions kRoleMay[] = {
    kCallTakerMay,    kDispatcherMay, kShiftSupervisorMay, kDutyCommanderMay,
    kUnitTerminalMay, kGatewayMay,    kBulletinAuthorMay,  kBulletinSignerMay,
    kReads,           kOperatorMay,
};
static_assert(std::size(kRoleMay) == std::size(kAllRoles));

}  // namespace

std::string_view to_string(Role role) { return kRoleNames[std::to_underlying(role)]; }

std::optional<Role> parse_role(std::string_view text) {
    for (Role role : kAllRoles) {
        if (to_string(role) == text) return role;
    }
    return std::nullopt;
}

bool Principal::has_role(Role role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool allows(Role role, Permission permission) {
    return (kRoleMay[std::to_underlying(role)] & bit(permission)) != 0;
}

Status authorize(const Principal& principal, Permission permission, const Scope& scope) {
    if (principal.scope && *principal.scope != scope) {
        return fail(Error{
            Code::kPermissionDenied,
            "WRONG_SCOPE",
            fmt::format("this token opens {} only", principal.scope->tag()),
            {}}.with("scope", scope.tag()));
    }
    for (Role role : principal.roles) {
        if (allows(role, permission)) return {};
    }
    return fail(Code::kPermissionDenied, "PERMISSION_MISSING",
                fmt::format("none of the roles of '{}' allows this", principal.subject));
}

}  // namespace liandong::domain
