#pragma once

#include "common/base/error.h"
#include "services/intake/policy/catalogue/incident_type.h"

#include <string_view>
#include <vector>

namespace liandong::intake {

struct Features;

/// The types of incidents: data (`services/intake/data/incident_types.txt` says how to write it).
/// Immutable. A code that it does not know is legal everywhere (D2).
class Catalogue {
public:
    /// INVALID_ARGUMENT / CATALOGUE_MALFORMED; metadata "line" and "rule": line_form,
    /// block_missing, code_malformed, code_repeated, key_unknown, field_missing (a type without
    /// name, class, cap, level, lead or source), bilingual_form, class_unknown, national_unknown,
    /// cap_unknown, family_unknown, level_malformed, rule_malformed, fact_unknown, need_malformed,
    /// lead_malformed, referral_unknown.
    static Result<Catalogue> parse(std::string_view text);

    /// The one that is compiled in. A fault in it is a bug and aborts.
    static Catalogue built_in();

    /// In order of the file.
    const std::vector<IncidentType>& types() const { return types_; }

    /// nullptr: not in the catalogue. Valid as long as the catalogue.
    const IncidentType* find(std::string_view code) const;

    /// What holds for every type, and alone for an unknown one.
    const IncidentType& any() const { return any_; }

    /// The families of a type; 0 for an unknown code.
    FamilySet families_of(std::string_view code) const;

private:
    friend class CatalogueReader;

    std::vector<IncidentType> types_;
    std::vector<std::size_t> by_code_;  // sorted by code
    IncidentType any_;
};

/// A type that words suggest.
struct TypeSuggestion {
    const IncidentType* type = nullptr;
    double score = 0;  ///< > 0; only for comparing
};

/// The types whose phrases stand in `words` (UTF-8, zh or en), best first (longer phrases say more;
/// ties: in order of the catalogue), at most `most`. Empty when nothing is recognised.
std::vector<TypeSuggestion> suggest_types(const Catalogue& catalogue, std::string_view words,
                                          std::size_t most = 3);

/// The text that `Catalogue::built_in` reads.
std::string_view built_in_catalogue_text();

}  // namespace liandong::intake
