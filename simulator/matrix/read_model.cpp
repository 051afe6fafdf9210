#include "simulator/matrix/read_model.h"

#include "simulator/matrix/table.h"

#include <fmt/format.h>

#include <fstream>
#include <functional>
#include <map>

namespace liandong::simulator::matrix {
namespace {

/// Numbers of ids, in the order in which they came.
class Numbers {
public:
    /// Gives the id of `column` in the present row the next number. ID_MALFORMED, ID_REPEATED.
    Result<std::string> add(const Table& table, std::string_view column) {
        auto id = table.id(column);
        if (!id) return id;
        if (!numbers_.try_emplace(*id, static_cast<Index>(numbers_.size())).second)
            return table.fault(column, "ID_REPEATED", fmt::format("{} stands here again", *id));
        return id;
    }

    /// `reason` when nobody added it.
    Result<Index> find(const Table& table, std::string_view column, const char* reason) const {
        const auto found = numbers_.find(table.text(column));
        if (found != numbers_.end()) return found->second;
        return table.fault(column, reason, "names nothing that is known");
    }

private:
    std::map<std::string, Index, std::less<>> numbers_;
};

struct Names {
    Numbers zones;
    Numbers bases;
};

/// Reads all rows of a file, at least one.
Status each_row(Table& table, const std::function<Status()>& take) {
    bool any = false;
    while (true) {
        const auto more = table.next();
        if (!more) return std::unexpected(more.error());
        if (!*more) break;
        any = true;
        if (Status taken = take(); !taken) return taken;
    }
    if (!any) return table.fault("ROWS_MISSING", "the file has a header and no rows");
    return {};
}

Status read_zones(const NamedStream& file, Names& names, Model& model) {
    Table table(file.name, file.in, kZones_max);
    if (Status opened = table.open({"zone"}); !opened) return opened;
    return each_row(table, [&]() -> Status {
        const auto id = names.zones.add(table, "zone");
        if (!id) return std::unexpected(id.error());
        model.zones.push_back(*id);
        return {};
    });
}

Status read_bases(const NamedStream& file, Names& names, Model& model) {
    Table table(file.name, file.in, kBases_max);
    if (Status opened = table.open({"base", "zone"}); !opened) return opened;
    return each_row(table, [&]() -> Status {
        const auto id = names.bases.add(table, "base");
        if (!id) return std::unexpected(id.error());
        const auto zone = names.zones.find(table, "zone", "ZONE_UNKNOWN");
        if (!zone) return std::unexpected(zone.error());
        model.bases.push_back({*id, *zone});
        return {};
    });
}

Status read_fleet(const NamedStream& file, const Names& names, Model& model) {
    Table table(file.name, file.in, kUnits_max);
    if (Status opened = table.open({"unit", "base"}); !opened) return opened;
    Numbers units;
    return each_row(table, [&]() -> Status {
        const auto id = units.add(table, "unit");
        if (!id) return std::unexpected(id.error());
        const auto base = names.bases.find(table, "base", "BASE_UNKNOWN");
        if (!base) return std::unexpected(base.error());
        model.fleet.push_back({*id, *base});
        return {};
    });
}

Result<int> priority_of(const Table& table) {
    const std::string& text = table.text("priority");
    if (text.empty()) return 0;
    if (text.size() == 1 && text[0] >= '1' && text[0] <= '9') return text[0] - '0';
    return table.fault("priority", "PRIORITY_MALFORMED", "is neither empty nor one of 1 to 9");
}

Result<MatrixCall> to_call(const Table& table, const Names& names, Numbers& calls) {
    const auto id = calls.add(table, "call");
    if (!id) return std::unexpected(id.error());
    const auto at = table.seconds("time_s", kCallTime_max);
    if (!at) return std::unexpected(at.error());
    const auto zone = names.zones.find(table, "zone", "ZONE_UNKNOWN");
    if (!zone) return std::unexpected(zone.error());
    const auto on_scene = table.seconds("on_scene_s", kLeg_max);
    if (!on_scene) return std::unexpected(on_scene.error());
    const auto priority = priority_of(table);
    if (!priority) return std::unexpected(priority.error());
    return MatrixCall{*id, *at, *zone, *on_scene, *priority};
}

Status read_calls(const NamedStream& file, const Names& names, Model& model) {
    Table table(file.name, file.in, kCalls_max);
    const Status opened = table.open({"call", "time_s", "zone", "on_scene_s"}, {"priority"});
    if (!opened) return opened;
    Numbers calls;
    return each_row(table, [&]() -> Status {
        auto call = to_call(table, names, calls);
        if (!call) return std::unexpected(call.error());
        model.calls.push_back(std::move(*call));
        return {};
    });
}

/// While reading: no row has given this pair yet.
constexpr Duration kUnset{-1};

Status read_pair(const Table& table, const Names& names, TravelMatrix& travel) {
    const auto from = names.zones.find(table, "from", "ZONE_UNKNOWN");
    if (!from) return std::unexpected(from.error());
    const auto to = names.zones.find(table, "to", "ZONE_UNKNOWN");
    if (!to) return std::unexpected(to.error());
    const auto time = table.seconds("seconds", kLeg_max);
    if (!time) return std::unexpected(time.error());
    Duration& cell = travel[{*from, *to}];
    if (cell != kUnset) return table.fault("to", "PAIR_REPEATED", "this pair stands here again");
    cell = *time;
    return {};
}

Status read_travel(const NamedStream& file, const Names& names, Model& model) {
    const auto zones = static_cast<Index>(model.zones.size());
    TravelMatrix travel(zones);
    for (Index from = 0; from < zones; ++from) {
        for (Index to = 0; to < zones; ++to) travel[{from, to}] = kUnset;
    }
    Table table(file.name, file.in, std::size_t{zones} * zones);
    if (Status opened = table.open({"from", "to", "seconds"}); !opened) return opened;
    if (Status read = each_row(table, [&] { return read_pair(table, names, travel); }); !read)
        return read;
    for (Index from = 0; from < zones; ++from) {
        for (Index to = 0; to < zones; ++to) {
            if (travel[{from, to}] != kUnset) continue;
            return table.fault("PAIR_MISSING",
                               fmt::format("the file ends without a row from {} to {}",
                                           model.zones[from], model.zones[to]));
        }
    }
    model.travel = std::move(travel);
    return {};
}

}  // namespace

Result<Model> read_model(const ModelInput& input) {
    Names names;
    Model model;
    Status status = read_zones(input.zones, names, model);
    if (status) status = read_bases(input.bases, names, model);
    if (status) status = read_fleet(input.fleet, names, model);
    if (status) status = read_calls(input.calls, names, model);
    if (status) status = read_travel(input.travel, names, model);
    if (!status) return std::unexpected(status.error());
    return model;
}

Result<Model> load_model(const ModelFiles& files) {
    std::ifstream zones(files.zones), bases(files.bases), fleet(files.fleet), calls(files.calls),
        travel(files.travel);
    const ModelInput input{{files.zones, zones},
                           {files.bases, bases},
                           {files.fleet, fleet},
                           {files.calls, calls},
                           {files.travel, travel}};
    for (const NamedStream* file :
         {&input.zones, &input.bases, &input.fleet, &input.calls, &input.travel}) {
        if (file->in) continue;
        return fail(
            fail(Code::kNotFound, "FILE_UNREADABLE", fmt::format("{}: cannot be read", file->name))
                .error()
                .with("file", file->name));
    }
    return read_model(input);
}

}  // namespace liandong::simulator::matrix
