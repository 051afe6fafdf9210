#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace liandong::roads {

/// `liandong-roads info`: what a roads file holds.
class InfoCommand {
public:
    explicit InfoCommand(CLI::App& app);
    InfoCommand(const InfoCommand&) = delete;
    InfoCommand& operator=(const InfoCommand&) = delete;

    std::optional<int> run() const;

private:
    CLI::App* command_;
    std::string file_;
};

}  // namespace liandong::roads
