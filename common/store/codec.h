#pragma once

#include "common/base/error.h"
#include "common/domain/entity.h"
#include "common/domain/event.h"
#include "common/domain/outcome.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace liandong::store {

/// The form that this build writes. A value of a newer form is served as far as it is understood,
/// and never rewritten.
inline constexpr std::uint32_t kSchema = 1;

/// The field tags under which the commit appends serials (see `Serial`).
inline constexpr std::uint8_t kReportSerialTag = 3U << 3U;
inline constexpr std::uint8_t kIncidentSerialTag = 3U << 3U;

/// Entity → bytes of its `liandong.storage.v1` message. Equal values give equal bytes.
std::string encode(const domain::Entity& entity);

struct Decoded {
    domain::Entity entity;
    std::uint32_t schema = kSchema;
};
/// Bytes → entity of the given kind. INTERNAL / STORE_CORRUPT (metadata "kind") when they are not
/// one.
Result<Decoded> decode(domain::Kind kind, std::string_view bytes);

std::string encode(const domain::EventHeader& header);
/// INTERNAL / STORE_CORRUPT.
Result<domain::EventHeader> decode_event_header(std::string_view bytes);

std::string encode(const domain::Outcome& outcome);
/// INTERNAL / STORE_CORRUPT.
Result<domain::Outcome> decode_outcome(std::string_view bytes);

/// Personal data of a reporter.
struct PersonalData {
    std::string name;
    std::string phone;
    std::string language;
    std::uint32_t needs = 0;  ///< bits of what helps to speak with them
};
/// As it is sealed. Empty when nothing is known.
std::string encode_reporter(const PersonalData& data);
/// Bytes that are none give nothing.
PersonalData decode_reporter(std::string_view bytes);

/// Field tags of the serials in an encoded outcome.
inline constexpr std::uint8_t kOutcomeReportSerialTag = 3U << 3U;
inline constexpr std::uint8_t kOutcomeIncidentSerialTag = 4U << 3U;

}  // namespace liandong::store
