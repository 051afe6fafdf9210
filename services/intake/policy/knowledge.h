#pragma once

namespace liandong::areas {
class AreaMap;
class DutyTable;
}  // namespace liandong::areas

namespace liandong::intake {

class Catalogue;
class Lexicon;
struct PlaceNames;

/// What a process knows about the world when it takes reports of one district: data that is loaded
/// once and never changes while it runs. What is missing (nullptr) is not used: nothing is filled
/// in, checked or suggested from it. Everything must outlive who holds this.
struct Knowledge {
    const areas::AreaMap* areas = nullptr;
    const areas::DutyTable* duties = nullptr;
    const Catalogue* catalogue = nullptr;
    const Lexicon* lexicon = nullptr;
    const PlaceNames* names = nullptr;  ///< set whenever `lexicon` is

    bool reads_words() const { return lexicon != nullptr && names != nullptr; }
};

}  // namespace liandong::intake
