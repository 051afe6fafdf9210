#include "simulator/scenario_source.h"

#include "simulator/generate/flood.h"
#include "simulator/scenario/format.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

namespace liandong::simulator {
namespace {

std::unexpected<Error> unreadable(const std::filesystem::path& path) {
    return fail(Code::kNotFound, "FILE_UNREADABLE",
                fmt::format("{} cannot be read", path.string()));
}

std::unexpected<Error> in_file(const std::string& path, Error error) {
    error.message = path + ": " + error.message;
    return std::unexpected(std::move(error));
}

}  // namespace

Result<Imported> import_csv(const std::string& path) {
    const auto stations_path = std::filesystem::path(path).parent_path() / "sf_fire_stations.csv";
    std::ifstream calls(path, std::ios::binary), stations(stations_path, std::ios::binary);
    if (!calls) return unreadable(path);
    if (!stations) return unreadable(stations_path);
    auto imported = import_san_francisco(calls, stations);
    if (!imported) return in_file(path, imported.error());
    return imported;
}

Result<Scenario> load_scenario(const std::string& name, std::uint64_t seed) {
    if (name == "yingcheng-flood") return generate_flood(seed);
    if (name.ends_with(".csv")) {
        auto imported = import_csv(name);
        if (!imported) return std::unexpected(imported.error());
        return std::move(imported->scenario);
    }
    if (name.ends_with(".jsonl")) {
        std::ifstream in(name, std::ios::binary);
        if (!in) return unreadable(name);
        auto scenario = read_scenario(in);
        if (!scenario) return in_file(name, scenario.error());
        return scenario;
    }
    return fail(
        Code::kInvalidArgument, "SCENARIO_UNKNOWN",
        fmt::format("'{}' is no scenario: use yingcheng-flood, a .csv or a .jsonl file", name));
}

Status write_text(const std::string& path, const std::string& text) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out)
        return fail(Code::kInternal, "FILE_UNWRITABLE", fmt::format("{} cannot be written", path));
    return {};
}

}  // namespace liandong::simulator
