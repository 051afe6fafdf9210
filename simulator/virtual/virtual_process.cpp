#include "simulator/virtual/virtual_process.h"

#include <string>
#include <utility>

namespace liandong::simulator {
namespace {

// In virtual time the store always notices an event; a shorter wait would only cost turns.
constexpr Duration kTailWait = std::chrono::minutes{1};

}  // namespace

// The guard keeps the io_context from stopping when it runs dry between two turns.
VirtualThread::VirtualThread(Timeline& timeline) : work_(io_.get_executor()), timers_(timeline) {}

VirtualProcess::VirtualProcess(Setting setting)
    : number_(setting.seed),
      thread_(setting.timeline),
      clock_(setting.clock),
      random_(setting.seed),
      memory_(setting.state, thread_.executor(), thread_.timers()),
      faults_(memory_, thread_.timers()),
      wrapped_(setting.wrap ? setting.wrap(faults_, thread_.executor()) : nullptr),
      context_{std::move(setting.scope),
               wrapped_ ? *wrapped_ : faults_,
               mirror_,
               clock_,
               thread_.timers(),
               log_,
               thread_.executor()},
      loader_(context_, kTailWait),
      epochs_(context_, loader_),
      sealer_(std::string(32, 'k'), random_),
      intake_(context_, sealer_, setting.knowledge),
      dispatch_(context_, straight_line_),
      publicinfo_(context_),
      intake_handlers_(intake_),
      desk_(context_),
      desk_handlers_(desk_),
      clock_keeper_(desk_, setting.seed, death_),
      dispatch_handlers_(dispatch_),
      publicinfo_handlers_(publicinfo_) {
    if (!setting.master_replid.empty()) epochs_.connected(setting.master_replid);
    spawn_forever(thread_.executor(), open(), "open");
}

Task<void> VirtualProcess::open() {
    co_await epochs_.open();
    spawn_forever(thread_.executor(), clock_keeper_.run(), "clock_keeper");
    co_await loader_.run();
}

void VirtualProcess::die() {
    faults_.cut();
    death_.cancel();
}

std::unexpected<Error> VirtualProcess::connection_lost() {
    return fail(Code::kUnavailable, "CONNECTION_LOST", "the process died");
}

}  // namespace liandong::simulator
