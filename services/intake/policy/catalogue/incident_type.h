#pragma once

#include "common/domain/intake.h"
#include "common/domain/place.h"
#include "services/intake/policy/catalogue/fact.h"
#include "services/intake/policy/duplicates/event_family.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// Who works on it: how the desk sorts its types.
enum class OperationalClass : std::uint8_t {
    kPolice,
    kFire,
    kMedical,
    kTraffic,
    kRescue,
    kUtility,
    kPublicOrder,
    kDispute,
    kNonEmergency,
};
std::string_view to_string(OperationalClass value);

/// The four classes of GB/T 35561-2017; its digit codes are not used, since no source showed them.
enum class NationalClass : std::uint8_t {
    kNone,      ///< daily work, no emergency in its sense
    kNatural,   ///< 自然灾害
    kAccident,  ///< 事故灾难
    kHealth,    ///< 公共卫生事件
    kSecurity,  ///< 社会安全事件
};
std::string_view to_string(NationalClass value);

/// Where a report goes that is no emergency.
enum class Referral : std::uint8_t {
    kNone,
    kVillageMediation,   ///< 村(社区)人民调解委员会
    kTownshipMediation,  ///< 乡镇(街道)矛盾纠纷调处化解中心
    kHotline12345,       ///< 政务服务便民热线
};
std::string_view to_string(Referral value);

struct Bilingual {
    std::string chinese, english;
    friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

/// Who leads in a phase, and by what law (D8).
struct Lead {
    std::string phase;     ///< "all", "fireground" …
    std::string agency;    ///< 消防救援机构
    std::string law;       ///< 消防法 第45条
    bool checked = false;  ///< the law was read for this project; else it is to be checked
};

using domain::UsualNeed;

/// Raises the level when all facts hold.
struct PriorityRule {
    FactSet facts = 0;
    int level_code = 0;  ///< on the type's scale; 0: leaves the level
    bool life_threatening = false;
    int line = 0;  ///< of the catalogue's file
};

/// One type of the catalogue.
struct IncidentType {
    std::string code;  ///< [a-z][a-z0-9_]{0,31}
    Bilingual name;
    OperationalClass operational = OperationalClass::kPolice;
    NationalClass national = NationalClass::kNone;
    std::string eido;          ///< APCO ANS 2.103.2 / EIDO code; empty: none confirmed
    std::string cap_category;  ///< CAP 1.2: "Fire", "Safety" …
    FamilySet families = 0;
    std::vector<std::string> words;       ///< what callers say, zh and en
    std::vector<std::u32string> phrases;  ///< `words` as `fold_text` leaves them
    std::vector<Bilingual> questions;
    domain::LevelScale scale = domain::LevelScale::kPolice;
    int level_code = 3;  ///< when no rule holds
    std::vector<PriorityRule> rules;
    std::vector<UsualNeed> needs;
    std::vector<std::string> hazards;
    std::vector<Lead> leads;
    Referral referral = Referral::kNone;
    std::string source;  ///< provenance of the row
    int line = 0;
};

}  // namespace liandong::intake
