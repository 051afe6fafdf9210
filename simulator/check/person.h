#pragma once

#include "common/domain/principal.h"
#include "liandong/common/v1/types.pb.h"

#include <string>
#include <utility>

namespace liandong::simulator {

/// Whose units, incidents and bulletins a check is about.
inline constexpr const char* kCheckAgency = "gongan";

/// Somebody of a check's only agency.
inline domain::Principal person(std::string subject, domain::Role role) {
    domain::Principal who;
    who.subject = std::move(subject);
    who.agency = kCheckAgency;
    who.roles = {role};
    return who;
}

/// The crew of a unit, at its terminal.
inline domain::Principal crew_of(const std::string& unit_id) {
    domain::Principal who = person("unit." + unit_id, domain::Role::kUnitTerminal);
    who.unit_id = unit_id;
    return who;
}

/// Of any header that names a scope.
template <class Header> void set_scope(Header& header, const domain::Scope& scope) {
    header.mutable_scope()->set_world(scope.world);
    header.mutable_scope()->set_district(scope.district);
}

}  // namespace liandong::simulator
