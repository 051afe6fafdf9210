#include "common/base/random.h"

#include <openssl/rand.h>

#include <cmath>

#include "common/base/check.h"

namespace liandong {

std::uint64_t Random::below(std::uint64_t bound) {
    LIANDONG_CHECK(bound >= 1);
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(next()) * bound) >> 64U);
}

double Random::unit() {
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

double Random::exponential(double mean) {
    return -mean * std::log1p(-unit());
}

std::uint64_t SeededRandom::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

std::uint64_t SystemRandom::next() {
    std::uint64_t value = 0;
    LIANDONG_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(&value), sizeof value) == 1);
    return value;
}

}  // namespace liandong
