#pragma once

#include "cli/names.h"
#include "cli/session.h"

#include <string>
#include <vector>

namespace liandong::cli {

/// Rows of a page, and pages at most: 50,000 things.
inline constexpr std::uint32_t kPageSize = 500;
inline constexpr int kPages_max = 100;

/// All pages of a list. RESOURCE_EXHAUSTED / TOO_MANY beyond kPages_max.
template <class Stub, class Request, class Response, class Items>
auto all_pages(Session& session, Stub& stub,
               grpc::Status (Stub::*list)(grpc::ClientContext*, const Request&, Response*),
               Request request, Items items) {
    using Item =
        typename std::decay_t<decltype(items(std::declval<const Response&>()))>::value_type;
    Result<std::vector<Item>> all{std::vector<Item>{}};
    *request.mutable_header() = session.read_header();
    request.mutable_page()->set_size(kPageSize);
    for (int page = 0; page < kPages_max; ++page) {
        const auto response = session.call(stub, list, request);
        if (!response) {
            all = fail(response.error());
            return all;
        }
        const auto& found = items(*response);
        all->insert(all->end(), found.begin(), found.end());
        if (response->page().next_token().empty()) return all;
        request.mutable_page()->set_token(response->page().next_token());
    }
    all = fail(Code::kResourceExhausted, "TOO_MANY", "more than 50,000; narrow the list");
    return all;
}

Result<std::vector<intake::v1::Incident>> list_incidents(Session& session,
                                                         const intake::v1::IncidentFilter& filter);
Result<std::vector<dispatch::v1::Unit>> list_units(Session& session,
                                                   const dispatch::v1::ListUnitsRequest& filter);
Result<std::vector<dispatch::v1::Order>> list_orders(Session& session,
                                                     const dispatch::v1::ListOrdersRequest& filter);
Result<std::vector<dispatch::v1::Closure>> list_closures(Session& session, bool all);
Result<std::vector<publicinfo::v1::Bulletin>> list_bulletins(
    Session& session, const publicinfo::v1::ListBulletinsRequest& filter);

// Ids by what people call things (`resolve`): readable numbers or their ends, call signs, the unit
// of an open order, prefixes of ids. A whole UUID is taken without asking.
Result<std::string> find_incident(Session& session, const std::string& text);
Result<std::string> find_order(Session& session, const std::string& text);
/// Of those that are not over, and what ended within 72 h.
Result<std::string> find_closure(Session& session, const std::string& text);
Result<std::string> find_bulletin(Session& session, const std::string& text);
/// All units of one command with one listing.
Result<std::vector<std::string>> find_units(Session& session,
                                            const std::vector<std::string>& texts);
Result<std::string> find_unit(Session& session, const std::string& text);

}  // namespace liandong::cli
