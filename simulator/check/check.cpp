#include "simulator/check/check.h"

#include "common/base/id.h"

#include <fmt/format.h>

namespace liandong::simulator {
namespace {

bool fails(const SiegePlan& plan) {
    Siege siege(plan);
    siege.run();
    return !siege.faults().empty();
}

}  // namespace

Verdict run_plan(const SiegePlan& plan) {
    Siege siege(plan);
    siege.run();
    std::string values;
    for (const auto& [key, value] : siege.log().values())
        values +=
            fmt::format("{}/{}/{}/{};", to_string(key.kind), key.id, value.version, value.bytes);
    const Chronicle& chronicle = siege.chronicle();
    return {siege.faults(),     chronicle.lines(),    chronicle.outcomes(),
            chronicle.struck(), siege.log().events(), sha256_hex_of(values)};
}

SiegePlan shrink(SiegePlan failing) {
    failing.trace = false;
    for (int step = failing.operations / 2; step > 0; step /= 2) {
        SiegePlan shorter = failing;
        shorter.operations -= step;
        if (shorter.operations > 0 && fails(shorter)) failing = shorter;
    }
    for (std::size_t i = 0; i < kTroubles; ++i) {
        SiegePlan calmer = failing;
        calmer.allowed = failing.allowed.without(static_cast<Trouble>(i));
        if (fails(calmer)) failing = calmer;
    }
    failing.trace = true;
    return failing;
}

}  // namespace liandong::simulator
