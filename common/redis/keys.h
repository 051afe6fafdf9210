#pragma once

#include "common/domain/entity.h"
#include "common/domain/scope.h"

#include <optional>
#include <string>
#include <string_view>

namespace liandong::redis {

/// Every key that Liandong uses in Redis, for one scope. All carry the hash tag
/// "{<world>.<district>}", so they share a slot. Types: entities and request records are strings
/// ("<16 digits of seq><bytes>"; a request record is
/// "<16 digits><64 of fingerprint><response>"), indexes sorted sets with score 0, `seq` and
/// counters integers, the log a stream whose entry ids are "<seq>-0".
class Keys {
public:
    explicit Keys(const domain::Scope& scope) : prefix_("{" + scope.tag() + "}:") {}

    std::string entity(const domain::Key& key) const { return prefix_ + word(key); }
    std::string index(std::string_view name) const { return join("index:", name); }
    std::string request(std::string_view request_id) const { return join("request:", request_id); }
    std::string counter(std::string_view name) const { return join("counter:", name); }
    std::string seq() const { return prefix_ + "seq"; }
    std::string log() const { return prefix_ + "log"; }

    /// "incident:<id>": an entity's name without the scope, also the field name of its write in a
    /// log entry.
    static std::string word(const domain::Key& key);
    /// The key of such a word; nullopt when it is none.
    static std::optional<domain::Key> parse_word(std::string_view word);

private:
    std::string join(std::string_view kind, std::string_view name) const;
    std::string prefix_;
};

/// Field of a log entry that holds the event header. No word can equal it.
inline constexpr std::string_view kHeaderField = "h";

}  // namespace liandong::redis
