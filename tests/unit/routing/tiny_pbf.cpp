#include "tests/unit/routing/tiny_pbf.h"

#include "common/base/check.h"

#include <osmpbf/osmpbf.h>
#include <zlib.h>

#include <cmath>
#include <map>

namespace liandong::routing {
namespace {

class Strings {
public:
    explicit Strings(OSMPBF::StringTable& table) : table_(table) { table_.add_s(""); }
    std::uint32_t operator()(const std::string& text) {
        const auto [at, fresh] =
            numbers_.try_emplace(text, static_cast<std::uint32_t>(table_.s_size()));
        if (fresh) table_.add_s(text);
        return at->second;
    }

private:
    OSMPBF::StringTable& table_;
    std::map<std::string, std::uint32_t> numbers_;
};

std::int64_t e7(double degrees) { return std::llround(degrees * 1e7); }

template <class Element>
void add_tags(Element& element, const TinyPbf::Tags& tags, Strings& strings) {
    for (const auto& [key, value] : tags) {
        element.add_keys(strings(key));
        element.add_vals(strings(value));
    }
}

std::string blob(const std::string& type, const std::string& content, bool zlib) {
    OSMPBF::Blob blob;
    if (zlib) {
        std::string packed(::compressBound(content.size()), '\0');
        uLongf size = packed.size();
        LIANDONG_CHECK(::compress(reinterpret_cast<Bytef*>(packed.data()), &size,
                                  reinterpret_cast<const Bytef*>(content.data()),
                                  content.size()) == Z_OK);
        packed.resize(size);
        blob.set_zlib_data(packed);
        blob.set_raw_size(static_cast<int>(content.size()));
    } else {
        blob.set_raw(content);
    }
    const std::string data = blob.SerializeAsString();
    OSMPBF::BlobHeader header;
    header.set_type(type);
    header.set_datasize(static_cast<int>(data.size()));
    const std::string head = header.SerializeAsString();
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(head.size() >> shift & 0xFF));
    return out + head + data;
}

}  // namespace

void TinyPbf::node(std::int64_t id, double latitude, double longitude, Tags tags) {
    nodes_.push_back({id, latitude, longitude, std::move(tags)});
}

void TinyPbf::way(std::int64_t id, std::vector<std::int64_t> nodes, Tags tags) {
    ways_.push_back({id, std::move(nodes), std::move(tags)});
}

void TinyPbf::relation(std::int64_t id, std::vector<Member> members, Tags tags) {
    relations_.push_back({id, std::move(members), std::move(tags)});
}

std::string TinyPbf::bytes(const Form& form) const {
    OSMPBF::HeaderBlock header;
    header.add_required_features(form.required_feature);
    OSMPBF::PrimitiveBlock block;
    Strings strings(*block.mutable_stringtable());
    auto& nodes = *block.add_primitivegroup();
    std::int64_t id = 0, latitude = 0, longitude = 0;
    for (const Node& node : nodes_) {
        if (!form.dense) {
            auto& plain = *nodes.add_nodes();
            plain.set_id(node.id);
            plain.set_lat(e7(node.latitude));
            plain.set_lon(e7(node.longitude));
            add_tags(plain, node.tags, strings);
            continue;
        }
        auto& dense = *nodes.mutable_dense();
        dense.add_id(node.id - id);
        dense.add_lat(e7(node.latitude) - latitude);
        dense.add_lon(e7(node.longitude) - longitude);
        id = node.id;
        latitude = e7(node.latitude);
        longitude = e7(node.longitude);
        for (const auto& [key, value] : node.tags) {
            dense.add_keys_vals(static_cast<int>(strings(key)));
            dense.add_keys_vals(static_cast<int>(strings(value)));
        }
        dense.add_keys_vals(0);
    }
    auto& ways = *block.add_primitivegroup();
    for (const Way& way : ways_) {
        auto& out = *ways.add_ways();
        out.set_id(way.id);
        add_tags(out, way.tags, strings);
        std::int64_t last = 0;
        for (const std::int64_t node : way.nodes) {
            out.add_refs(node - last);
            last = node;
        }
    }
    auto& relations = *block.add_primitivegroup();
    for (const Relation& relation : relations_) {
        auto& out = *relations.add_relations();
        out.set_id(relation.id);
        add_tags(out, relation.tags, strings);
        std::int64_t last = 0;
        for (const Member& member : relation.members) {
            out.add_roles_sid(static_cast<int>(strings(member.role)));
            out.add_memids(member.id - last);
            out.add_types(member.kind == 'n'   ? OSMPBF::Relation::NODE
                          : member.kind == 'w' ? OSMPBF::Relation::WAY
                                               : OSMPBF::Relation::RELATION);
            last = member.id;
        }
    }
    return blob("OSMHeader", header.SerializeAsString(), form.zlib) +
           blob("OSMData", block.SerializeAsString(), form.zlib);
}

}  // namespace liandong::routing
