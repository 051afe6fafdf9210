#include "simulator/virtual/virtual_process.h"

#include <string>
#include <utility>

namespace liandong::simulator {

// The guard keeps the io_context from stopping when it runs dry between two turns.
VirtualThread::VirtualThread(Timeline& timeline) : work_(io_.get_executor()), timers_(timeline) {}

VirtualProcess::VirtualProcess(Setting setting)
    : thread_(setting.timeline),
      random_(setting.seed),
      memory_(setting.state, thread_.executor(), thread_.timers()),
      faults_(memory_, thread_.timers()),
      context_{std::move(setting.scope), faults_, mirror_,           setting.clock,
               thread_.timers(),         log_,    thread_.executor()},
      loader_(context_),
      sealer_(std::string(32, 'k'), random_),
      intake_(context_, sealer_),
      dispatch_(context_, straight_line_),
      publicinfo_(context_),
      intake_handlers_(intake_),
      dispatch_handlers_(dispatch_),
      publicinfo_handlers_(publicinfo_) {
    spawn_forever(thread_.executor(), loader_.run(), "mirror_loader");
}

}  // namespace liandong::simulator
