#pragma once

#include "common/routing/import/import.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace liandong::roads {

/// `liandong-roads import`: a map → a roads file.
class ImportCommand {
public:
    /// Adds itself to `app`, whose parsing writes into this object: it must outlive that.
    explicit ImportCommand(CLI::App& app);
    ImportCommand(const ImportCommand&) = delete;
    ImportCommand& operator=(const ImportCommand&) = delete;

    /// nullopt: it was not asked for; else the exit code.
    std::optional<int> run() const;

private:
    CLI::App* command_;
    routing::ImportRequest request_;
    std::string out_;
    bool keep_nodes_ = false;
};

}  // namespace liandong::roads
