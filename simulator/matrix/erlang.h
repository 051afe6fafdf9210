#pragma once

namespace liandong::simulator::matrix {

/// Calls arrive at random (Poisson) at `servers` units; service times are exponential.
struct QueueLoad {
    int servers = 1;     ///< 1–10,000
    double offered = 0;  ///< arrival rate times mean service time, in Erlang; > 0
};

/// The chance that a call finds every unit busy and is lost. B(0) = 1, B(k) = a·B(k−1) / (k +
/// a·B(k−1)) (Erlang 1917; the recursion does not overflow).
double erlang_b(QueueLoad load);

/// The chance that a call has to wait when calls queue: C = c·B / (c − a·(1 − B)). `offered` <
/// `servers`.
double erlang_c(QueueLoad load);

/// The mean wait of all calls, in mean service times: C / (c − a). `offered` < `servers`.
double erlang_mean_wait(QueueLoad load);

}  // namespace liandong::simulator::matrix
