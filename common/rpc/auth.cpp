#include "common/rpc/auth.h"

#include "common/base/id.h"

#include <algorithm>
#include <map>
#include <string>

namespace liandong::rpc {
namespace {

std::unexpected<Error> malformed(std::string message) {
    return fail(Code::kUnauthenticated, "PRINCIPAL_MALFORMED", std::move(message));
}

/// Calls `each` with every part between separators. Bounded by the text.
template <class Each> void split(std::string_view text, char separator, Each each) {
    while (true) {
        const std::size_t end = text.find(separator);
        each(text.substr(0, end));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

bool consists_of(std::string_view text, std::size_t length_max, std::string_view others) {
    return !text.empty() && text.size() <= length_max &&
           std::all_of(text.begin(), text.end(), [others](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                      others.find(c) != std::string_view::npos;
           });
}

Result<std::vector<domain::Role>> parse_roles(std::string_view text) {
    std::vector<domain::Role> roles;
    Status status;
    split(text, ',', [&](std::string_view name) {
        if (const auto role = domain::parse_role(name)) {
            roles.push_back(*role);
        } else {
            status = malformed("no such role: " + std::string(name));
        }
    });
    if (!status) return fail(std::move(status.error()));
    return roles;
}

Status set(domain::Principal& principal, std::string_view key, std::string_view value) {
    if (key == "subject") {
        principal.subject = value;
    } else if (key == "agency") {
        principal.agency = value;
    } else if (key == "jurisdiction") {
        principal.jurisdiction = value;
    } else if (key == "unit") {
        principal.unit_id = value;
    } else if (key == "roles") {
        auto roles = parse_roles(value);
        if (!roles) return fail(std::move(roles.error()));
        principal.roles = std::move(*roles);
    } else if (key == "scope") {
        auto scope = domain::parse_scope(value);
        if (!scope) return malformed("scope must be world.district");
        principal.scope = std::move(*scope);
    } else {
        return malformed("no such key: " + std::string(key));
    }
    return {};
}

}  // namespace

bool is_well_formed(const domain::Principal& principal) {
    return consists_of(principal.subject, 64, "_.@-") && consists_of(principal.agency, 32, "-") &&
           (principal.jurisdiction.empty() || consists_of(principal.jurisdiction, 16, "")) &&
           (principal.unit_id.empty() || is_safe_id(principal.unit_id));
}

Result<domain::Principal> parse_principal(std::string_view text) {
    domain::Principal principal;
    std::map<std::string_view, int> seen;
    Status status;
    split(text, ';', [&](std::string_view pair) {
        if (!status) return;
        const std::size_t equals = pair.find('=');
        const std::string_view key = pair.substr(0, equals);
        if (equals == std::string_view::npos || ++seen[key] > 1) {
            status = malformed("expected key=value, each key once");
        } else {
            status = set(principal, key, pair.substr(equals + 1));
        }
    });
    if (!status) return fail(std::move(status.error()));
    if (!is_well_formed(principal)) return malformed("subject, agency, jurisdiction or unit");
    return principal;
}

std::string format_principal(const domain::Principal& principal) {
    std::string text = "subject=" + principal.subject + ";agency=" + principal.agency;
    if (!principal.roles.empty()) {
        text += ";roles=";
        for (std::size_t i = 0; i < principal.roles.size(); ++i) {
            if (i > 0) text += ',';
            text += domain::to_string(principal.roles[i]);
        }
    }
    if (!principal.jurisdiction.empty()) text += ";jurisdiction=" + principal.jurisdiction;
    if (!principal.unit_id.empty()) text += ";unit=" + principal.unit_id;
    if (principal.scope) text += ";scope=" + principal.scope->tag();
    return text;
}

Result<const Identity*> MetadataAuthenticator::authenticate(const Credentials& credentials) {
    if (credentials.principal.empty()) {
        return fail(Code::kUnauthenticated, "PRINCIPAL_MISSING",
                    "send metadata liandong-principal: subject=…;agency=…;roles=…");
    }
    if (credentials.principal == last_text_) return &last_;
    auto principal = parse_principal(credentials.principal);
    if (!principal) return fail(std::move(principal.error()));
    last_text_ = credentials.principal;
    last_.principal = std::move(*principal);
    return &last_;
}

}  // namespace liandong::rpc
