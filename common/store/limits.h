#pragma once

#include "common/store/store.h"

namespace liandong::store {

/// RESOURCE_EXHAUSTED / BATCH_TOO_LARGE or ENTITY_TOO_LARGE (metadata "key") when a batch is beyond
/// the stated limits. Every implementation asks this first.
Status check_limits(const Batch& batch);

/// The bytes that a serial appends: tag byte and varint.
std::string serial_field(std::uint8_t tag, std::int64_t value);

}  // namespace liandong::store
