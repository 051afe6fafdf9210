#include "common/domain/bulletin.h"

#include "common/base/id.h"
#include "common/base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace liandong::domain {
namespace {

constexpr std::size_t kTexts_max = 8;
constexpr std::size_t kAreas_max = 64;
constexpr std::size_t kLanguage_max = 35;
constexpr std::size_t kHeadlineCharacters_max = 160;
constexpr std::size_t kBody_max = 4'000;
constexpr std::size_t kAuthority_max = 64;
// All languages together: the bulletin must fit into one stored entity of 16 KiB.
constexpr std::size_t kTextsBytes_max = 12'000;
constexpr std::size_t kAreaDigits_min = 6;
constexpr std::size_t kAreaDigits_max = 15;
constexpr std::string_view kRequiredLanguage = "zh-CN";

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    }));
}

bool is_language(std::string_view text) {
    if (text.empty() || text.size() > kLanguage_max) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
}

bool is_area_code(std::string_view text) {
    return text.size() >= kAreaDigits_min && text.size() <= kAreaDigits_max &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Status validate_text(const BulletinText& text, std::size_t index) {
    const auto field = [index](const char* name) {
        return fmt::format("texts[{}].{}", index, name);
    };
    if (!is_language(text.language)) {
        return invalid_field(field("language"), "LANGUAGE_MALFORMED",
                             "a language is a BCP 47 tag such as zh-CN or en");
    }
    if (text.headline.empty()) {
        return invalid_field(field("headline"), "TEXT_MISSING", "a headline is required");
    }
    if (text.body.empty())
        return invalid_field(field("body"), "TEXT_MISSING", "a body is required");
    if (!is_utf8(text.headline)) return invalid_field(field("headline"), "NOT_UTF8", "not UTF-8");
    if (!is_utf8(text.body)) return invalid_field(field("body"), "NOT_UTF8", "not UTF-8");
    if (characters(text.headline) > kHeadlineCharacters_max) {
        return invalid_field(field("headline"), "TEXT_TOO_LONG",
                             fmt::format("at most {} characters", kHeadlineCharacters_max));
    }
    if (text.body.size() > kBody_max) {
        return invalid_field(field("body"), "TEXT_TOO_LONG",
                             fmt::format("at most {} bytes", kBody_max));
    }
    return {};
}

Status validate_texts(const std::vector<BulletinText>& texts) {
    if (texts.empty())
        return invalid_field("texts", "TEXT_MISSING", "at least one text is required");
    if (texts.size() > kTexts_max) {
        return invalid_field("texts", "TOO_MANY", fmt::format("at most {} languages", kTexts_max));
    }
    std::set<std::string_view> languages;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (Status s = validate_text(texts[i], i); !s) return s;
        if (!languages.insert(texts[i].language).second) {
            return invalid_field(fmt::format("texts[{}].language", i), "LANGUAGE_REPEATED",
                                 fmt::format("'{}' stands twice", texts[i].language));
        }
        bytes += texts[i].headline.size() + texts[i].body.size();
    }
    if (!languages.contains(kRequiredLanguage)) {
        return invalid_field("texts", "LANGUAGE_MISSING", "a text in zh-CN is required");
    }
    if (bytes > kTextsBytes_max) {
        return invalid_field(
            "texts", "TEXT_TOO_LONG",
            fmt::format("{} bytes in all languages, at most {}", bytes, kTextsBytes_max));
    }
    return {};
}

Status validate_areas(const std::vector<std::string>& areas) {
    if (areas.empty()) {
        return invalid_field("area_codes", "AREA_MISSING",
                             "say for which areas; none is never all");
    }
    if (areas.size() > kAreas_max) {
        return invalid_field("area_codes", "TOO_MANY", fmt::format("at most {} areas", kAreas_max));
    }
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (is_area_code(areas[i])) continue;
        return invalid_field(fmt::format("area_codes[{}]", i), "AREA_MALFORMED",
                             "an area code is 6-15 digits");
    }
    return {};
}

Status validate_expiry(Timestamp expires_at, Timestamp now) {
    if (!is_set(expires_at)) {
        return invalid_field("expires_at_micros", "EXPIRES_MISSING", "say until when it holds");
    }
    if (expires_at <= now) {
        return invalid_field("expires_at_micros", "EXPIRES_IN_PAST",
                             fmt::format("{} has passed", to_rfc3339(expires_at)));
    }
    return {};
}

/// Every part with its length before it: no two bulletins share these bytes.
class CanonicalBytes {
public:
    void add(std::string_view part) {
        fmt::format_to(std::back_inserter(bytes_), "{}:{};", part.size(), part);
    }
    void add(std::int64_t number) { add(fmt::format("{}", number)); }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

Status check_second_person(const Bulletin& bulletin, std::string_view approver) {
    if (approver != bulletin.author && !approver.empty()) return {};
    return fail(Code::kPermissionDenied, "AUTHOR_IS_APPROVER",
                "a bulletin is approved by a second person, not by its author");
}

std::unexpected<Error> content_changed() {
    return fail(Code::kFailedPrecondition, "CONTENT_CHANGED",
                "the bulletin is not the one that was read; read it again");
}

}  // namespace

Status validate(const Bulletin& bulletin, Timestamp now) {
    if (bulletin.kind == BulletinKind::kUnspecified) {
        return invalid_field("kind", "KIND_UNSPECIFIED", "say what kind of bulletin it is");
    }
    if (!is_valid(bulletin.level)) {
        return invalid_field("level", "LEVEL_OUT_OF_RANGE",
                             fmt::format("{} is no code of this scale", bulletin.level.code));
    }
    if (bulletin.level.authority.size() > kAuthority_max) {
        return invalid_field("level.authority", "TEXT_TOO_LONG",
                             fmt::format("at most {} bytes", kAuthority_max));
    }
    if (!is_utf8(bulletin.level.authority)) {
        return invalid_field("level.authority", "NOT_UTF8", "not UTF-8");
    }
    if (Status s = validate_texts(bulletin.texts); !s) return s;
    if (Status s = validate_areas(bulletin.area_codes); !s) return s;
    return validate_expiry(bulletin.expires_at, now);
}

std::string content_hash(const Bulletin& bulletin) {
    CanonicalBytes out;
    out.add("liandong bulletin 1");
    out.add(std::to_underlying(bulletin.kind));
    out.add(bulletin.exercise ? 1 : 0);
    out.add(bulletin.incident_id);
    out.add(std::to_underlying(bulletin.level.scale));
    out.add(bulletin.level.code);
    out.add(bulletin.level.authority);
    out.add(static_cast<std::int64_t>(bulletin.texts.size()));
    for (const BulletinText& text : bulletin.texts) {
        out.add(text.language);
        out.add(text.headline);
        out.add(text.body);
    }
    out.add(static_cast<std::int64_t>(bulletin.area_codes.size()));
    for (const std::string& area : bulletin.area_codes) out.add(area);
    out.add(to_micros(bulletin.expires_at));
    return sha256_hex_of(out.bytes());
}

Status approve(Bulletin& bulletin, std::string_view approver, std::string_view expected_hash,
               Timestamp now) {
    if (Status s = check_second_person(bulletin, approver); !s) return s;
    if (bulletin.state != BulletinState::kDraft) {
        return fail(Code::kFailedPrecondition, "BULLETIN_NOT_DRAFT",
                    fmt::format("the bulletin is {}", to_string(bulletin.state)));
    }
    std::string hash = content_hash(bulletin);
    if (expected_hash != hash) return content_changed();
    bulletin.state = BulletinState::kApproved;
    bulletin.approver = approver;
    bulletin.approved_hash = std::move(hash);
    bulletin.approved_at = now;
    return {};
}

Status publish(Bulletin& bulletin, std::string_view by, Timestamp now) {
    if (bulletin.state == BulletinState::kPublished) {
        return fail(Code::kFailedPrecondition, "ALREADY_PUBLISHED", "it has been published");
    }
    if (bulletin.state != BulletinState::kApproved) {
        return fail(Code::kFailedPrecondition, "BULLETIN_NOT_APPROVED", "it has not been approved");
    }
    // Asked again at the last door: whatever wrote the record, one person alone never speaks to the
    // public.
    if (Status s = check_second_person(bulletin, bulletin.approver); !s) return s;
    if (content_hash(bulletin) != bulletin.approved_hash) return content_changed();
    if (bulletin.expires_at <= now) {
        return fail(Code::kFailedPrecondition, "BULLETIN_EXPIRED",
                    fmt::format("it held until {}", to_rfc3339(bulletin.expires_at)));
    }
    bulletin.state = BulletinState::kPublished;
    bulletin.published_by = by;
    bulletin.published_at = now;
    return {};
}

std::string_view to_string(BulletinState state) {
    constexpr std::string_view kNames[] = {"DRAFT", "APPROVED", "PUBLISHED"};
    return kNames[std::to_underlying(state)];
}

std::string_view to_string(BulletinKind kind) {
    constexpr std::string_view kNames[] = {"UNSPECIFIED", "WARNING", "SITUATION",
                                           "RUMOUR_CORRECTION", "ALL_CLEAR"};
    return kNames[std::to_underlying(kind)];
}

}  // namespace liandong::domain
