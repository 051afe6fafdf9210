#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/domain/place.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::domain {

enum class BulletinKind : std::uint8_t {
    kUnspecified,
    kWarning,
    kSituation,
    kRumourCorrection,
    kAllClear
};

/// 制作 → 签发 → 发布. After publication nothing is edited: later changes are new bulletins.
enum class BulletinState : std::uint8_t { kDraft, kApproved, kPublished };

struct BulletinText {
    std::string language;  ///< BCP 47: "zh-CN", "en"
    std::string headline;  ///< 1–160 characters
    std::string body;      ///< 1–4,000 bytes

    friend bool operator==(const BulletinText&, const BulletinText&) = default;
};

struct Bulletin {
    std::string id;
    BulletinKind kind = BulletinKind::kUnspecified;
    BulletinState state = BulletinState::kDraft;
    bool exercise = false;    ///< copied from the scope's world, part of the approved bytes
    std::string incident_id;  ///< may be empty
    Level level;
    std::vector<BulletinText> texts;      ///< 1–8, one a language, zh-CN among them
    std::vector<std::string> area_codes;  ///< 1–64; an empty area fails closed and is never widened
    Timestamp expires_at;
    std::string author;
    std::string approver;
    std::string approved_hash;  ///< `content_hash` of what was approved
    std::string published_by;
    Timestamp drafted_at;
    Timestamp approved_at;
    Timestamp published_at;

    friend bool operator==(const Bulletin&, const Bulletin&) = default;
};

/// Checks what a draft brings. INVALID_ARGUMENT with the field and KIND_UNSPECIFIED, TEXT_MISSING,
/// LANGUAGE_MISSING (zh-CN), LANGUAGE_MALFORMED, LANGUAGE_REPEATED, TEXT_TOO_LONG, NOT_UTF8,
/// AREA_MISSING, AREA_MALFORMED, TOO_MANY, EXPIRES_IN_PAST, EXPIRES_MISSING, LEVEL_OUT_OF_RANGE.
Status validate(const Bulletin& bulletin, Timestamp now);

/// SHA-256 (hex) of everything that goes out: kind, exercise, incident, level, texts, areas,
/// expiry. The approval binds exactly these bytes.
std::string content_hash(const Bulletin& bulletin);

/// 签发 by a second person. PERMISSION_DENIED / AUTHOR_IS_APPROVER; FAILED_PRECONDITION /
/// BULLETIN_NOT_DRAFT; FAILED_PRECONDITION / CONTENT_CHANGED when `expected_hash` is not the hash
/// of what is stored.
Status approve(Bulletin& bulletin, std::string_view approver, std::string_view expected_hash,
               Timestamp now);

/// 发布. FAILED_PRECONDITION / BULLETIN_NOT_APPROVED, ALREADY_PUBLISHED, CONTENT_CHANGED,
/// BULLETIN_EXPIRED.
Status publish(Bulletin& bulletin, std::string_view by, Timestamp now);

std::string_view to_string(BulletinState state);
std::string_view to_string(BulletinKind kind);

}  // namespace liandong::domain
