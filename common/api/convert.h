#pragma once

#include "common/base/error.h"
#include "common/domain/call_context.h"
#include "common/domain/entity.h"
#include "common/domain/mutation.h"
#include "common/domain/outcome.h"
#include "liandong/common/v1/types.pb.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

#include <string>
#include <string_view>

/// Domain values ↔ messages of the public API: what the `rpc` layer of every service shares.
/// Nothing is decided here. `version` is the seq of the event that last wrote the entity.
namespace liandong::api {

namespace common_pb = liandong::common::v1;
namespace intake_pb = liandong::intake::v1;
namespace dispatch_pb = liandong::dispatch::v1;
namespace publicinfo_pb = liandong::publicinfo::v1;

common_pb::Position position(domain::Point point);
common_pb::Place place(const domain::Place& place);
common_pb::Level level(const domain::Level& level);
intake_pb::Correction correction(const domain::Correction& correction);
intake_pb::Alarm alarm(const domain::Alarm& alarm);
intake_pb::Incident incident(const domain::Incident& incident, std::uint64_t version,
                             std::string_view district);
/// `reporter` is left empty: the caller adds it for those who may see it.
intake_pb::Report report(const domain::Report& report, std::string_view district);
dispatch_pb::Unit unit(const domain::Unit& unit, std::uint64_t version);
/// `incident` may be nullptr (not known here): place, number and type stay empty.
dispatch_pb::Order order(const domain::Order& order, std::uint64_t version,
                         const domain::Incident* incident, std::string_view district);
publicinfo_pb::Bulletin bulletin(const domain::Bulletin& bulletin, std::uint64_t version);

/// Position with datum → WGS-84. `field` is the dotted path of the position in the request; errors
/// of `domain::to_wgs84` name its parts ("position.latitude").
Result<domain::Point> read_position(const common_pb::Position& position, std::string_view field);
/// INVALID_ARGUMENT / LEVEL_OUT_OF_RANGE.
Result<domain::Level> read_level(const common_pb::Level& level, std::string_view field);

/// Enumerations of the API are one above those of the domain (0 is "unspecified"), except where the
/// domain has an unspecified value of its own. INVALID_ARGUMENT / ENUM_UNKNOWN for numbers this
/// build does not know.
Result<domain::UnitKind> read_unit_kind(int value, std::string_view field);
Result<domain::UnitStatus> read_unit_status(int value, std::string_view field);
Result<domain::CommandRelation> read_relation(int value, std::string_view field);
Result<domain::FactSource> read_fact_source(int value, std::string_view field);
Result<domain::Disposition> read_disposition(int value, std::string_view field);
Result<domain::BulletinKind> read_bulletin_kind(int value, std::string_view field);
domain::Availability read_availability(int value);

/// Checks the header and binds the request's content to its id. `content` is the serialized
/// request. INVALID_ARGUMENT / REQUEST_ID_MALFORMED (field "header.request_id"), TEXT_TOO_LONG or
/// NOT_UTF8
/// ("header.on_behalf_of").
Result<Mutation> read_mutation(const CallContext& context, const common_pb::MutationHeader& header,
                               std::string_view content);

/// INVALID_ARGUMENT / TEXT_TOO_LONG or NOT_UTF8.
Status check_text(std::string_view text, std::size_t max_bytes, std::string_view field);
/// INVALID_ARGUMENT / ID_MALFORMED unless 1–64 of [A-Za-z0-9_-].
Status check_id(std::string_view id, std::string_view field);

/// Whether this caller sees names and numbers of reporters: the one place that decides it.
bool may_see_reporter(const domain::Principal& principal);

/// Whether this caller speaks for its own agency's units only: a gateway that is no dispatcher.
bool is_bound_to_agency(const domain::Principal& principal);

}  // namespace liandong::api
