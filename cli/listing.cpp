#include "cli/listing.h"

#include "cli/view.h"
#include "cli/words.h"

#include <fmt/format.h>

namespace liandong::cli {
namespace {

std::vector<Named> names_of(const std::vector<intake::v1::Incident>& incidents) {
    std::vector<Named> names;
    names.reserve(incidents.size());
    for (const auto& incident : incidents) {
        names.push_back({incident.id(),
                         {incident.number()},
                         fmt::format("{} {} {}", incident.number(), words(incident.state()),
                                     incident.summary())});
    }
    return names;
}

std::vector<Named> names_of(const std::vector<dispatch::v1::Unit>& units) {
    std::vector<Named> names;
    names.reserve(units.size());
    for (const auto& unit : units) {
        names.push_back(
            {unit.id(), {unit.call_sign()}, fmt::format("{} {}", unit.id(), unit.call_sign())});
    }
    return names;
}

std::vector<Named> names_of(const std::vector<dispatch::v1::Order>& orders) {
    std::vector<Named> names;
    names.reserve(orders.size());
    for (const auto& order : orders) {
        names.push_back({order.id(),
                         {order.unit_id()},
                         fmt::format("{} {} {} {}", order.id(), order.unit_id(),
                                     order.incident_number(), words(order.state()))});
    }
    return names;
}

std::vector<Named> names_of(const std::vector<publicinfo::v1::Bulletin>& bulletins) {
    std::vector<Named> names;
    names.reserve(bulletins.size());
    for (const auto& bulletin : bulletins) {
        names.push_back(
            {bulletin.id(),
             {},
             fmt::format("{} {} {}", bulletin.id(), words(bulletin.state()),
                         bulletin.texts_size() > 0 ? bulletin.texts(0).headline() : "")});
    }
    return names;
}

std::vector<Named> names_of(const std::vector<dispatch::v1::Closure>& closures) {
    std::vector<Named> names;
    names.reserve(closures.size());
    for (const auto& closure : closures) {
        names.push_back({closure.id(),
                         {},
                         fmt::format("{} {} {} {}", closure.id(), words(closure.reason()),
                                     words(closure.state()), closure.effect().road_name())});
    }
    return names;
}

template <class T>
Result<std::string> find_in(std::string_view what, const std::string& text,
                            const Result<std::vector<T>>& listed) {
    if (!listed) return fail(listed.error());
    return resolve(what, text, names_of(*listed));
}

bool is_unknown(const Result<std::string>& found) {
    return !found && found.error().reason == "NAME_UNKNOWN";
}

}  // namespace

Result<std::vector<intake::v1::Incident>> list_incidents(Session& session,
                                                         const intake::v1::IncidentFilter& filter) {
    intake::v1::ListIncidentsRequest request;
    *request.mutable_filter() = filter;
    return all_pages(session, session.intake(), &Session::Intake::ListIncidents, request,
                     [](const intake::v1::ListIncidentsResponse& r) { return r.incidents(); });
}

Result<std::vector<dispatch::v1::Unit>> list_units(Session& session,
                                                   const dispatch::v1::ListUnitsRequest& filter) {
    return all_pages(session, session.dispatch(), &Session::Dispatch::ListUnits, filter,
                     [](const dispatch::v1::ListUnitsResponse& r) { return r.units(); });
}

Result<std::vector<dispatch::v1::Order>> list_orders(
    Session& session, const dispatch::v1::ListOrdersRequest& filter) {
    return all_pages(session, session.dispatch(), &Session::Dispatch::ListOrders, filter,
                     [](const dispatch::v1::ListOrdersResponse& r) { return r.orders(); });
}

Result<std::vector<publicinfo::v1::Bulletin>> list_bulletins(
    Session& session, const publicinfo::v1::ListBulletinsRequest& filter) {
    return all_pages(session, session.publicinfo(), &Session::PublicInfo::ListBulletins, filter,
                     [](const publicinfo::v1::ListBulletinsResponse& r) { return r.bulletins(); });
}

Result<std::string> find_incident(Session& session, const std::string& text) {
    if (is_uuid(text)) return text;
    intake::v1::IncidentFilter filter;
    filter.set_include_closed(true);
    return find_in("incident", text, list_incidents(session, filter));
}

Result<std::string> find_order(Session& session, const std::string& text) {
    if (is_uuid(text)) return text;
    // A unit names the order it holds; only what fits no open order is looked for among the ended
    // ones.
    const auto open = find_in("order", text, list_orders(session, {}));
    if (!is_unknown(open)) return open;
    dispatch::v1::ListOrdersRequest all;
    all.set_include_ended(true);
    return find_in("order", text, list_orders(session, all));
}

Result<std::vector<dispatch::v1::Closure>> list_closures(Session& session, bool all) {
    dispatch::v1::ListClosuresRequest request;
    request.set_include_all(all);
    return all_pages(session, session.dispatch(), &Session::Dispatch::ListClosures, request,
                     [](const dispatch::v1::ListClosuresResponse& r) { return r.closures(); });
}

Result<std::string> find_closure(Session& session, const std::string& text) {
    if (is_uuid(text)) return text;
    return find_in("closure", text, list_closures(session, true));
}

Result<std::string> find_bulletin(Session& session, const std::string& text) {
    if (is_uuid(text)) return text;
    return find_in("bulletin", text, list_bulletins(session, {}));
}

Result<std::vector<std::string>> find_units(Session& session,
                                            const std::vector<std::string>& texts) {
    const auto units = list_units(session, {});
    if (!units) return fail(units.error());
    const auto names = names_of(*units);
    std::vector<std::string> ids;
    for (const std::string& text : texts) {
        auto id = resolve("unit", text, names);
        if (!id) return fail(std::move(id.error()));
        ids.push_back(std::move(*id));
    }
    return ids;
}

Result<std::string> find_unit(Session& session, const std::string& text) {
    auto ids = find_units(session, {text});
    if (!ids) return fail(std::move(ids.error()));
    return std::move(ids->front());
}

}  // namespace liandong::cli
