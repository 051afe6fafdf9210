#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace liandong::simulator {

/// What a check lets go wrong. Each seed draws its own mixture (swarm testing): a run without
/// crashes finds what crashes would hide.
enum class Trouble : std::uint8_t {
    kStoreFails,      ///< operations fail, commits with their replies lost before or after
    kStoreSlow,       ///< operations are delayed, up to 120 ms
    kStoreFull,       ///< commits are refused as STORE_FULL
    kPartition,       ///< one process does not reach the store, for up to 2 s
    kCrash,           ///< a process dies at any moment and another one starts from the store
    kLostMessages,    ///< requests and answers get lost
    kLateDuplicates,  ///< requests arrive twice, the second one up to 3 s later
    kCutOff,          ///< one desk does not reach one of the processes, for up to 2 s
    kFrozenWatchers,  ///< consoles and terminals stop reading, for up to 30 s
    kHangUps,         ///< watch streams break and are resumed elsewhere
    kClockJumps,      ///< the clock of a process goes wrong by up to an hour
    kFailover,        ///< a replica takes over that lacks the newest commits
};
inline constexpr std::size_t kTroubles = 12;
inline constexpr std::array<std::string_view, kTroubles> kTroubleNames = {
    "store-fails",     "store-slow", "store-full",      "partition", "crash",       "lost-messages",
    "late-duplicates", "cut-off",    "frozen-watchers", "hang-ups",  "clock-jumps", "failover"};

/// Some kinds of trouble.
class Troubles {
public:
    static Troubles all() { return Troubles((1U << kTroubles) - 1); }
    static Troubles from_bits(std::uint32_t bits) {
        return Troubles(bits & ((1U << kTroubles) - 1));
    }

    bool has(Trouble trouble) const {
        return ((bits_ >> static_cast<unsigned>(trouble)) & 1U) != 0;
    }
    Troubles without(Trouble trouble) const {
        return Troubles(bits_ & ~(1U << static_cast<unsigned>(trouble)));
    }
    Troubles operator&(Troubles other) const { return Troubles(bits_ & other.bits_); }

private:
    explicit Troubles(std::uint32_t bits) : bits_(bits) {}
    std::uint32_t bits_;
};

/// By its name of kTroubleNames; nullopt: there is none such.
inline std::optional<Trouble> trouble_of(std::string_view name) {
    for (std::size_t i = 0; i < kTroubles; ++i) {
        if (kTroubleNames[i] == name) return static_cast<Trouble>(i);
    }
    return std::nullopt;
}

}  // namespace liandong::simulator
