#include "simulator/virtual/virtual_world.h"

#include "common/base/check.h"

#include <fmt/format.h>

namespace liandong::simulator {

VirtualWorld::VirtualWorld(Setting setting)
    : scope_(setting.scope),
      wrap_(std::move(setting.wrap)),
      knowledge_(setting.knowledge),
      epochs_(setting.epochs),
      turn_(setting.turn),
      seeds_(setting.seed),
      turns_(seeds_.next()),
      clock_(timeline_, setting.start),
      callers_(timeline_) {
    LIANDONG_CHECK(setting.processes >= 1 && setting.processes <= 16);
    threads_.push_back(&callers_);
    for (std::size_t i = 0; i < setting.processes; ++i) {
        processes_.push_back(make_process());
    }
    settle();
}

std::unique_ptr<VirtualProcess> VirtualWorld::make_process() {
    auto process = std::make_unique<VirtualProcess>(
        VirtualProcess::Setting{scope_, state_, timeline_, clock_, seeds_.next(),
                                epochs_ ? fmt::to_string(masters_) : std::string(), wrap_,
                                knowledge_});
    threads_.push_back(&process->thread());
    return process;
}

void VirtualWorld::restart(std::size_t process) {
    processes_[process]->die();
    dying_.push_back(std::exchange(processes_[process], make_process()));
}

void VirtualWorld::fail_over_to(const store::MemoryState& replica) {
    ++masters_;
    state_.fail_over_to(replica);
    for (auto& process : processes_) process->connected(fmt::to_string(masters_));
}

void VirtualWorld::bury() {
    std::erase_if(dying_, [this](const std::unique_ptr<VirtualProcess>& process) {
        if (process->calls() != 0) return false;
        std::erase(threads_, &process->thread());
        return true;
    });
}

/// One round: every thread gets one turn. False when nobody had anything to do.
bool VirtualWorld::give_turns() {
    for (std::size_t i = threads_.size(); i > 1; --i) {
        std::swap(threads_[i - 1], threads_[turns_.below(i)]);
    }
    bool any = false;
    // By index: a step may start another process.
    for (std::size_t i = 0, end = threads_.size(); i < end; ++i) {
        any = threads_[i]->take(turn_) || any;
    }
    return any;
}

void VirtualWorld::settle() {
    bury();
    for (std::uint64_t rounds = 0; give_turns(); ++rounds) {
        if (rounds == kRounds_max) throw std::runtime_error("the world never gets idle");
    }
}

}  // namespace liandong::simulator
