#include "common/routing/import/osm_source.h"

#include <google/protobuf/stubs/logging.h>
#include <osmpbf/osmpbf.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>

namespace liandong::routing {
namespace {

// The format's own limits (OSMPBF wiki: header 64 KiB, block 32 MiB).
constexpr std::uint32_t kHeaderBytes_max = 64 * 1024;
constexpr std::uint32_t kBlobBytes_max = 32 * 1024 * 1024;

/// Puts the bytes that were read already before those of the source.
class Reader {
public:
    Reader(std::string_view first, OsmSource& source) : first_(first), source_(source) {}

    /// True: `size` bytes are in `bytes`; false: the end, before the first of them.
    Result<bool> take(std::size_t size, std::string& bytes) {
        bytes.resize(size);
        const std::size_t ready = std::min(size, first_.size());
        std::copy_n(first_.data(), ready, bytes.data());
        first_.remove_prefix(ready);
        const auto got = source_.read(bytes.data() + ready, size - ready);
        if (!got) return std::unexpected(got.error());
        const std::size_t all = ready + *got;
        if (all == 0 && size > 0) return false;
        if (all < size) return osm_broken("it is cut short", "byte", position());
        return true;
    }
    std::uint64_t position() const { return source_.position() - first_.size(); }
    double share() const {
        return source_.size() == 0
                   ? 1.0
                   : static_cast<double>(position()) / static_cast<double>(source_.size());
    }

private:
    std::string_view first_;
    OsmSource& source_;
};

bool inflate_into(std::string_view packed, std::string& raw) {
    uLongf size = raw.size();
    const int result = ::uncompress(reinterpret_cast<Bytef*>(raw.data()), &size,
                                    reinterpret_cast<const Bytef*>(packed.data()), packed.size());
    return result == Z_OK && size == raw.size();
}

/// The elements of one block.
class Block {
public:
    Block(const OSMPBF::PrimitiveBlock& block, OsmWanted wanted, OsmSink& sink)
        : block_(block), wanted_(wanted), sink_(sink) {}

    /// nullptr, or what is wrong.
    const char* tell() {
        for (const OSMPBF::PrimitiveGroup& group : block_.primitivegroup()) {
            if (wanted_.nodes && !tell_nodes(group)) return wrong_;
            if (wanted_.ways && !tell_ways(group)) return wrong_;
            if (wanted_.relations && !tell_relations(group)) return wrong_;
        }
        return nullptr;
    }

private:
    bool fault(const char* what) {
        wrong_ = what;
        return false;
    }

    bool text(std::uint64_t index, std::string_view& value) {
        if (index >= static_cast<std::uint64_t>(block_.stringtable().s_size())) {
            return fault("a word that its block does not have");
        }
        value = block_.stringtable().s(static_cast<int>(index));
        return true;
    }

    bool add_tag(OsmTags& tags, std::uint64_t key, std::uint64_t value) {
        std::string_view key_text, value_text;
        if (!text(key, key_text) || !text(value, value_text)) return false;
        if (tags.all().size() >= kOsmTags_max) return fault("too many tags");
        tags.add(key_text, value_text);
        return true;
    }

    template <class Element> bool read_tags(const Element& element, OsmTags& tags) {
        tags.clear();
        if (element.keys_size() != element.vals_size()) return fault("tags without a value");
        for (int i = 0; i < element.keys_size(); ++i) {
            if (!add_tag(tags, element.keys(i), element.vals(i))) return false;
        }
        return true;
    }

    void tell_node(std::int64_t id, std::int64_t latitude, std::int64_t longitude) {
        constexpr double kDegrees = 1e-9;
        const double granularity = block_.granularity();
        const double north = kDegrees * (static_cast<double>(block_.lat_offset()) +
                                         granularity * static_cast<double>(latitude));
        const double east = kDegrees * (static_cast<double>(block_.lon_offset()) +
                                        granularity * static_cast<double>(longitude));
        node_.id = id;
        if (to_point(north, east, node_.point)) sink_.node(node_);
    }

    bool tell_nodes(const OSMPBF::PrimitiveGroup& group) {
        for (const OSMPBF::Node& node : group.nodes()) {
            if (!read_tags(node, node_.tags)) return false;
            if (visible(node)) tell_node(node.id(), node.lat(), node.lon());
        }
        return !group.has_dense() || tell_dense(group.dense());
    }

    bool tell_dense(const OSMPBF::DenseNodes& dense) {
        if (dense.lat_size() != dense.id_size() || dense.lon_size() != dense.id_size()) {
            return fault("nodes without a position");
        }
        std::uint64_t id = 0, latitude = 0, longitude = 0;  // sums may wrap in damaged data
        int tag = 0;
        for (int i = 0; i < dense.id_size(); ++i) {
            id += static_cast<std::uint64_t>(dense.id(i));
            latitude += static_cast<std::uint64_t>(dense.lat(i));
            longitude += static_cast<std::uint64_t>(dense.lon(i));
            node_.tags.clear();
            for (; tag < dense.keys_vals_size() && dense.keys_vals(tag) != 0; tag += 2) {
                if (tag + 1 >= dense.keys_vals_size()) return fault("tags without a value");
                if (!add_tag(node_.tags, static_cast<std::uint32_t>(dense.keys_vals(tag)),
                             static_cast<std::uint32_t>(dense.keys_vals(tag + 1)))) {
                    return false;
                }
            }
            ++tag;
            const bool deleted =
                i < dense.denseinfo().visible_size() && !dense.denseinfo().visible(i);
            if (!deleted) {
                tell_node(static_cast<std::int64_t>(id), static_cast<std::int64_t>(latitude),
                          static_cast<std::int64_t>(longitude));
            }
        }
        return true;
    }

    bool tell_ways(const OSMPBF::PrimitiveGroup& group) {
        for (const OSMPBF::Way& way : group.ways()) {
            if (!read_tags(way, way_.tags)) return false;
            if (static_cast<std::size_t>(way.refs_size()) > kOsmWayNodes_max)
                return fault("a way of too many nodes");
            way_.id = way.id();
            way_.nodes.clear();
            std::uint64_t id = 0;
            for (const std::int64_t step : way.refs()) {
                id += static_cast<std::uint64_t>(step);
                way_.nodes.push_back(static_cast<std::int64_t>(id));
            }
            if (visible(way)) sink_.way(way_);
        }
        return true;
    }

    bool tell_relations(const OSMPBF::PrimitiveGroup& group) {
        for (const OSMPBF::Relation& relation : group.relations()) {
            if (!read_tags(relation, relation_.tags) || !read_members(relation)) return false;
            relation_.id = relation.id();
            if (visible(relation)) sink_.relation(relation_);
        }
        return true;
    }

    bool read_members(const OSMPBF::Relation& relation) {
        const int size = relation.memids_size();
        if (relation.roles_sid_size() != size || relation.types_size() != size) {
            return fault("members without a role or kind");
        }
        if (static_cast<std::size_t>(size) > kOsmMembers_max)
            return fault("a relation of too many members");
        relation_.members.clear();
        std::uint64_t id = 0;
        for (int i = 0; i < size; ++i) {
            OsmMember member;
            id += static_cast<std::uint64_t>(relation.memids(i));
            member.id = static_cast<std::int64_t>(id);
            member.kind = static_cast<OsmKind>(relation.types(i));
            if (!text(static_cast<std::uint32_t>(relation.roles_sid(i)), member.role)) return false;
            relation_.members.push_back(member);
        }
        return true;
    }

    template <class Element> static bool visible(const Element& element) {
        return !element.has_info() || !element.info().has_visible() || element.info().visible();
    }

    const OSMPBF::PrimitiveBlock& block_;
    OsmWanted wanted_;
    OsmSink& sink_;
    const char* wrong_ = nullptr;
    OsmNode node_;
    OsmWay way_;
    OsmRelation relation_;
};

class Pbf {
public:
    Pbf(std::string_view first, OsmSource& source, OsmWanted wanted, OsmSink& sink)
        : reader_(first, source), wanted_(wanted), sink_(sink) {}

    Status run(OsmProgress progress) {
        // A broken file gives one error, ours.
        const google::protobuf::LogSilencer quiet;
        // Each round takes at least four bytes of the file.
        for (;;) {
            block_at_ = reader_.position();
            const auto more = next_block();
            if (!more) return std::unexpected(more.error());
            if (!*more) return {};
            progress(reader_.share());
        }
    }

private:
    std::unexpected<Error> broken(std::string_view what) const {
        return osm_broken(what, "byte", block_at_);
    }

    Result<bool> next_block() {
        const auto sized = reader_.take(4, bytes_);
        if (!sized || !*sized) return sized;
        std::uint32_t header_bytes = 0;
        for (const char byte : bytes_)
            header_bytes = header_bytes << 8 | static_cast<unsigned char>(byte);
        if (header_bytes > kHeaderBytes_max) return broken("no PBF, no XML");
        OSMPBF::BlobHeader header;
        if (const auto taken = take_whole(header_bytes); !taken) return taken;
        if (!header.ParseFromString(bytes_)) return broken("no PBF, no XML");
        if (header.datasize() < 0 || std::uint32_t(header.datasize()) > kBlobBytes_max) {
            return broken("a block that is too large");
        }
        if (const auto taken = take_whole(std::uint32_t(header.datasize())); !taken) return taken;
        if (header.type() != "OSMData" && header.type() != "OSMHeader") return true;
        if (!unpack()) return broken("a block that cannot be unpacked");
        return header.type() == "OSMData" ? tell_block() : check_header();
    }

    Result<bool> take_whole(std::uint32_t size) {
        const auto taken = reader_.take(size, bytes_);
        if (taken && !*taken) return broken("it is cut short");
        return taken;
    }

    /// bytes_ → raw_.
    bool unpack() {
        OSMPBF::Blob blob;
        if (!blob.ParseFromString(bytes_)) return false;
        if (blob.has_raw()) {
            raw_ = blob.raw();
            return raw_.size() <= kBlobBytes_max;
        }
        const bool zlib = blob.has_zlib_data() && blob.has_raw_size() && blob.raw_size() >= 0 &&
                          std::uint32_t(blob.raw_size()) <= kBlobBytes_max;
        if (!zlib) return false;
        raw_.resize(std::size_t(blob.raw_size()));
        return inflate_into(blob.zlib_data(), raw_);
    }

    Result<bool> check_header() {
        OSMPBF::HeaderBlock header;
        if (!header.ParseFromString(raw_)) return broken("its header cannot be read");
        for (const std::string& feature : header.required_features()) {
            const bool known = feature == "OsmSchema-V0.6" || feature == "DenseNodes" ||
                               feature == "HistoricalInformation";
            if (!known) return broken("it needs what this program does not know: " + feature);
        }
        return true;
    }

    Result<bool> tell_block() {
        OSMPBF::PrimitiveBlock block;
        if (!block.ParseFromString(raw_)) return broken("a block that cannot be read");
        if (const char* wrong = Block(block, wanted_, sink_).tell()) return broken(wrong);
        return true;
    }

    Reader reader_;
    OsmWanted wanted_;
    OsmSink& sink_;
    std::uint64_t block_at_ = 0;
    std::string bytes_, raw_;
};

}  // namespace

Status read_pbf(std::string_view first, OsmSource& source, OsmWanted wanted, OsmSink& sink,
                OsmProgress progress) {
    return Pbf(first, source, wanted, sink).run(progress);
}

}  // namespace liandong::routing
