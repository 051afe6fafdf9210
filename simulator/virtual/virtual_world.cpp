#include "simulator/virtual/virtual_world.h"

#include "common/base/check.h"

namespace liandong::simulator {

VirtualWorld::VirtualWorld(Setting setting)
    : scope_(setting.scope),
      seeds_(setting.seed),
      turns_(seeds_.next()),
      clock_(timeline_, setting.start),
      callers_(timeline_) {
    LIANDONG_CHECK(setting.processes >= 1 && setting.processes <= 16);
    threads_.push_back(&callers_);
    for (std::size_t i = 0; i < setting.processes; ++i) {
        processes_.push_back(std::make_unique<VirtualProcess>(
            VirtualProcess::Setting{scope_, state_, timeline_, clock_, seeds_.next()}));
        threads_.push_back(&processes_.back()->thread());
    }
    settle();
}

/// One round: every thread gets one turn. False when nobody had anything to do.
bool VirtualWorld::give_turns() {
    for (std::size_t i = threads_.size(); i > 1; --i) {
        std::swap(threads_[i - 1], threads_[turns_.below(i)]);
    }
    bool any = false;
    for (VirtualThread* thread : threads_) any = thread->step() || any;
    return any;
}

void VirtualWorld::settle() {
    for (std::uint64_t rounds = 0; give_turns(); ++rounds) {
        if (rounds == kRounds_max) throw std::runtime_error("the world never gets idle");
    }
}

}  // namespace liandong::simulator
