#include "cli/hints.h"

#include "cli/exit_code.h"
#include "cli/text.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <utility>

namespace liandong::cli {
namespace {

struct Hint {
    std::string_view reason;
    std::string_view what_to_do;
};

constexpr Hint kHints[] = {
    // Reaching the platform.
    {"PEER_UNREACHABLE",
     "is liandong-server running there? Set --target or LIANDONG_TARGET to its address"},
    {"DEADLINE_EXPIRED", "the platform is slow or cut off; give it longer with --timeout"},
    {"STORE_UNAVAILABLE",
     "the platform cannot reach Redis; send the same request again when it can"},
    {"STORE_TIMEOUT", "Redis answers too slowly; try again"},
    {"STORE_BUSY", "the store is at its limit; try again in a second"},
    {"STORE_FULL", "Redis has no memory left; call the operator"},
    {"OUTCOME_UNKNOWN",
     "send the same request again under the same request id: it cannot be done twice"},
    {"TOO_MUCH_CONTENTION", "many are changing the same things; look at them again, then repeat"},
    {"REVISION_NOT_REACHED", "this replica lags behind; try again"},
    {"MIRROR_NOT_READY", "the platform is starting; try again in a few seconds"},
    {"SCHEMA_NEWER", "a newer version of the platform wrote this; update this server"},
    {"METHOD_UNKNOWN",
     "the server does not serve this role; start it with the role or choose another --target"},
    {"TOO_LARGE", "the message is too large; send less at a time"},
    {"RESPONSE_TOO_LARGE", "the answer is too large; ask for less at a time"},
    // Who and where.
    {"WRONG_SCOPE",
     "set --scope (or LIANDONG_SCOPE) to a scope that this server and your token open"},
    {"SCOPE_MALFORMED", "write --scope as <world>.<district>, such as exercise.420981"},
    {"PERMISSION_MISSING",
     "your roles do not allow this; use --as with another role, or ask who may"},
    {"PRINCIPAL_MISSING", "say who you are: --as 'subject=wang;agency=gongan;roles=dispatcher'"},
    {"PRINCIPAL_MALFORMED", "write --as 'subject=wang;agency=gongan;roles=dispatcher,call_taker'"},
    {"TOKEN_MISSING", "this server wants a token: --token-file FILE"},
    {"TOKEN_EXPIRED", "get a new token and pass it with --token-file"},
    {"TOKEN_NOT_YET_VALID", "the token is for later, or a clock is wrong"},
    {"TOKEN_SIGNATURE",
     "the server does not trust who signed this token; get one from the right issuer"},
    {"TOKEN_MALFORMED",
     "the token file holds no token; it must be one line of three parts with dots"},
    // Requests.
    {"REQUEST_ID_REUSED",
     "this --request-id was used for something else; leave it away to get a new one"},
    {"REQUEST_ID_MALFORMED",
     "a --request-id is a UUID of version 7; leave it away to get a new one"},
    {"DATUM_UNSPECIFIED",
     "add the datum: --at 30.93,113.57,gcj02 (wgs84, gcj02, bd09 or cgcs2000)"},
    {"LATITUDE_OUT_OF_RANGE", "write --at LATITUDE,LONGITUDE in this order"},
    {"LONGITUDE_OUT_OF_RANGE", "write --at LATITUDE,LONGITUDE in this order"},
    {"PLACE_MISSING", "ask where, and tell the crews; units may be sent all the same (D2)"},
    {"TIME_IMPOSSIBLE", "check --occurred; an exercise has its own clock, see `liandong health`"},
    {"CHARSET_UNKNOWN", "say how the words are written: --charset utf-8, gbk or gb18030"},
    {"TOO_MANY_CALLS", "the server is at its limit; try again in a second"},
    {"STORE_READ_ONLY", "Redis takes no writes now; call the operator"},
    // Incidents.
    {"INCIDENT_UNKNOWN", "see `liandong list --closed` for what there is"},
    {"INCIDENT_CLOSED", "a closed incident takes nothing more; report anew if it starts again"},
    {"ORDERS_STILL_OPEN",
     "clear or cancel these orders first: `liandong order clear|cancel ORDER`"},
    {"DISPOSITION_REQUIRED",
     "say how it ended: resolved, invalid, false_alarm, nuisance, duplicate, withdrawn, "
     "transferred"},
    // Units and orders.
    {"UNIT_UNKNOWN", "see `liandong units` for what there is"},
    {"UNIT_HOLDS_ORDER", "end its order first: `liandong order clear|cancel` with the holder"},
    {"STATUS_MOVED_BY_ORDER",
     "this status follows from the order: `liandong order sign|depart|arrive`"},
    {"UNIT_TAKEN", "another order holds it; choose another: `liandong recommend INCIDENT`"},
    {"UNIT_UNAVAILABLE",
     "it is off duty or out of service; choose another: `liandong recommend INCIDENT`"},
    {"NEEDS_APPROVAL", "it is asked for through liaison, never dispatched from here"},
    {"NO_SUCH_UNIT", "no unit here is of this kind with this capability; ask a neighbour for help"},
    {"ALL_COMMITTED", "all of them are out; free one, or ask a neighbour for help"},
    {"OUT_OF_SERVICE", "call one back into service: `liandong unit-status UNIT in_station`"},
    {"UNITS_NOT_FREE",
     "nobody was sent; choose others, or leave --all-or-none away to send who is free"},
    {"TOO_MANY_ORDERS",
     "the incident holds as many orders as it can; open a second one for the next units"},
    {"ORDER_UNKNOWN", "see `liandong orders --ended` for what there is"},
    {"ORDER_ENDED",
     "it has ended; a fact from the crew can still be recorded: `liandong order clear`"},
    {"REASON_MISSING", "say why: --reason"},
    {"UNIT_ID_MALFORMED", "ids are 1-64 letters, digits, '_' and '-'"},
    {"NOT_THE_UNIT", "a terminal speaks of its own unit only"},
    {"NOT_THE_UNITS_ORDER",
     "a terminal speaks of its own orders only; a dispatcher may record it for the crew"},
    // Bulletins.
    {"CLOSURE_UNKNOWN", "see `liandong road list --all` for what there is"},
    {"CLOSURE_ENDED", "it is open already; see `liandong road list --all`"},
    {"BULLETIN_UNKNOWN", "see `liandong bulletin list` for what there is"},
    {"AUTHOR_IS_APPROVER", "somebody else must approve it: the author never does"},
    {"CONTENT_CHANGED", "read it again (`liandong bulletin show`) and approve what it says now"},
    {"HASH_MALFORMED", "copy the whole content hash that `liandong bulletin show` prints"},
    {"AREA_MALFORMED", "area codes are digits only, such as 420981001"},
    {"BULLETIN_NOT_DRAFT", "it was approved before; see `liandong bulletin show`"},
    {"BULLETIN_NOT_APPROVED", "a second person approves it first: `liandong bulletin approve`"},
    {"ALREADY_PUBLISHED",
     "it is out; draft an all_clear or a rumour_correction to change what it says"},
    {"BULLETIN_EXPIRED", "it no longer holds; draft a new one with a later --expires"},
    {"EXPIRES_IN_PAST",
     "give a later --expires; an exercise has its own clock, see `liandong health`"},
    {"AREA_MISSING", "name every area: --area 420981001 --area 420981002"},
    {"LANGUAGE_MISSING", "a bulletin needs a text in zh-CN"},
};

void add_things_concerned(std::string& text, const Error& error) {
    for (const auto& [key, value] : error.metadata) {
        text += fmt::format("  {}: {}\n", key, printable(value));
    }
}

}  // namespace

std::string_view hint(std::string_view reason) {
    for (const Hint& entry : kHints) {
        if (entry.reason == reason) return entry.what_to_do;
    }
    return {};
}

std::string describe(const Error& error, const Resend& resend) {
    std::string text = fmt::format("{}: {}\n", error.reason, printable(error.message));
    add_things_concerned(text, error);
    if (const auto what = hint(error.reason); !what.empty()) text += fmt::format("  → {}\n", what);
    if (is_outcome_unknown(error) && !resend.request_id.empty()) {
        text += fmt::format(
            "  → it may or may not have been done; to be sure, repeat it with: --request-id "
            "{}{}{}\n",
            resend.request_id, resend.extra.empty() ? "" : " ", resend.extra);
    }
    return text;
}

std::string describe_json(const Error& error, const Resend& resend) {
    const bool is_unknown = is_outcome_unknown(error) && !resend.request_id.empty();
    boost::json::array metadata;
    for (const auto& [key, value] : error.metadata) {
        metadata.push_back({{"key", printable(key)}, {"value", printable(value)}});
    }
    boost::json::object object{
        {"code", std::string_view(to_string(error.code))},
        {"reason", printable(error.reason)},
        {"message", printable(error.message)},
        {"metadata", std::move(metadata)},
        {"hint", std::string_view(hint(error.reason))},
        {"outcomeUnknown", is_unknown},
    };
    if (!resend.request_id.empty()) object["requestId"] = resend.request_id;
    return boost::json::serialize(object);
}

}  // namespace liandong::cli
