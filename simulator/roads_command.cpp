#include "simulator/roads_command.h"

#include "common/routing/road_graph.h"
#include "common/routing/time/time_model.h"
#include "services/dispatch/policy/distance.h"
#include "services/dispatch/policy/road_travel.h"
#include "simulator/import/sf_stamps.h"
#include "simulator/replay_command.h"
#include "simulator/roads/sending.h"
#include "simulator/scenario_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

namespace liandong::simulator {
namespace {

std::unexpected<Error> unreadable(const std::string& path) {
    return fail(Code::kNotFound, "FILE_UNREADABLE", fmt::format("cannot read {}", path));
}

std::string minutes(double seconds) {
    return fmt::format("{}:{:02}", static_cast<long>(seconds) / 60,
                       static_cast<long>(seconds) % 60);
}

struct Summary {
    double mean = 0, p50 = 0, p90 = 0;
};

Summary summary_of(const std::vector<double>& values) {
    if (values.empty()) return {};
    return {std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()),
            routing::quantile_of(values, 0.5), routing::quantile_of(values, 0.9)};
}

/// How one way of choosing did over all calls.
class Row {
public:
    Row(std::string name, const std::vector<SentCall>& calls, const Scenario& scenario)
        : name_(std::move(name)) {
        for (std::size_t i = 0; i < calls.size(); ++i) {
            if (calls[i].first_seconds) first_.push_back(*calls[i].first_seconds);
            if (calls[i].first_engine_seconds) engine_.push_back(*calls[i].first_engine_seconds);
            unfilled_ += calls[i].unfilled;
            const std::string recorded = recorded_first_engine(scenario, scenario.reports[i]);
            if (recorded.empty() || calls[i].first_engine.empty()) continue;
            ++compared_;
            if (recorded == calls[i].first_engine) ++agree_;
        }
    }

    static void print_heading() {
        fmt::print("{:<22} {:>6} {:>7} {:>7} {:>7}   {:>6} {:>7} {:>7} {:>7}   {:>9} {:>8}\n",
                   "whom to send by", "calls", "mean", "p50", "p90", "engine", "mean", "p50", "p90",
                   "as record", "unfilled");
    }
    void print() const {
        const Summary first = summary_of(first_), engine = summary_of(engine_);
        fmt::print(
            "{:<22} {:>6} {:>7} {:>7} {:>7}   {:>6} {:>7} {:>7} {:>7}   {:>7.1f} % {:>8}\n", name_,
            first_.size(), minutes(first.mean), minutes(first.p50), minutes(first.p90),
            engine_.size(), minutes(engine.mean), minutes(engine.p50), minutes(engine.p90),
            compared_ == 0 ? 0.0
                           : 100 * static_cast<double>(agree_) / static_cast<double>(compared_),
            unfilled_);
    }

private:
    std::string name_;
    std::vector<double> first_, engine_;
    std::size_t unfilled_ = 0, compared_ = 0, agree_ = 0;
};

/// On the calls where the two send another engine first: whose is there sooner.
void print_differences(const std::vector<SentCall>& line, const std::vector<SentCall>& road) {
    std::vector<double> gained;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (!line[i].first_engine_seconds || !road[i].first_engine_seconds) continue;
        if (line[i].first_engine != road[i].first_engine)
            gained.push_back(*line[i].first_engine_seconds - *road[i].first_engine_seconds);
    }
    if (gained.empty()) return;
    const auto sooner = std::ranges::count_if(gained, [](double seconds) { return seconds > 0; });
    const auto later = std::ranges::count_if(gained, [](double seconds) { return seconds < 0; });
    fmt::print(
        "another engine thought first on {} calls: by road the first is there {:.0f} s sooner "
        "on average, sooner on {} and later on {} of them\n",
        gained.size(), summary_of(gained).mean, sooner, later);
}

}  // namespace

RoadsCommands::RoadsCommands(CLI::App& app)
    : stamps_(app.add_subcommand("stamps",
                                 "Takes from San Francisco's calls what travel times are "
                                 "calibrated on")),
      roads_(app.add_subcommand("roads",
                                "Sends to San Francisco's calls by straight line and by "
                                "road, side by side")) {
    stamps_->add_option("file", calls_, "The .csv; sf_fire_stations.csv lies beside it")
        ->required();
    stamps_->add_option("--out", out_, "The .csv to write")->required();
    roads_->add_option("file", calls_, "The .csv, or a .jsonl scenario")->required();
    roads_->add_option("--roads", roads_file_, "Made by `liandong-roads import`")->required();
    roads_->add_option("--travel-model", model_file_, "Made by `liandong-roads calibrate`");
}

std::optional<int> RoadsCommands::run() const {
    if (!stamps_->parsed() && !roads_->parsed()) return std::nullopt;
    const Status done = stamps_->parsed() ? write_stamps() : compare_choosers();
    if (done) return kExitOk;
    fmt::print(stderr, "liandong-sim: {} ({})\n", done.error().message, done.error().reason);
    return kExitUsage;
}

Status RoadsCommands::write_stamps() const {
    const std::string stations_path =
        (std::filesystem::path(calls_).parent_path() / "sf_fire_stations.csv").string();
    std::ifstream calls(calls_, std::ios::binary), stations(stations_path, std::ios::binary);
    if (!calls) return unreadable(calls_);
    if (!stations) return unreadable(stations_path);
    const auto station_list = read_sf_stations(stations);
    if (!station_list) return fail(station_list.error());
    const auto rows = read_sf_rows(calls);
    if (!rows) return fail(rows.error());
    const auto stamps = sf_stamps(*rows, *station_list);
    std::ostringstream text;
    routing::write_stamps(stamps, text);
    if (Status written = write_text(out_, text.str()); !written) return written;
    fmt::print("{}: {} of {} rows began in a known station\n", out_, stamps.size(), rows->size());
    return {};
}

Status RoadsCommands::compare_choosers() const {
    const auto scenario = load_scenario(calls_, 1);
    if (!scenario) return fail(scenario.error());
    auto graph = routing::RoadGraph::open(roads_file_);
    if (!graph) return fail(std::move(graph.error()));
    routing::TimeModel times;
    if (!model_file_.empty()) {
        auto loaded = routing::load_time_model(model_file_);
        if (!loaded) return fail(std::move(loaded.error()));
        times = std::move(*loaded);
    }
    dispatch::Roads roads(std::move(*graph));
    dispatch::RoadTravel world(roads, times);
    dispatch::StraightLine by_line(times);
    dispatch::RoadTravel by_class_speeds(roads, {}), by_model(roads, times);
    Row::print_heading();
    const auto line = send_by(by_line, world, *scenario);
    Row("straight line", line, *scenario).print();
    Row("road, class speeds", send_by(by_class_speeds, world, *scenario), *scenario).print();
    const auto road = send_by(by_model, world, *scenario);
    Row(model_file_.empty() ? "road, class speeds too" : "road, calibrated", road, *scenario)
        .print();
    print_differences(line, road);
    return {};
}

}  // namespace liandong::simulator
