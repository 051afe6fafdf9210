#include "simulator/check/nemesis.h"

#include <fmt/format.h>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;
using store::FaultKind;
using store::FaultOdds;

}  // namespace

void Nemesis::begin() {
    for (auto& process : scene_.world.processes()) trouble_store(*process);
    for (Desk& desk : desks_) trouble_way(desk.client.network());
}

Task<void> Nemesis::rage() {
    while (!rests_) {
        co_await sleep_for(scene_.timers(), 20ms + up_to(random_, force_.pause_max));
        if (!rests_) co_await strike();
    }
}

Task<void> Nemesis::strike() {
    switch (random_.below(6)) {
    case 0:
        if (scene_.has(Trouble::kCrash)) crash();
        break;
    case 1:
        if (scene_.has(Trouble::kPartition)) co_await partition();
        break;
    case 2:
        if (scene_.has(Trouble::kClockJumps)) put_clock_wrong();
        break;
    case 3:
        if (scene_.has(Trouble::kCutOff)) co_await cut_off();
        break;
    case 4:
        if (scene_.has(Trouble::kFailover)) take_replica();
        break;
    default:
        if (scene_.has(Trouble::kFailover) && random_.below(4) == 0) fail_over();
        break;
    }
}

SeededRandom& Nemesis::new_chance() {
    return *chances_.emplace_back(std::make_unique<SeededRandom>(random_.next()));
}

void Nemesis::trouble_store(VirtualProcess& process) {
    FaultOdds commits, reads;
    if (scene_.has(Trouble::kStoreFails)) {
        commits.fail = commits.lost = 0.02;
        commits.lost_reply = 0.04;
        reads.fail = 0.01;
    }
    if (scene_.has(Trouble::kStoreFull)) commits.full = 0.03;
    if (scene_.has(Trouble::kStoreSlow)) {
        commits.delay = 0.5;
        commits.delay_max = 40ms;
        reads.delay = 0.7;
        reads.delay_max = 120ms;
    }
    Chronicle& chronicle = scene_.chronicle;
    process.faults().on_fault([&chronicle](FaultKind kind) {
        chronicle.note(kind == FaultKind::kFull ? Trouble::kStoreFull : Trouble::kStoreFails);
    });
    process.faults().on_delay([&chronicle] { chronicle.note(Trouble::kStoreSlow); });
    process.faults().seed(new_chance(), commits, reads);
}

void Nemesis::trouble_way(Network& network) {
    NetworkOdds odds;
    if (scene_.has(Trouble::kLostMessages)) odds.lost_request = odds.lost_answer = 0.04;
    if (scene_.has(Trouble::kLateDuplicates)) odds.repeated_request = 0.08;
    odds.repeated_after_max = 3s;
    Chronicle& chronicle = scene_.chronicle;
    network.on_fault([&chronicle](NetworkFault fault) {
        if (fault == NetworkFault::kCutOff) return;  // counted when the way is cut
        chronicle.note(fault == NetworkFault::kRepeatedRequest ? Trouble::kLateDuplicates
                                                               : Trouble::kLostMessages);
    });
    network.seed(odds);
}

void Nemesis::crash() {
    scene_.chronicle.note(Trouble::kCrash);
    const std::size_t index = any_process();
    scene_.chronicle.trace(fmt::format("-- process {} dies", index));
    scene_.world.restart(index);
    trouble_store(*scene_.world.processes()[index]);
}

Task<void> Nemesis::partition() {
    scene_.chronicle.note(Trouble::kPartition);
    const std::size_t index = any_process();
    scene_.chronicle.trace(fmt::format("-- process {} loses the store", index));
    store::FaultStore& faults = scene_.world.processes()[index]->faults();
    const FaultOdds nothing_gets_through{.fail = 1, .delay = 1, .delay_max = 20ms};
    faults.on_fault({});
    faults.on_delay({});
    faults.seed(new_chance(), nothing_gets_through, nothing_gets_through);
    co_await sleep_for(scene_.timers(), up_to(random_, 2s));
    trouble_store(*scene_.world.processes()[index]);
}

Task<void> Nemesis::cut_off() {
    scene_.chronicle.note(Trouble::kCutOff);
    const std::size_t desk = random_.below(desks_.size()), process = any_process();
    scene_.chronicle.trace(fmt::format("-- desk {} is cut off from process {}", desk, process));
    desks_[desk].client.network().cut(process);
    co_await sleep_for(scene_.timers(), up_to(random_, 2s));
    desks_[desk].client.network().mend(process);
}

void Nemesis::put_clock_wrong() {
    scene_.chronicle.note(Trouble::kClockJumps);
    scene_.world.processes()[any_process()]->set_skew(up_to(random_, 2h) - 1h);
}

void Nemesis::take_replica() {
    replica_ = std::make_unique<store::MemoryState>(scene_.world.state().replica());
}

void Nemesis::fail_over() {
    if (!force_.loses_acknowledged) take_replica();
    if (!replica_) return;
    scene_.chronicle.note(Trouble::kFailover);
    scene_.chronicle.trace(
        fmt::format("-- failover, the log goes back to {}", replica_->last_seq()));
    scene_.auditor.catch_up(scene_.world.state());
    scene_.auditor.failed_over(*replica_);
    scene_.world.fail_over_to(*replica_);
    // Another replica may have had no more: then the next failover loses this one's epoch too.
    if (random_.below(2) == 0) replica_.reset();
}

void Nemesis::heal() {
    scene_.chronicle.trace("-- everything heals");
    scene_.healed = true;
    for (auto& process : scene_.world.processes()) {
        process->faults().heal();
        process->set_skew({});
    }
    for (Desk& desk : desks_) desk.client.network().heal();
    scene_.auditor.catch_up(scene_.world.state());
}

}  // namespace liandong::simulator
