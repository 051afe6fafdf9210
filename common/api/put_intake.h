#pragma once

#include "common/domain/intake.h"
#include "liandong/intake/v1/intake.pb.h"

namespace liandong::api {

/// What intake knows of an incident besides what people say of it. `responsible` is left empty.
void put_intake(const domain::Intake& intake, liandong::intake::v1::Incident& out);

}  // namespace liandong::api
