#include "simulator/audit/fix_book.h"

#include <algorithm>
#include <chrono>

namespace liandong::simulator {

void FixBook::accepted(std::uint64_t process, const std::string& unit_id, Timestamp fixed_at) {
    Timestamp& newest = newest_[{process, unit_id}];
    newest = std::max(newest, fixed_at);
}

std::string FixBook::gone_back(const Located& said) const {
    for (const auto& [unit, age] : said.units) {
        const auto known = newest_.find({said.process, unit});
        // Age zero may be the future's, where a clock is behind.
        if (known == newest_.end() || age == 0) continue;
        // An age is cut to whole seconds: the fix is of then, or up to a second older.
        if (said.said_at - std::chrono::seconds{age} < known->second) return unit;
    }
    return {};
}

}  // namespace liandong::simulator
