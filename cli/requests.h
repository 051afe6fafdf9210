#pragma once

#include "common/base/error.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace liandong::cli {

// From what stands on the command line to requests. Pure; headers are the session's. Errors are
// INVALID_ARGUMENT and mean that the command line is wrong; what the platform judges is left to it.

struct ReportArguments {
    std::string words;
    std::string charset;
    std::string channel = "console";
    std::string source;
    std::string name;
    std::string phone;
    std::string type;
    std::string level;
    std::string at;
    std::string address;
    std::string area;
    double accuracy_meters = 0;
    std::optional<std::uint32_t> heading_degrees;
    bool life_threatening = false;
    std::int64_t occurred_at_micros = 0;
    std::string language;
    std::vector<std::string> needs;  ///< interpreter, hearing, speech, sign_language
    std::string call_end;
    std::string same_event;  ///< id of a master incident
    std::string in_danger, anything_new, what_is_new;
};
Result<intake::v1::ReportIncidentRequest> report_request(const ReportArguments& arguments);

struct FactArguments {
    std::string source;  ///< empty: ON_BEHALF, since a command line is no crew's terminal
    std::string at;
    std::string reason;
    std::int64_t occurred_at_micros = 0;  ///< 0: now
};
Result<dispatch::v1::OrderFactReport> fact_report(const FactArguments& arguments);

struct RecommendArguments {
    std::string at;
    std::vector<std::string> needs;  ///< `parse_need`; empty: one unit of any kind
    std::uint32_t alternatives = 3;
    std::uint32_t target_seconds = 0;  ///< 0: none
    std::optional<std::uint32_t> heading_degrees;
};
Result<dispatch::v1::RecommendUnitsRequest> recommend_request(const RecommendArguments& arguments);

struct DraftArguments {
    std::string kind;
    std::string level;
    std::string headline;  ///< in zh-CN
    std::string body;
    std::vector<std::tuple<std::string, std::string, std::string>>
        texts;  ///< language, headline, body
    std::vector<std::string> areas;
    std::int64_t expires_at_micros = 0;
};
Result<publicinfo::v1::DraftBulletinRequest> draft_request(const DraftArguments& arguments);

/// Most units in one ImportUnits.
inline constexpr std::size_t kImportUnits_max = 200;
/// Most units in one file.
inline constexpr std::size_t kImportLines_max = 100'000;

/// Reads one `liandong.dispatch.v1.Unit` a line, in Protobuf's JSON form; enumerations also by
/// their short words
/// ("fire_engine"); empty lines are skipped. INVALID_ARGUMENT / UNIT_LINE_MALFORMED (metadata
/// "line"), TOO_MANY.
Result<std::vector<dispatch::v1::Unit>> read_units(std::istream& lines);

/// The id of the n-th request of one command: a resend of the whole command under the same first id
/// repeats every one. 0 is `first` itself. `first` is a UUIDv7, and so is the result.
std::string nth_request_id(const std::string& first, std::size_t n);

}  // namespace liandong::cli
