#pragma once

#include "common/base/random.h"
#include "common/base/time.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>

namespace liandong::simulator {

/// What goes wrong with one message.
enum class NetworkFault : std::uint8_t {
    kLostRequest,
    kLostAnswer,
    kRepeatedRequest,  ///< it arrives a second time, later
    kCutOff,           ///< the way was cut when it was sent
};

/// Chances a unary call; each 0–1.
struct NetworkOdds {
    double lost_request = 0;
    double lost_answer = 0;
    double repeated_request = 0;
    Duration repeated_after_max{};  ///< a copy arrives uniformly within this time
};

/// The way between one client and the processes of a virtual world. Messages take kTravel_min …
/// kTravel_max each, so that they overtake each other; nothing is lost or repeated and every
/// process is reached until a test says so.
class Network {
public:
    static constexpr Duration kTravel_min{200};
    static constexpr Duration kTravel_max{5'000};

    /// `random` must outlive it.
    explicit Network(Random& random) : random_(random) {}

    /// From now on chance decides.
    void seed(NetworkOdds odds) { odds_ = odds; }
    /// The client does not reach this process, nor it the client, until `mend`.
    void cut(std::size_t process) { cut_.insert(process); }
    void mend(std::size_t process) { cut_.erase(process); }
    /// Nothing goes wrong any more.
    void heal();
    /// Called for each fault that strikes.
    void on_fault(std::function<void(NetworkFault)> hook) { hook_ = std::move(hook); }
    /// Requests that arrived, or will arrive, a second time.
    std::uint64_t repeated() const { return repeated_; }

    // ---- for the client
    /// One of `count`, as behind a load balancer that does not know of cuts.
    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_.below(count)); }
    Duration travel_time();
    bool is_cut(std::size_t process) const { return cut_.contains(process); }
    bool loses_request(std::size_t process);
    bool loses_answer(std::size_t process);
    bool repeats_request();
    /// When the copy arrives, from now.
    Duration repeated_after();

private:
    bool loses(double odds, std::size_t process, NetworkFault fault);
    void strike(NetworkFault fault);

    Random& random_;
    NetworkOdds odds_;
    std::set<std::size_t> cut_;
    std::function<void(NetworkFault)> hook_;
    std::uint64_t repeated_ = 0;
};

}  // namespace liandong::simulator
