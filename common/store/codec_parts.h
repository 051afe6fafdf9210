#pragma once

#include "common/domain/entity.h"
#include "liandong/storage/v1/storage.pb.h"

#include <type_traits>

/// The parts that stored messages share. Internal to the codecs of this folder.
namespace liandong::store::codec {

namespace pb = liandong::storage::v1;

template <class Enum> std::uint32_t number(Enum value) { return static_cast<std::uint32_t>(value); }

void put(const domain::Point& in, pb::Point& out);
domain::Point get(const pb::Point& in);
void put(const domain::Place& in, pb::Place& out);
domain::Place get(const pb::Place& in);
void put(const domain::Level& in, pb::Level& out);
domain::Level get(const pb::Level& in);
void put(const domain::Correction& in, pb::Correction& out);
domain::Correction get(const pb::Correction& in);
void put(const domain::IncidentOrder& in, pb::IncidentOrder& out);
domain::IncidentOrder get(const pb::IncidentOrder& in);
void put(const domain::OpenDemand& in, pb::OpenDemand& out);
domain::OpenDemand get(const pb::OpenDemand& in);
void put(const domain::OrderEntry& in, pb::OrderEntry& out);
domain::OrderEntry get(const pb::OrderEntry& in);
void put(const domain::BulletinText& in, pb::BulletinText& out);
domain::BulletinText get(const pb::BulletinText& in);

void put(const domain::Alarm& in, pb::Alarm& out);
domain::Alarm get(const pb::Alarm& in);
void put(const domain::DutyShift& in, pb::DutyShift& out);
domain::DutyShift get(const pb::DutyShift& in);
void put(const domain::ClockSuspension& in, pb::ClockSuspension& out);
domain::ClockSuspension get(const pb::ClockSuspension& in);
void put(const domain::Figure& in, pb::Figure& out);
domain::Figure get(const pb::Figure& in);
void put(const domain::Addressee& in, pb::Addressee& out);
domain::Addressee get(const pb::Addressee& in);
void put(const domain::NoteChange& in, pb::NoteChange& out);
domain::NoteChange get(const pb::NoteChange& in);

template <class In, class Out> void put_all(const In& in, Out& out) {
    for (const auto& item : in) put(item, *out.Add());
}

template <class In, class Out> void get_all(const In& in, Out& out) {
    out.reserve(static_cast<std::size_t>(in.size()));
    for (const auto& item : in) out.push_back(get(item));
}

}  // namespace liandong::store::codec
