#include "common/routing/import/osm.h"

#include "common/routing/import/osm_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace liandong::routing {
namespace {

/// Enough to tell the kinds apart.
constexpr std::size_t kFirstBytes = 64;

std::unexpected<Error> unreadable(const std::string& file, std::string_view why) {
    return fail(Code::kNotFound, "OSM_FILE_UNREADABLE", fmt::format("{}: {}", file, why));
}

class FileSource final : public OsmSource {
public:
    FileSource(std::string name, std::FILE* file, std::uint64_t size)
        : name_(std::move(name)), file_(file), size_(size) {}
    ~FileSource() override { std::fclose(file_); }

    Result<std::size_t> read(char* to, std::size_t size) override {
        const std::size_t got = std::fread(to, 1, size, file_);
        if (got < size && std::ferror(file_) != 0) return unreadable(name_, std::strerror(errno));
        position_ += got;
        return got;
    }
    std::uint64_t position() const override { return position_; }
    std::uint64_t size() const override { return size_; }

private:
    std::string name_;
    std::FILE* file_;
    std::uint64_t size_, position_ = 0;
};

class BytesSource final : public OsmSource {
public:
    explicit BytesSource(std::string_view bytes) : bytes_(bytes) {}
    Result<std::size_t> read(char* to, std::size_t size) override {
        const std::size_t got = std::min(size, bytes_.size() - position_);
        std::copy_n(bytes_.data() + position_, got, to);
        position_ += got;
        return got;
    }
    std::uint64_t position() const override { return position_; }
    std::uint64_t size() const override { return bytes_.size(); }

private:
    std::string_view bytes_;
    std::size_t position_ = 0;
};

bool looks_like_xml(std::string_view first) {
    if (first.starts_with("\x1f\x8b")) return true;
    if (first.starts_with("\xEF\xBB\xBF")) first.remove_prefix(3);
    const std::size_t text = first.find_first_not_of(" \t\r\n");
    return text != std::string_view::npos && first[text] == '<';
}

Status read_from(OsmSource& source, OsmWanted wanted, OsmSink& sink, OsmProgress progress) {
    char first[kFirstBytes];
    const auto got = source.read(first, sizeof first);
    if (!got) return std::unexpected(got.error());
    const std::string_view bytes(first, *got);
    if (bytes.empty()) return osm_broken("it is empty", "byte", 0);
    return looks_like_xml(bytes) ? read_xml(bytes, source, wanted, sink, progress)
                                 : read_pbf(bytes, source, wanted, sink, progress);
}

}  // namespace

std::string_view OsmTags::find(std::string_view key) const {
    const auto found =
        std::ranges::find(tags_, key, &std::pair<std::string_view, std::string_view>::first);
    return found == tags_.end() ? std::string_view() : found->second;
}

Result<std::unique_ptr<OsmSource>> open_source(const std::string& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        return unreadable(file, error ? error.message() : "is no regular file");
    }
    const std::uint64_t size = std::filesystem::file_size(file, error);
    if (error) return unreadable(file, error.message());
    std::FILE* opened = std::fopen(file.c_str(), "rb");
    if (opened == nullptr) return unreadable(file, std::strerror(errno));
    return std::make_unique<FileSource>(file, opened, size);
}

std::unique_ptr<OsmSource> source_of(std::string_view bytes) {
    return std::make_unique<BytesSource>(bytes);
}

std::unexpected<Error> osm_broken(std::string_view what, std::string key, std::uint64_t where) {
    return fail(Error{
        Code::kInvalidArgument,
        "OSM_FILE_BROKEN",
        fmt::format("not sound OpenStreetMap data: {} ({} {})", what, key, where),
        {}}.with(key, fmt::format("{}", where)));
}

bool to_point(double latitude, double longitude, domain::Point& point) {
    if (!(std::abs(latitude) <= 90) || !(std::abs(longitude) <= 180)) return false;
    point = {static_cast<std::int32_t>(std::lround(latitude * 1e7)),
             static_cast<std::int32_t>(std::lround(longitude * 1e7))};
    return true;
}

Status read_osm(const std::string& file, OsmWanted wanted, OsmSink& sink, OsmProgress progress) {
    const auto source = open_source(file);
    if (!source) return std::unexpected(source.error());
    Status read = read_from(**source, wanted, sink, progress);
    if (!read) read.error().message = fmt::format("{}: {}", file, read.error().message);
    return read;
}

Status read_osm_bytes(std::string_view bytes, OsmWanted wanted, OsmSink& sink) {
    return read_from(*source_of(bytes), wanted, sink, [](double) {});
}

}  // namespace liandong::routing
