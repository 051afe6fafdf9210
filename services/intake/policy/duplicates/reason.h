#pragma once

#include <cstdint>
#include <string_view>

namespace liandong::intake {

/// Why two reports may or may not be about one incident, and why they are not linked without a
/// person. Stable words (`to_string`) for programs and text for the desk (`describe`).
enum class DuplicateReason : std::uint8_t {
    kNear,
    kFar,
    kPlaceUnknown,
    kSameTime,
    kLongAgo,
    kSameKind,
    kKinKind,
    kOtherKind,
    kSameWords,
    kSameCaller,
    kWaitingCaller,
    kMasterIncident,
    kSamePlate,
    kOtherPlate,
    kSamePhone,
    kSameRoad,
    kOtherRoad,
    kSameHouseNumber,
    kOtherHouseNumber,
    kSameBuilding,
    kOtherBuilding,
    kSameFloor,
    kOtherFloor,
    kSameCarriageway,
    kOtherCarriageway,
    kSamePost,
    kOtherPost,
    kSameVillage,
    kOtherVillage,
    kAmbiguousName,
    kSameSite,
    kOtherSite,
    kOtherPerson,
    kOtherVehicle,
    kSaysAnother,
    // From here on: bars only.
    kAutomaticLinkingOff,
    kScoreTooLow,
    kNothingCertain,
    kSilentReport,
    kTextReport,
    kRepeatCaller,
    kReporterInDanger,
    kNewCasualties,
    kNewHazard,
    kSeveralCandidates,
};
inline constexpr int kDuplicateReasons = 45;

/// "OTHER_CARRIAGEWAY" …
std::string_view to_string(DuplicateReason reason);

enum class Language : std::uint8_t { kChinese, kEnglish };

/// A short line for the desk.
std::string_view describe(DuplicateReason reason, Language language);

}  // namespace liandong::intake
