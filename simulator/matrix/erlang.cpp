#include "simulator/matrix/erlang.h"

#include "common/base/check.h"

namespace liandong::simulator::matrix {

double erlang_b(QueueLoad load) {
    LIANDONG_CHECK(load.servers >= 1 && load.servers <= 10'000 && load.offered > 0);
    double blocked = 1;
    for (int k = 1; k <= load.servers; ++k)
        blocked = load.offered * blocked / (k + load.offered * blocked);
    return blocked;
}

double erlang_c(QueueLoad load) {
    LIANDONG_CHECK(load.offered < load.servers);
    const double blocked = erlang_b(load);
    return load.servers * blocked / (load.servers - load.offered * (1 - blocked));
}

double erlang_mean_wait(QueueLoad load) { return erlang_c(load) / (load.servers - load.offered); }

}  // namespace liandong::simulator::matrix
