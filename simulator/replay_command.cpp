#include "simulator/replay_command.h"

#include "common/async/asio_timers.h"
#include "common/async/spawn.h"
#include "common/base/clock.h"
#include "simulator/agents/replay.h"
#include "simulator/live/grpc_client.h"
#include "simulator/live/progress_line.h"
#include "simulator/report/environment.h"
#include "simulator/report/replay_report.h"
#include "simulator/report/verdict.h"
#include "simulator/scenario_source.h"

#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <exception>

#include <signal.h>
#include <unistd.h>

namespace liandong::simulator {
namespace {

constexpr Duration kConnect_max = std::chrono::seconds{5};
constexpr Duration kShowEvery = std::chrono::milliseconds{200};

int report_error(const Error& error, int exit_code) {
    fmt::print(stderr, "liandong-sim: {} ({})\n", error.message, error.reason);
    return exit_code;
}

std::string describe(const Progress& progress) {
    const double share = progress.reports_total == 0
                             ? 1
                             : static_cast<double>(progress.reports_done) /
                                   static_cast<double>(progress.reports_total);
    return fmt::format("{} {}/{} reports, {} incidents open, {} waiting for units, {} units out",
                       progress_bar(share), progress.reports_done, progress.reports_total,
                       progress.open_cases, progress.waiting_cases, progress.busy_units);
}

/// One process of the simulator: its loop, its ports, one replay.
class LiveReplay {
public:
    LiveReplay(const ReplayCommand& command, const Scenario& scenario, domain::Scope scope)
        : client_(io_.get_executor(), clock_, {.target = command.target}),
          random_(command.seed),
          replay_(
              client_, timers_, random_, id_random_, record_, io_.get_executor(), scenario,
              std::move(scope),
              {.speed = command.speed,
               .assign = command.assign == "recorded" ? Assign::kRecorded : Assign::kRecommended,
               .consoles = command.consoles}),
          signals_(io_, SIGINT, SIGTERM) {}

    Status connect() { return client_.connect(kConnect_max); }

    Status run() {
        Status result;
        listen();
        spawn(io_.get_executor(), replay_.run(), [&](std::exception_ptr failure, Status status) {
            if (failure) std::rethrow_exception(failure);
            result = std::move(status);
            ended_ = true;
            io_.stop();
        });
        show();
        const auto guard = boost::asio::make_work_guard(io_);
        io_.run();
        line_.finish();
        return result;
    }

    const Record& record() const { return record_; }
    Duration wall() const { return replay_.wall(); }
    bool interrupted() const { return interrupted_; }

private:
    /// The first signal ends the replay in order, the second at once.
    void listen() {
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (error) return;
            if (interrupted_) _exit(130);
            interrupted_ = true;
            replay_.interrupt();
            listen();
        });
    }

    void show() {
        line_.show(describe(replay_.progress()), timers_.now());
        timers_.at(timers_.now() + kShowEvery, [this] {
            if (!ended_) show();
        });
    }

    boost::asio::io_context io_{1};
    SystemClock clock_;
    AsioTimers timers_{io_};
    GrpcClient client_;
    SeededRandom random_;
    SystemRandom id_random_;
    Record record_;
    Replay replay_;
    ProgressLine line_{stderr};
    boost::asio::signal_set signals_;
    bool ended_ = false;
    bool interrupted_ = false;
};

ReplayFacts facts_of(const ReplayCommand& command, const Scenario& scenario, Duration wall) {
    ReplayFacts facts{scenario.header.name, command.scope, command.speed,         command.assign,
                      command.seed,         wall,          describe_environment()};
    facts.environment.emplace_back("rpc", GrpcClient::version());
    return facts;
}

int finish(const ReplayCommand& command, const Record& record, const ReplayFacts& facts) {
    fmt::print("{}", to_text(record, facts));
    std::fflush(stdout);
    if (!command.report.empty()) {
        const Status written = write_text(command.report, to_json(record, facts));
        if (!written) return report_error(written.error(), kExitUsage);
    }
    return failures_of(record).empty() ? kExitOk : kExitLost;
}

/// Leaves the first `limit` reports (0: all) and the bulletins until then.
void shorten(Scenario& scenario, std::size_t limit) {
    if (limit == 0 || limit >= scenario.reports.size()) return;
    scenario.reports.erase(scenario.reports.begin() + static_cast<std::ptrdiff_t>(limit),
                           scenario.reports.end());
    std::erase_if(scenario.bulletins, [&](const ScenarioBulletin& bulletin) {
        return bulletin.at > scenario.reports.back().at;
    });
}

}  // namespace

int run_replay(const ReplayCommand& command) {
    auto scenario = load_scenario(command.scenario, command.seed);
    if (!scenario) return report_error(scenario.error(), kExitUsage);
    auto scope = domain::parse_scope(command.scope.empty() ? "exercise." + scenario->header.district
                                                           : command.scope);
    if (!scope) return report_error(scope.error(), kExitUsage);
    if (scope->is_live()) {
        return report_error(
            {Code::kInvalidArgument, "SCOPE_IS_LIVE", "a replay never runs in the live world", {}},
            kExitUsage);
    }
    shorten(*scenario, command.limit);
    if (command.units_only) {
        scenario->reports.clear();
        scenario->bulletins.clear();
    }
    LiveReplay live(command, *scenario, *scope);
    if (const Status connected = live.connect(); !connected)
        return report_error(connected.error(), kExitUnreachable);
    if (const Status ran = live.run(); !ran) return report_error(ran.error(), kExitLost);
    if (command.units_only) {
        fmt::print("{} units of {} are in {}\n", scenario->units.size(), scenario->header.name,
                   scope->tag());
        return failures_of(live.record()).empty() ? kExitOk : kExitLost;
    }
    ReplayCommand described = command;
    described.scope = scope->tag();
    const int exit_code =
        finish(described, live.record(), facts_of(described, *scenario, live.wall()));
    return live.interrupted() ? 130 : exit_code;
}

}  // namespace liandong::simulator
