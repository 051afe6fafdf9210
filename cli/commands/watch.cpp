#include "cli/changes.h"
#include "cli/commands/commands.h"
#include "cli/follow.h"
#include "cli/listing.h"
#include "cli/times.h"
#include "cli/view.h"

#include <fmt/format.h>

namespace liandong::cli {
namespace {

constexpr std::size_t kSnapshotRows_max = 40;

struct AreaCommand {
    std::string area;
};

struct WatchBulletinsCommand {
    bool published = false;
};

struct WatchOrdersCommand {
    std::string unit;
};

void print_lines(Session& session, const std::vector<std::string>& lines) {
    for (const std::string& line : lines) session.print(line + "\n");
}

void greet(Session& session, const common::v1::WatchHandshake& handshake) {
    const std::string how = handshake.snapshot_follows()
                                ? fmt::format("snapshot ({})", handshake.reason())
                                : std::string("resumed");
    session.note(fmt::format("watching {} since {}, {}\n", session.scope(),
                             long_time(handshake.server_time_micros()), how));
}

/// One kind of things in one stream.
template <class T> class Feed {
public:
    Feed(Session& session, std::string (*table)(const std::vector<T>&))
        : session_(session), table_(table) {}

    void begin_snapshot() { tracker_.begin_snapshot(); }
    void upsert(const auto& things) {
        for (const T& thing : things) print_lines(session_, tracker_.upsert(thing));
    }
    void remove(const std::string& id) { print_lines(session_, tracker_.remove(id)); }
    void end_snapshot() {
        const bool is_first = !tracker_.has_snapshot();
        print_lines(session_, tracker_.end_snapshot());
        if (is_first) show();
    }

private:
    void show() {
        std::vector<T> held = tracker_.held();
        const std::size_t all = held.size();
        held.resize(std::min(all, kSnapshotRows_max));
        session_.print(table_(held));
        if (all > held.size()) session_.print(fmt::format("… and {} more\n", all - held.size()));
    }

    Session& session_;
    std::string (*table_)(const std::vector<T>&);
    Tracker<T> tracker_;
};

/// A stream of one kind, under whatever name its response holds the things.
template <class T, class Response> auto feed_from(Session& session, Feed<T>& feed) {
    return [&](const Response& response) {
        if (session.json()) return session.print_json(response);
        if (response.has_handshake()) {
            greet(session, response.handshake());
            if (response.handshake().snapshot_follows()) feed.begin_snapshot();
        }
        feed.upsert(response.upserts());
        for (const std::string& id : response.removals()) feed.remove(id);
        if (response.snapshot_complete()) feed.end_snapshot();
    };
}

int watch_incidents(Session& session, const AreaCommand& command) {
    intake::v1::WatchIncidentsRequest request;
    *request.mutable_header() = session.read_header();
    request.mutable_filter()->set_area_code(command.area);
    Feed<intake::v1::Incident> feed(session, incident_table);
    return follow(
        session, session.intake(), &Session::Intake::WatchIncidents, request,
        feed_from<intake::v1::Incident, intake::v1::WatchIncidentsResponse>(session, feed));
}

int watch_bulletins(Session& session, const WatchBulletinsCommand& command) {
    publicinfo::v1::WatchBulletinsRequest request;
    *request.mutable_header() = session.read_header();
    request.set_published_only(command.published);
    Feed<publicinfo::v1::Bulletin> feed(session, bulletin_table);
    return follow(
        session, session.publicinfo(), &Session::PublicInfo::WatchBulletins, request,
        feed_from<publicinfo::v1::Bulletin, publicinfo::v1::WatchBulletinsResponse>(session, feed));
}

int watch_orders(Session& session, const WatchOrdersCommand& command) {
    const auto unit = find_unit(session, command.unit);
    if (!unit) return session.usage(unit.error());
    dispatch::v1::WatchUnitOrdersRequest request;
    *request.mutable_header() = session.read_header();
    request.set_unit_id(*unit);
    Feed<dispatch::v1::Order> feed(session, order_table);
    return follow(
        session, session.dispatch(), &Session::Dispatch::WatchUnitOrders, request,
        feed_from<dispatch::v1::Order, dispatch::v1::WatchUnitOrdersResponse>(session, feed));
}

/// Incidents, units, orders and closures in one stream.
class Board {
public:
    explicit Board(Session& session)
        : session_(session),
          incidents_(session, incident_table),
          units_(session, unit_table),
          orders_(session, order_table),
          closures_(session, closure_table) {}

    void operator()(const dispatch::v1::WatchBoardResponse& response) {
        if (session_.json()) return session_.print_json(response);
        if (response.has_handshake()) begin(response.handshake());
        incidents_.upsert(response.incidents());
        units_.upsert(response.units());
        orders_.upsert(response.orders());
        closures_.upsert(response.closures());
        for (const auto& removal : response.removals()) remove(removal);
        if (response.snapshot_complete()) end_snapshot();
    }

private:
    void begin(const common::v1::WatchHandshake& handshake) {
        greet(session_, handshake);
        if (!handshake.snapshot_follows()) return;
        incidents_.begin_snapshot();
        units_.begin_snapshot();
        orders_.begin_snapshot();
        closures_.begin_snapshot();
    }
    void end_snapshot() {
        incidents_.end_snapshot();
        units_.end_snapshot();
        orders_.end_snapshot();
        closures_.end_snapshot();
    }
    void remove(const dispatch::v1::BoardRemoval& removal) {
        if (removal.kind() == "incident") incidents_.remove(removal.id());
        if (removal.kind() == "unit") units_.remove(removal.id());
        if (removal.kind() == "order") orders_.remove(removal.id());
        if (removal.kind() == "closure") closures_.remove(removal.id());
    }

    Session& session_;
    Feed<intake::v1::Incident> incidents_;
    Feed<dispatch::v1::Unit> units_;
    Feed<dispatch::v1::Order> orders_;
    Feed<dispatch::v1::Closure> closures_;
};

int watch_board(Session& session, const AreaCommand& command) {
    dispatch::v1::WatchBoardRequest request;
    *request.mutable_header() = session.read_header();
    request.set_area_code(command.area);
    Board board(session);
    return follow(session, session.dispatch(), &Session::Dispatch::WatchBoard, request,
                  std::ref(board));
}

}  // namespace

void add_watch_commands(const Commands& commands) {
    CLI::App& group =
        *commands.app.add_subcommand("watch", "see changes as they happen; ends with Ctrl-C");
    group.require_subcommand(1)->fallthrough();

    const auto incidents = std::make_shared<AreaCommand>();
    CLI::App* app =
        add_command(commands, group, "incidents", "open incidents", incidents, watch_incidents);
    app->add_option("--area", incidents->area, "prefix of area codes");

    const auto board = std::make_shared<AreaCommand>();
    app = add_command(commands, group, "board", "incidents, units and orders together", board,
                      watch_board);
    app->add_option("--area", board->area, "prefix of the incidents' area codes");

    const auto bulletins = std::make_shared<WatchBulletinsCommand>();
    app = add_command(commands, group, "bulletins", "what the public is told", bulletins,
                      watch_bulletins);
    app->add_flag("--published", bulletins->published, "only what has been released");

    const auto orders = std::make_shared<WatchOrdersCommand>();
    app = add_command(commands, group, "orders", "a unit's own orders, as its terminal sees them",
                      orders, watch_orders);
    app->add_option("unit", orders->unit, "id, its prefix, or call sign")->required();
}

}  // namespace liandong::cli
