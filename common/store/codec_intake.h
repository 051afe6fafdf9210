#pragma once

#include "common/domain/intake.h"
#include "liandong/storage/v1/storage.pb.h"

/// What intake knows of an incident ↔ its stored form.
namespace liandong::store::codec {

void put(const domain::Intake& in, storage::v1::Intake& out);
domain::Intake get(const storage::v1::Intake& in);

}  // namespace liandong::store::codec
