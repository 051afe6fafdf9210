#include "common/base/random.h"

#include "common/base/check.h"

#include <openssl/rand.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace liandong {

std::uint64_t Random::below(std::uint64_t bound) {
    LIANDONG_CHECK(bound >= 1);
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64U);
}

double Random::unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

double Random::exponential(double mean) { return -mean * std::log1p(-unit()); }

std::uint64_t SeededRandom::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

std::uint64_t SystemRandom::next() {
    // Drawn by the buffer, since asking costs microseconds. One a thread: no lock, and nobody sees
    // another's.
    thread_local std::array<std::uint64_t, 64> drawn{};
    thread_local std::size_t left = 0;
    if (left == 0) {
        LIANDONG_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(drawn.data()), sizeof drawn) ==
                       1);
        left = drawn.size();
    }
    // What was given away is not kept: it may have become a key.
    return std::exchange(drawn[--left], 0);
}

}  // namespace liandong
