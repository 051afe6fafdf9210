#pragma once

#include "services/intake/policy/duplicates/mark.h"

#include <string>
#include <string_view>

namespace liandong::intake {

class Lexicon;
struct PlaceNames;

// The readers of marks. `text` is folded; what they find is appended to `marks`, unsorted.

/// Number plates (GA 36-2018: province, letter, five or six letters and digits) and telephone
/// numbers (11 digits of a mobile, 10–12 of a land line).
void read_numbers(std::u32string_view text, Marks& marks);

/// House number, building, entrance, floor, room, villagers' group.
void read_doors(std::u32string_view text, Marks& marks);

/// Roads by name and code, kilometre posts, heading, "towards", 上行/下行.
void read_roads(std::u32string_view text, Marks& marks);

/// Villages, townships and named sites.
void read_names(std::u32string_view text, const Lexicon& lexicon, const PlaceNames& names,
                Marks& marks);

}  // namespace liandong::intake
