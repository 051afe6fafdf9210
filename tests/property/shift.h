#pragma once

#include "simulator/virtual/virtual_world.h"
#include "tests/property/wish.h"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace liandong::test {

/// Several people at once on two processes whose mirrors lag and whose store loses replies, in
/// virtual time: a function of its seed. After every step the log so far is judged.
class Shift {
public:
    static constexpr std::size_t kPeople = 4;

    explicit Shift(std::uint64_t seed);

    /// Everybody takes this many steps; then faults rest, the mirrors catch up, and they and the
    /// log are compared with the state.
    void work(int steps_each);

    /// What went wrong; empty when nothing did.
    const std::vector<std::string>& faults() const { return faults_; }
    /// "DispatchUnits OK" or "DispatchUnits UNITS_NOT_FREE" → how often.
    const std::map<std::string, int>& outcomes() const { return outcomes_; }
    const LogReplay& judge() const { return judge_; }
    std::uint64_t injected_faults() const;

private:
    struct Settled {
        Wish wish;
        std::string answer;
    };

    Task<bool> work_one(int steps);
    Task<bool> work_all(int steps_each);
    Task<bool> step();
    /// Sends until the outcome is known.
    Task<Answer> resolve(Wish wish, bool altered);
    void note(const Wish& wish, const Answer& answer, bool is_alone);
    Task<bool> send_again();
    void compare_mirrors();
    void fault(std::string sentence);

    simulator::VirtualWorld world_;
    SeededRandom random_;
    std::vector<std::unique_ptr<SeededRandom>> chances_;
    LogReplay judge_;
    WishMaker maker_;
    std::map<std::string, std::string> answers_;  ///< request → the answer that it had
    std::deque<Settled> settled_;
    std::map<std::string, int> outcomes_;
    std::vector<std::string> faults_;
};

}  // namespace liandong::test
