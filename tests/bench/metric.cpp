#include "tests/bench/metric.h"

namespace liandong::bench {

bool Metric::passes() const {
    if (!bar) return true;
    return bar->side == Bar::Side::kAtLeast ? value.median >= bar->limit
                                            : value.median <= bar->limit;
}

}  // namespace liandong::bench
