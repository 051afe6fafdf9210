#pragma once

#include "tests/bench/clients.h"
#include "tests/bench/unit_stream.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace liandong::bench {

/// Sends one unit to one incident at each intended time, notes when the order is on the unit's
/// stream, and clears the order then, so that the unit is free again.
class DeliveryDesk {
public:
    /// Streams go over one channel, unary calls over the other. Units "u00000" and on must exist.
    DeliveryDesk(Clients& unary, Clients& streams, Messages& messages, std::size_t units);
    ~DeliveryDesk();

    struct Outcome {
        std::vector<Nanos> latencies;  ///< from the intended time to the stream's message
        std::vector<Nanos> send_lags;  ///< from the intended time to the sending
        std::size_t dropped = 0;       ///< no unit was free at the intended time
    };
    /// Open loop: incident i at i × `interval`, whatever has become of those before. Waits for the
    /// last delivery and clearing; aborts when one does not come within 10 s.
    Outcome run(const std::vector<std::string>& incidents, Nanos interval);

private:
    struct Sent;
    struct Clearing;
    void send(const std::string& incident, Instant intended);
    void sent(Sent& call, const grpc::Status& status);
    void received(const std::string& unit, const dispatch_pb::Order& order, Instant at);
    void clear(const std::string& unit, const std::string& order);
    void cleared(const std::string& unit, const grpc::Status& status);

    Clients& unary_;
    Messages& messages_;
    std::vector<std::unique_ptr<UnitStream>> streams_;

    std::mutex mutex_;  // guards all that follows
    std::condition_variable changed_;
    std::deque<std::string> free_units_;
    std::map<std::string, Instant> intended_;  ///< by unit that waits for its order
    std::size_t open_ = 0;                     ///< dispatches whose clearing is not done
    std::size_t calls_ = 0;                    ///< whose callback is to come
    Outcome outcome_;
};

}  // namespace liandong::bench
