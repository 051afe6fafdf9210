#pragma once

#include "common/base/error.h"
#include "common/base/time.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace liandong::roads {

/// `liandong-roads calibrate`: fits travel times to recorded stamps, judges them on days that were
/// not fitted, and writes the model that `liandong-server --travel-model` reads.
class CalibrateCommand {
public:
    explicit CalibrateCommand(CLI::App& app);
    CalibrateCommand(const CalibrateCommand&) = delete;
    CalibrateCommand& operator=(const CalibrateCommand&) = delete;

    /// Fails when no profile passes its gate and none was accepted.
    std::optional<int> run() const;

private:
    Result<int> calibrate() const;
    Result<Duration> utc_offset() const;

    CLI::App* command_;
    std::string roads_, stamps_, out_, name_, utc_offset_ = "+08:00", held_out_from_;
    bool accept_failed_ = false;
};

}  // namespace liandong::roads
