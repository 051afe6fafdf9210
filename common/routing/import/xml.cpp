#include "common/base/check.h"
#include "common/routing/import/osm_source.h"

#include <expat.h>
#include <zlib.h>

#include <charconv>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace liandong::routing {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

/// gzip or plain bytes → plain bytes.
class Unzip {
public:
    explicit Unzip(bool zipped) : zipped_(zipped) {
        constexpr int kGzipOnly = 16 + MAX_WBITS;
        if (zipped_) LIANDONG_CHECK(::inflateInit2(&stream_, kGzipOnly) == Z_OK);
    }
    Unzip(const Unzip&) = delete;
    Unzip& operator=(const Unzip&) = delete;
    ~Unzip() {
        if (zipped_) ::inflateEnd(&stream_);
    }

    /// Hands on what comes out of `bytes`, in pieces, until `take(piece)` returns false. False: it
    /// is no sound gzip.
    template <class Take> bool feed(std::string_view bytes, Take&& take) {
        if (!zipped_) return take(bytes), true;
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        std::vector<char> out(kChunkBytes);
        do {
            if (ended_ && ::inflateReset(&stream_) != Z_OK) return false;
            ended_ = false;
            stream_.next_out = reinterpret_cast<Bytef*>(out.data());
            stream_.avail_out = static_cast<uInt>(out.size());
            const int result = ::inflate(&stream_, Z_NO_FLUSH);
            if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return false;
            ended_ = result == Z_STREAM_END;
            if (!take(std::string_view(out.data(), out.size() - stream_.avail_out))) return true;
        } while (stream_.avail_in > 0 || (stream_.avail_out == 0 && !ended_));
        return true;
    }
    /// Were all bytes of a gzip member there?
    bool whole() const { return !zipped_ || ended_; }

private:
    bool zipped_;
    bool ended_ = false;
    z_stream stream_{};
};

template <class Number> std::optional<Number> number_of(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// The attributes of one start tag.
class Attributes {
public:
    explicit Attributes(const XML_Char** pairs) : pairs_(pairs) {}
    std::string_view find(std::string_view name) const {
        for (const XML_Char** pair = pairs_; *pair != nullptr; pair += 2) {
            if (name == pair[0]) return pair[1];
        }
        return {};
    }

private:
    const XML_Char** pairs_;
};

class Xml {
public:
    Xml(OsmWanted wanted, OsmSink& sink)
        : parser_(::XML_ParserCreate(nullptr)), wanted_(wanted), sink_(sink) {
        LIANDONG_CHECK(parser_ != nullptr);
        ::XML_SetUserData(parser_.get(), this);
        ::XML_SetElementHandler(parser_.get(), on_start, on_end);
        ::XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
    }

    /// False: stop, there is a fault.
    bool parse(std::string_view bytes, bool last) {
        const auto status =
            ::XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
        if (status != XML_STATUS_OK && fault_.empty())
            fault_ = ::XML_ErrorString(::XML_GetErrorCode(parser_.get()));
        return fault_.empty();
    }
    const std::string& fault() const { return fault_; }
    std::uint64_t line() const { return ::XML_GetCurrentLineNumber(parser_.get()); }
    bool saw_osm() const { return saw_osm_; }

private:
    struct Free {
        void operator()(XML_Parser parser) const { ::XML_ParserFree(parser); }
    };

    void stop(std::string_view what) {
        if (!fault_.empty()) return;
        fault_ = what;
        ::XML_StopParser(parser_.get(), XML_FALSE);
    }

    static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        static_cast<Xml*>(self)->stop("it declares a document type");
    }
    static void on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
        static_cast<Xml*>(self)->start(name, Attributes(attributes));
    }
    static void on_end(void* self, const XML_Char* name) { static_cast<Xml*>(self)->end(name); }

    void start(std::string_view name, const Attributes& attributes) {
        if (!saw_osm_) {
            if (name != "osm" && name != "osmChange") return stop("its root is not <osm>");
            saw_osm_ = true;
        } else if (name == "node" || name == "way" || name == "relation") {
            begin(attributes);
        } else if (name == "tag") {
            add_tag(attributes);
        } else if (name == "nd") {
            add_node(attributes);
        } else if (name == "member") {
            add_member(attributes);
        }
    }

    void begin(const Attributes& attributes) {
        words_.clear();
        node_.tags.clear();
        way_.nodes.clear();
        relation_.members.clear();
        const auto id = number_of<std::int64_t>(attributes.find("id"));
        if (!id) return stop("an element without a number");
        node_.id = way_.id = relation_.id = *id;
        deleted_ = attributes.find("visible") == "false" || attributes.find("action") == "delete";
        const auto latitude = number_of<double>(attributes.find("lat"));
        const auto longitude = number_of<double>(attributes.find("lon"));
        placed_ = latitude && longitude && to_point(*latitude, *longitude, node_.point);
    }

    std::string_view keep(std::string_view word) { return words_.emplace_back(word); }

    void add_tag(const Attributes& attributes) {
        if (node_.tags.all().size() >= kOsmTags_max) return stop("too many tags");
        node_.tags.add(keep(attributes.find("k")), keep(attributes.find("v")));
    }

    void add_node(const Attributes& attributes) {
        const auto id = number_of<std::int64_t>(attributes.find("ref"));
        if (!id) return stop("a way with a node without a number");
        if (way_.nodes.size() >= kOsmWayNodes_max) return stop("a way of too many nodes");
        way_.nodes.push_back(*id);
    }

    void add_member(const Attributes& attributes) {
        const auto id = number_of<std::int64_t>(attributes.find("ref"));
        if (!id) return stop("a member without a number");
        if (relation_.members.size() >= kOsmMembers_max)
            return stop("a relation of too many members");
        const std::string_view kind = attributes.find("type");
        OsmMember member;
        member.kind = kind == "way"        ? OsmKind::kWay
                      : kind == "relation" ? OsmKind::kRelation
                                           : OsmKind::kNode;
        member.id = *id;
        member.role = keep(attributes.find("role"));
        relation_.members.push_back(member);
    }

    void end(std::string_view name) {
        if (deleted_ || !fault_.empty()) return;
        if (name == "node") {
            if (wanted_.nodes && placed_) sink_.node(node_);
        } else if (name == "way") {
            way_.tags = node_.tags;
            if (wanted_.ways) sink_.way(way_);
        } else if (name == "relation") {
            relation_.tags = node_.tags;
            if (wanted_.relations) sink_.relation(relation_);
        }
    }

    std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
    OsmWanted wanted_;
    OsmSink& sink_;
    std::string fault_;
    bool saw_osm_ = false, deleted_ = false, placed_ = false;
    std::deque<std::string> words_;
    OsmNode node_;  // its tags are those of whatever element is open
    OsmWay way_;
    OsmRelation relation_;
};

}  // namespace

Status read_xml(std::string_view first, OsmSource& source, OsmWanted wanted, OsmSink& sink,
                OsmProgress progress) {
    Unzip unzip(first.starts_with("\x1f\x8b"));
    Xml xml(wanted, sink);
    std::string chunk(first);
    while (!chunk.empty()) {
        const bool sound =
            unzip.feed(chunk, [&xml](std::string_view piece) { return xml.parse(piece, false); });
        if (!sound) return osm_broken("its compression is damaged", "byte", source.position());
        if (!xml.fault().empty()) return osm_broken(xml.fault(), "line", xml.line());
        progress(static_cast<double>(source.position()) / static_cast<double>(source.size()));
        chunk.resize(kChunkBytes);
        const auto got = source.read(chunk.data(), chunk.size());
        if (!got) return std::unexpected(got.error());
        chunk.resize(*got);
    }
    if (!unzip.whole()) return osm_broken("it is cut short", "byte", source.position());
    if (!xml.parse({}, true)) return osm_broken(xml.fault(), "line", xml.line());
    return {};
}

}  // namespace liandong::routing
