#pragma once

#include <cstdint>
#include <vector>

namespace liandong::simulator::matrix {

/// Where people need help, and which bases are near enough.
struct CoverProblem {
    std::vector<std::int64_t> demand;       ///< of each point, ≥ 0; the sum fits 63 bits
    std::vector<std::vector<bool>> covers;  ///< a row a base, a column a point
};

inline constexpr std::size_t kCoverBases_max = 20;

/// What every set of bases covers together. A set is a bit mask: bit i stands for base i.
class CoverTable {
public:
    /// At most kCoverBases_max bases, rows as long as `demand`; anything else is a programming
    /// error. Takes 2^bases × bases steps and 2^bases × 8 bytes.
    explicit CoverTable(const CoverProblem& problem);

    std::size_t bases() const { return bases_; }
    std::int64_t covered(std::uint32_t set) const { return covered_[set]; }

private:
    std::size_t bases_;
    std::vector<std::int64_t> covered_;
};

struct Cover {
    std::vector<std::size_t> bases;  ///< ascending
    std::int64_t covered = 0;
};

/// Maximal covering location (Church and ReVelle 1974): exactly `count` bases, 0 ≤ `count` ≤
/// bases(), that cover the most demand, found by looking at every set. Of equal sets, the first in
/// lexicographic order of `bases`.
Cover solve_mclp(const CoverTable& table, std::size_t count);

struct NestedCover {
    std::vector<std::size_t> order;  ///< all bases: with n units, those in the first n places
    std::int64_t value = 0;
};

/// Nested maximal covering: one order of all bases that maximises the sum over n of `weights`[n−1]
/// × (demand covered by the first n bases), so that a further unit never moves another. Only the
/// ratios of the weights (≥ 0, one a base) matter to the order; weights × demand fit 63 bits. Of
/// equal orders, the first in lexicographic order.
NestedCover solve_nested_mclp(const CoverTable& table, const std::vector<std::int64_t>& weights);

}  // namespace liandong::simulator::matrix
