#include "simulator/virtual/network.h"

namespace liandong::simulator {

void Network::heal() {
    odds_ = {};
    cut_.clear();
}

Duration Network::travel_time() {
    const auto spread = static_cast<std::uint64_t>((kTravel_max - kTravel_min).count());
    return kTravel_min + Duration{static_cast<Duration::rep>(random_.below(spread + 1))};
}

void Network::strike(NetworkFault fault) {
    if (hook_) hook_(fault);
}

bool Network::loses(double odds, std::size_t process, NetworkFault fault) {
    if (is_cut(process)) {
        strike(NetworkFault::kCutOff);
        return true;
    }
    if (odds == 0 || random_.unit() >= odds) return false;
    strike(fault);
    return true;
}

bool Network::loses_request(std::size_t process) {
    return loses(odds_.lost_request, process, NetworkFault::kLostRequest);
}

bool Network::loses_answer(std::size_t process) {
    return loses(odds_.lost_answer, process, NetworkFault::kLostAnswer);
}

bool Network::repeats_request() {
    if (odds_.repeated_request == 0 || random_.unit() >= odds_.repeated_request) return false;
    ++repeated_;
    strike(NetworkFault::kRepeatedRequest);
    return true;
}

Duration Network::repeated_after() {
    const auto most = static_cast<std::uint64_t>(odds_.repeated_after_max.count());
    return Duration{static_cast<Duration::rep>(random_.below(most + 1))};
}

}  // namespace liandong::simulator
