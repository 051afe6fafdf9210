#include "simulator/matrix/mclp.h"

#include "common/base/check.h"

#include <bit>

namespace liandong::simulator::matrix {
namespace {

constexpr std::uint32_t bit(std::size_t base) { return std::uint32_t{1} << base; }

/// Whether the set `a` comes before `b`, of equal size, when both are written in ascending order.
bool before(std::uint32_t a, std::uint32_t b) {
    const std::uint32_t difference = a ^ b;
    return (a & difference & (~difference + 1)) != 0;
}

std::vector<std::size_t> members(std::uint32_t set) {
    std::vector<std::size_t> bases;
    for (; set != 0; set &= set - 1)
        bases.push_back(static_cast<std::size_t>(std::countr_zero(set)));
    return bases;
}

/// The bases that cover a point.
std::uint32_t coverers(const CoverProblem& problem, std::size_t point) {
    std::uint32_t set = 0;
    for (std::size_t base = 0; base < problem.covers.size(); ++base) {
        if (problem.covers[base][point]) set |= bit(base);
    }
    return set;
}

}  // namespace

CoverTable::CoverTable(const CoverProblem& problem) : bases_(problem.covers.size()) {
    LIANDONG_CHECK(bases_ <= kCoverBases_max);
    for (const auto& row : problem.covers) LIANDONG_CHECK(row.size() == problem.demand.size());
    const std::size_t sets = std::size_t{1} << bases_;
    // A point is missed by a set when its coverers lie within the complement: a sum over subsets.
    std::vector<std::int64_t> within(sets, 0);
    for (std::size_t point = 0; point < problem.demand.size(); ++point) {
        LIANDONG_CHECK(problem.demand[point] >= 0);
        within[coverers(problem, point)] += problem.demand[point];
    }
    for (std::size_t base = 0; base < bases_; ++base) {
        for (std::uint32_t set = 0; set < sets; ++set) {
            if ((set & bit(base)) != 0) within[set] += within[set ^ bit(base)];
        }
    }
    const std::int64_t all = within.back();
    covered_.resize(sets);
    for (std::size_t set = 0; set < sets; ++set) covered_[set] = all - within[sets - 1 - set];
}

Cover solve_mclp(const CoverTable& table, std::size_t count) {
    LIANDONG_CHECK(count <= table.bases());
    std::uint32_t best = bit(count) - 1;
    const std::uint32_t sets = bit(table.bases());
    for (std::uint32_t set = 0; set < sets; ++set) {
        if (std::popcount(set) != static_cast<int>(count)) continue;
        const auto gain = table.covered(set) - table.covered(best);
        if (gain > 0 || (gain == 0 && before(set, best))) best = set;
    }
    return {members(best), table.covered(best)};
}

NestedCover solve_nested_mclp(const CoverTable& table, const std::vector<std::int64_t>& weights) {
    LIANDONG_CHECK(weights.size() == table.bases());
    const std::uint32_t sets = bit(table.bases());
    // What the bases still to come add, once those of the set stand; and the next of them.
    std::vector<std::int64_t> ahead(sets, 0);
    std::vector<std::size_t> next(sets, 0);
    for (std::uint32_t set = sets - 1; set-- > 0;) {
        const std::int64_t weight = weights[static_cast<std::size_t>(std::popcount(set))];
        LIANDONG_CHECK(weight >= 0);
        std::int64_t best = -1;
        for (std::size_t base = 0; base < table.bases(); ++base) {
            const std::uint32_t larger = set | bit(base);
            if (larger == set) continue;
            const std::int64_t value = weight * table.covered(larger) + ahead[larger];
            if (value <= best) continue;
            best = value;
            next[set] = base;
        }
        ahead[set] = best;
    }
    NestedCover found{.order = {}, .value = ahead[0]};
    for (std::uint32_t set = 0; set != sets - 1; set |= bit(next[set]))
        found.order.push_back(next[set]);
    return found;
}

}  // namespace liandong::simulator::matrix
