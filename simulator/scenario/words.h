#pragma once

#include "common/domain/bulletin.h"
#include "common/domain/geo.h"
#include "common/domain/incident.h"
#include "common/domain/place.h"
#include "common/domain/unit.h"

#include <optional>
#include <string_view>

namespace liandong::simulator {

/// The words of the scenario format for each enumerator (lower_snake). They are part of the file
/// format: changing what other parts of the system print must not change what files mean.
std::string_view word_of(domain::UnitKind value);
std::string_view word_of(domain::CommandRelation value);
std::string_view word_of(domain::UnitStatus value);
std::string_view word_of(domain::Channel value);
std::string_view word_of(domain::Datum value);
std::string_view word_of(domain::LevelScale value);
std::string_view word_of(domain::BulletinKind value);

/// The enumerator of a word; nullopt for an unknown one. For the seven types above.
template <class Enum> std::optional<Enum> parse_word(std::string_view word);

}  // namespace liandong::simulator
