#pragma once

#include "common/domain/unit.h"

namespace liandong::dispatch {

/// The unit after an import of its master data. A new one takes everything; a known one keeps
/// position, and, while it holds an order, status and order: an import never touches what is under
/// way.
domain::Unit import_unit(const domain::Unit* known, domain::Unit imported, Timestamp now);

}  // namespace liandong::dispatch
