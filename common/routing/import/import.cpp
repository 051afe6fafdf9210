#include "common/routing/import/import.h"

#include "common/routing/import/table_file.h"
#include "common/routing/import/table_network.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace liandong::routing {
namespace {

std::string nodes_beside(const std::string& edges) {
    std::filesystem::path path(edges);
    std::string name = path.filename().string();
    if (const std::size_t at = name.rfind("edges"); at != std::string::npos) {
        name.replace(at, 5, "nodes");
    }
    return path.replace_filename(name).string();
}

Result<Draft> read_tables(const ImportRequest& request) {
    const auto edges = read_table_file(request.input);
    if (!edges) return std::unexpected(edges.error());
    const auto nodes =
        read_table_file(request.nodes.empty() ? nodes_beside(request.input) : request.nodes);
    if (!nodes) return std::unexpected(nodes.error());
    return read_edge_tables(*edges, *nodes);
}

Result<Draft> read_jemss(const ImportRequest& request) {
    const auto arcs = read_jemss_file(request.input, "arcs.csv");
    if (!arcs) return std::unexpected(arcs.error());
    const auto nodes = read_jemss_file(request.input, "nodes.csv");
    if (!nodes) return std::unexpected(nodes.error());
    return read_jemss_tables(*arcs, *nodes);
}

std::unexpected<Error> not_written(const std::string& out) {
    return fail(Code::kUnavailable, "ROADS_FILE_NOT_WRITTEN",
                fmt::format("{}: {}", out, std::strerror(errno)));
}

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// True: every byte is on disk.
bool write_all(const std::string& file, std::string_view bytes) {
    const std::unique_ptr<std::FILE, CloseFile> out(std::fopen(file.c_str(), "wb"));
    return out && std::fwrite(bytes.data(), 1, bytes.size(), out.get()) == bytes.size() &&
           std::fflush(out.get()) == 0 && ::fsync(::fileno(out.get())) == 0;
}

Status replace_file(const std::string& out, std::string_view bytes) {
    const std::string fresh = fmt::format("{}.{}.new", out, ::getpid());
    if (write_all(fresh, bytes) && std::rename(fresh.c_str(), out.c_str()) == 0) return {};
    auto failed = not_written(out);
    std::remove(fresh.c_str());
    return failed;
}

}  // namespace

Result<Draft> read_network(const ImportRequest& request, OsmNotes& notes, ImportProgress progress) {
    notes = {};
    const std::filesystem::path input(request.input);
    std::error_code ignored;
    const bool jemss = input.extension() == ".zip" || std::filesystem::is_directory(input, ignored);
    if (!jemss && input.extension() != ".csv") {
        return read_osm_network(request.input, notes,
                                [&](double share) { progress("read", share); });
    }
    auto draft = jemss ? read_jemss(request) : read_tables(request);
    if (draft) draft->source = input.filename().string();
    progress("read", 1);
    return draft;
}

Result<std::string> import_bytes(const ImportRequest& request, ImportReport& report,
                                 ImportProgress progress) {
    auto draft = read_network(request, report.notes, progress);
    if (!draft) return std::unexpected(draft.error());
    progress("build", 0);
    auto bytes = build_roads(std::move(*draft), request.build, report.build);
    if (!bytes) {
        bytes.error().message = fmt::format("{}: {}", request.input, bytes.error().message);
        return bytes;
    }
    progress("build", 1);
    report.bytes = bytes->size();
    return bytes;
}

Result<ImportReport> import_roads(const ImportRequest& request, const std::string& out,
                                  ImportProgress progress) {
    ImportReport report;
    const auto bytes = import_bytes(request, report, progress);
    if (!bytes) return std::unexpected(bytes.error());
    progress("write", 0);
    if (const Status written = replace_file(out, *bytes); !written)
        return std::unexpected(written.error());
    progress("write", 1);
    return report;
}

}  // namespace liandong::routing
