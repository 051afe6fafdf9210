#pragma once

#include "common/domain/entity.h"
#include "liandong/storage/v1/storage.pb.h"

/// Stored form of what desks keep (common/domain/desk.h). Internal to the codecs of this folder.
namespace liandong::store::codec {

namespace pb = liandong::storage::v1;

pb::Transfer to_storage(const domain::Transfer& transfer);
domain::Entity from_storage(const pb::Transfer& in);
pb::Handover to_storage(const domain::Handover& handover);
domain::Entity from_storage(const pb::Handover& in);
pb::Roster to_storage(const domain::Roster& roster);
domain::Entity from_storage(const pb::Roster& in);
pb::DeskSetting to_storage(const domain::DeskSetting& setting);
domain::Entity from_storage(const pb::DeskSetting& in);
pb::DutyReport to_storage(const domain::DutyReport& report);
domain::Entity from_storage(const pb::DutyReport& in);

}  // namespace liandong::store::codec
