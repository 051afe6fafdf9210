#pragma once

#include "common/domain/unit.h"

#include <optional>

namespace liandong::dispatch {

/// One unit of an import. `status`: what the import says of it, unset when it says nothing.
struct ImportedUnit {
    domain::Unit master_data;
    std::optional<domain::UnitStatus> status;
};

/// The unit after an import of its master data. A new one is at home, in station unless the import
/// says otherwise; a known one keeps position and order, and its status unless the import gives it
/// another one while it holds no order: an import never touches what is under way.
domain::Unit import_unit(const domain::Unit* known, const ImportedUnit& imported, Timestamp now);

}  // namespace liandong::dispatch
