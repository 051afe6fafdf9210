#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace liandong::routing {

/// Writes small PBF files: a header and one block, zlib or raw, nodes dense or plain.
class TinyPbf {
public:
    using Tags = std::vector<std::pair<std::string, std::string>>;
    struct Member {
        char kind;  ///< n, w or r
        std::int64_t id;
        std::string role;
    };

    void node(std::int64_t id, double latitude, double longitude, Tags tags = {});
    void way(std::int64_t id, std::vector<std::int64_t> nodes, Tags tags);
    void relation(std::int64_t id, std::vector<Member> members, Tags tags);

    struct Form {
        bool zlib = true;
        bool dense = true;
        std::string required_feature = "OsmSchema-V0.6";
    };
    std::string bytes(const Form& form) const;

private:
    struct Node {
        std::int64_t id;
        double latitude, longitude;
        Tags tags;
    };
    struct Way {
        std::int64_t id;
        std::vector<std::int64_t> nodes;
        Tags tags;
    };
    struct Relation {
        std::int64_t id;
        std::vector<Member> members;
        Tags tags;
    };
    std::vector<Node> nodes_;
    std::vector<Way> ways_;
    std::vector<Relation> relations_;
};

}  // namespace liandong::routing
