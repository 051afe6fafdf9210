#pragma once

#include "common/domain/closure.h"

#include <string>

namespace liandong::simulator {

/// What is wrong with a closure that becomes `after`; empty: nothing. Rules of its own (D24): it
/// has an author, ends some time, stops somebody; it is written once when it is entered and once
/// when it is lifted, which changes nothing else about it, never before it was entered nor after
/// its end. `before` is nullptr when it is new.
std::string fault_of_step(const domain::Closure* before, const domain::Closure& after);

}  // namespace liandong::simulator
