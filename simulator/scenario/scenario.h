#pragma once

#include "common/base/time.h"
#include "common/domain/bulletin.h"
#include "common/domain/geo.h"
#include "common/domain/incident.h"
#include "common/domain/place.h"
#include "common/domain/unit.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::simulator {

/// Some units that an incident needs: `count` (1–50) of any of `kinds` (empty: any) with
/// `capability` (empty: any).
struct Need {
    std::string capability;
    std::vector<domain::UnitKind> kinds;
    int count = 1;

    friend bool operator==(const Need&, const Need&) = default;
};

/// A position as the caller's system has it, in degrees to seven decimals: not checked, because a
/// scenario may hold faulty reports on purpose (D1).
struct ReportedPosition {
    double latitude = 0;
    double longitude = 0;
    domain::Datum datum = domain::Datum::kUnspecified;

    friend bool operator==(const ReportedPosition&, const ReportedPosition&) = default;
};

/// What another system recorded of one unit on one call. Offsets from the scenario's start; unset:
/// not recorded. Stamps may run backwards, as they do in real records.
struct RecordedOrder {
    std::string unit_id;
    Duration dispatched{};
    std::optional<Duration> departed;
    std::optional<Duration> arrived;
    std::optional<Duration> cleared;

    friend bool operator==(const RecordedOrder&, const RecordedOrder&) = default;
};

/// One report that somebody or something makes, and what the scene then asks of the units.
struct ScenarioReport {
    std::string id;  ///< unique in the scenario, 1–64 of [A-Za-z0-9_-]; never sent to the platform
    Duration at{};   ///< intended time: offset from the scenario's start, ≥ 0
    domain::Channel channel = domain::Channel::kUnspecified;
    std::string source_id;
    std::string words;  ///< bytes as sent, in whatever charset; ≤ 4,000
    std::string words_charset;
    std::string reporter_phone;  ///< invented; ≤ 32 bytes
    std::string type_code;
    domain::Level level;
    bool life_threatening = false;
    std::optional<ReportedPosition> position;
    double accuracy_meters = 0;
    std::string address;
    std::string area_code;
    std::vector<Need> needs;         ///< ≤ 16; empty: nobody need go
    Duration scene{};                ///< how long a unit works there
    std::optional<Duration> travel;  ///< instead of distance ÷ speed
    std::string duplicate_of;  ///< id of an earlier report of the same happening; may be empty
    std::vector<RecordedOrder> recorded;  ///< ≤ 64

    friend bool operator==(const ScenarioReport&, const ScenarioReport&) = default;
};

/// One message to the public: drafted, approved by a second person, published.
struct ScenarioBulletin {
    Duration at{};
    domain::BulletinKind kind = domain::BulletinKind::kUnspecified;
    domain::Level level;
    std::vector<domain::BulletinText> texts;
    std::vector<std::string> area_codes;
    Duration valid_for{};

    friend bool operator==(const ScenarioBulletin&, const ScenarioBulletin&) = default;
};

struct ScenarioHeader {
    std::string name;               ///< 1–64 of [A-Za-z0-9_-]
    std::string district;           ///< as in `domain::Scope`
    Timestamp start;                ///< world time of offset 0
    bool synthetic_places = false;  ///< positions and shapes are invented
    bool synthetic_events = false;  ///< reports are invented
    std::string provenance;         ///< where the data is from, ≤ 2,000 bytes

    friend bool operator==(const ScenarioHeader&, const ScenarioHeader&) = default;
};

/// A course of events to replay: the units of a district and what is reported when. `reports` and
/// `bulletins` are in order of `at`.
struct Scenario {
    ScenarioHeader header;
    std::vector<domain::Unit> units;
    std::vector<ScenarioReport> reports;
    std::vector<ScenarioBulletin> bulletins;

    friend bool operator==(const Scenario&, const Scenario&) = default;
};

inline constexpr std::size_t kScenarioUnits_max = 20'000;
inline constexpr std::size_t kScenarioReports_max = 200'000;
inline constexpr std::size_t kScenarioBulletins_max = 1'000;

}  // namespace liandong::simulator
