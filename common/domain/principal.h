#pragma once

#include "common/base/error.h"
#include "common/domain/scope.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::domain {

/// The roles of D7. A principal may hold several.
enum class Role : std::uint8_t {
    kCallTaker,        ///< 接警员
    kDispatcher,       ///< 调度员
    kShiftSupervisor,  ///< 值班长
    kDutyCommander,    ///< 指挥长
    kUnitTerminal,     ///< a crew's terminal; bound to one unit
    kGateway,          ///< another agency's system, speaks for its agency
    kBulletinAuthor,   ///< 制作
    kBulletinSigner,   ///< 审核/签发
    kInspector,        ///< 督察, read-only
    kOperator,         ///< imports units, runs exercises
};
inline constexpr Role kAllRoles[] = {
    Role::kCallTaker,    Role::kDispatcher, Role::kShiftSupervisor, Role::kDutyCommander,
    Role::kUnitTerminal, Role::kGateway,    Role::kBulletinAuthor,  Role::kBulletinSigner,
    Role::kInspector,    Role::kOperator};

/// What an RPC needs; the proto option `liandong.common.v1.permission` carries the same values.
enum class Permission : std::uint8_t {
    kNone = 0,  ///< nothing declared: denied to everybody
    kIncidentReport,
    kIncidentRead,
    kIncidentManage,
    kUnitRead,
    kUnitManage,
    kUnitImport,
    kDispatchRecommend,
    kDispatchOrder,
    kOrderRead,
    kOrderFollow,  ///< a crew's own stream, delivery, milestones
    kBulletinRead,
    kBulletinDraft,
    kBulletinApprove,
    kBulletinPublish,
    kIncidentWork,    ///< triage, notes, links, claims
    kIncidentReview,  ///< review, return, reopen
    kDeskWork = 20,    ///< alarms, transfers, hand-overs, duty reports
    kTransferAnswer,   ///< what was offered to one's agency
    kDeskCommand,      ///< rosters, suspended clocks, response levels
};

/// "call_taker", "dispatcher" …: the words in tokens and metadata.
std::string_view to_string(Role role);
std::optional<Role> parse_role(std::string_view text);

/// Who calls. Built per call from a signed token (or, on loopback without keys, from metadata).
struct Principal {
    std::string subject;  ///< person or system, 1–64 of [A-Za-z0-9_.@-]
    std::string agency;   ///< 1–32 of [A-Za-z0-9-], such as "gongan" or "xiaofang"
    std::vector<Role> roles;
    std::string
        jurisdiction;     ///< area code prefix the principal may act in; empty: the whole district
    std::string unit_id;  ///< set for a unit's terminal only
    std::optional<Scope>
        scope;  ///< set: the only scope the token opens; unset: any scope of this server

    bool has_role(Role role) const;
};

/// The one table role × permission (default deny). Pure.
bool allows(Role role, Permission permission);

/// Whether any of the principal's roles allows it. PERMISSION_DENIED / PERMISSION_MISSING, or
/// WRONG_SCOPE when the token is bound to another scope.
Status authorize(const Principal& principal, Permission permission, const Scope& scope);

}  // namespace liandong::domain
