#include "simulator/audit/bulletin_rules.h"

#include "common/base/time.h"

#include <fmt/format.h>

#include <utility>

namespace liandong::simulator {

using domain::Bulletin;
using domain::BulletinState;

std::string words_of(const Bulletin& bulletin) {
    std::string words =
        fmt::format("{}|{}|{}|{}:{}:{}|{}", std::to_underlying(bulletin.kind), bulletin.exercise,
                    bulletin.incident_id, std::to_underlying(bulletin.level.scale),
                    bulletin.level.code, bulletin.level.authority, to_micros(bulletin.expires_at));
    for (const domain::BulletinText& text : bulletin.texts) {
        words += fmt::format("|{}:{}:{}:{}:{}", text.language, text.headline.size(), text.headline,
                             text.body.size(), text.body);
    }
    for (const std::string& area : bulletin.area_codes) words += "|" + area;
    return words;
}

std::string fault_of(const Bulletin& bulletin) {
    if (!bulletin.exercise) return "is of an exercise and does not say so";
    if (bulletin.author.empty()) return "has no author";
    const bool is_approved = bulletin.state != BulletinState::kDraft;
    if (is_approved && bulletin.approver.empty()) return "was approved by nobody";
    if (!is_approved && !bulletin.approver.empty()) return "is a draft and approved";
    if (bulletin.approver == bulletin.author) return "was approved by its author";
    const bool is_out = bulletin.state == BulletinState::kPublished;
    if (is_out != !bulletin.published_by.empty() || is_out != is_set(bulletin.published_at))
        return "does not say who published it, or when";
    if (is_out && bulletin.published_at >= bulletin.expires_at) return "went out after its expiry";
    return {};
}

std::string fault_of_step(const Bulletin* before, const Bulletin& after) {
    if (!before) return after.state == BulletinState::kDraft ? "" : "was never a draft";
    if (words_of(*before) != words_of(after)) return "says other words than before";
    if (before->author != after.author || before->drafted_at != after.drafted_at)
        return "changed its author";
    if (before->state == BulletinState::kPublished) return "was written after it was published";
    if (std::to_underlying(after.state) != std::to_underlying(before->state) + 1)
        return fmt::format("went from {} to {}", to_string(before->state), to_string(after.state));
    if (before->state == BulletinState::kApproved &&
        (before->approver != after.approver || before->approved_hash != after.approved_hash)) {
        return "changed its approval";
    }
    return {};
}

std::string fault_of_refusal(const Bulletin* bulletin, std::string_view who,
                             std::string_view reason, std::uint64_t version,
                             std::uint64_t begun_seq) {
    if (!bulletin) return {};
    const bool is_draft = bulletin->state == BulletinState::kDraft;
    if (reason == "AUTHOR_IS_APPROVER" && who != bulletin->author) return "somebody else wrote it";
    if (reason == "BULLETIN_NOT_DRAFT" && is_draft) return "it is a draft";
    if (reason == "ALREADY_PUBLISHED" && bulletin->state != BulletinState::kPublished)
        return "it is not published";
    if (reason == "BULLETIN_NOT_APPROVED" && !is_draft && version <= begun_seq)
        return "it was approved before";
    return {};
}

}  // namespace liandong::simulator
