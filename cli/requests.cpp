#include "cli/requests.h"

#include "cli/arguments.h"
#include "cli/positions.h"
#include "common/base/id.h"

#include <fmt/format.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <utility>

namespace liandong::cli {
namespace {

Status set_position(std::string_view text, common::v1::Position* (*mutable_position)(void*),
                    void* message) {
    if (text.empty()) return {};
    auto position = parse_position(text);
    if (!position) return fail(std::move(position.error()));
    *mutable_position(message) = std::move(*position);
    return {};
}

template <class Message> Status set_position(std::string_view text, Message& message) {
    return set_position(
        text, [](void* m) { return static_cast<Message*>(m)->mutable_position(); }, &message);
}

/// The short words people type become the names that Protobuf's JSON reads.
template <class E> void lengthen(google::protobuf::Struct& object, const char* key) {
    const auto field = object.mutable_fields()->find(key);
    if (field == object.mutable_fields()->end()) return;
    const auto value = parse_word<E>(field->second.string_value());
    if (!value) return;
    const auto* name = google::protobuf::GetEnumDescriptor<E>()->FindValueByNumber(*value);
    field->second.set_string_value(name->name());
}

void lengthen_words(google::protobuf::Struct& unit) {
    lengthen<dispatch::v1::UnitKind>(unit, "kind");
    lengthen<dispatch::v1::UnitStatus>(unit, "status");
    lengthen<dispatch::v1::CommandRelation>(unit, "relation");
    const auto home = unit.mutable_fields()->find("home");
    if (home == unit.mutable_fields()->end() || !home->second.has_struct_value()) return;
    lengthen<common::v1::Datum>(*home->second.mutable_struct_value(), "datum");
}

Result<dispatch::v1::Unit> read_unit(const std::string& line, std::size_t number) {
    using google::protobuf::util::JsonStringToMessage;
    google::protobuf::Struct object;
    dispatch::v1::Unit unit;
    std::string json;
    auto status = JsonStringToMessage(line, &object);
    if (status.ok()) {
        lengthen_words(object);
        status = google::protobuf::util::MessageToJsonString(object, &json);
    }
    if (status.ok()) status = JsonStringToMessage(json, &unit);
    if (status.ok()) return unit;
    return fail(Error{
        Code::kInvalidArgument,
        "UNIT_LINE_MALFORMED",
        fmt::format("line {}: {}", number, std::string(status.message())),
        {}}.with("line", std::to_string(number)));
}

void add_text(publicinfo::v1::DraftBulletinRequest& request, std::string language,
              std::string headline, std::string body) {
    auto& text = *request.add_texts();
    text.set_language(std::move(language));
    text.set_headline(std::move(headline));
    text.set_body(std::move(body));
}

}  // namespace

namespace {

constexpr std::uint32_t kSuggestions = 5;

Status set_same_event(const ReportArguments& arguments,
                      intake::v1::ReportIncidentRequest& request) {
    if (arguments.same_event.empty()) return {};
    intake::v1::SameEvent& same = *request.mutable_same_event();
    same.set_incident_id(arguments.same_event);
    same.set_what_is_new(arguments.what_is_new);
    const auto danger = parse_choice<intake::v1::Answer>("--in-danger", arguments.in_danger);
    if (!danger) return std::unexpected(danger.error());
    const auto news = parse_choice<intake::v1::Answer>("--anything-new", arguments.anything_new);
    if (!news) return std::unexpected(news.error());
    same.set_in_danger(*danger);
    same.set_anything_new(*news);
    return {};
}

}  // namespace

Result<intake::v1::ReportIncidentRequest> report_request(const ReportArguments& arguments) {
    intake::v1::ReportIncidentRequest request;
    const auto channel = parse_choice<intake::v1::Channel>("--channel", arguments.channel);
    if (!channel) return fail(channel.error());
    request.set_channel(*channel);
    request.set_words(arguments.words);
    request.set_words_charset(arguments.charset);
    request.set_source_id(arguments.source);
    if (!arguments.name.empty()) request.mutable_reporter()->set_name(arguments.name);
    if (!arguments.phone.empty()) request.mutable_reporter()->set_phone(arguments.phone);
    request.set_type_code(arguments.type);
    if (!arguments.level.empty()) {
        const auto level = parse_level(arguments.level);
        if (!level) return fail(level.error());
        request.set_level_scale(level->scale());
        request.set_level_code(level->code());
        request.set_level_authority(level->authority());
    }
    request.set_life_threatening(arguments.life_threatening);
    if (Status set = set_position(arguments.at, request); !set) return fail(std::move(set.error()));
    request.set_accuracy_meters(arguments.accuracy_meters);
    request.set_address(arguments.address);
    request.set_area_code(arguments.area);
    if (arguments.heading_degrees) request.set_heading_degrees(*arguments.heading_degrees);
    request.set_occurred_at_micros(arguments.occurred_at_micros);
    request.set_suggestions(kSuggestions);
    if (!arguments.language.empty()) request.mutable_reporter()->set_language(arguments.language);
    for (const std::string& text : arguments.needs) {
        const auto need = parse_choice<intake::v1::ReporterNeed>("--need", text);
        if (!need) return fail(need.error());
        request.mutable_reporter()->add_needs(*need);
    }
    const auto end = parse_choice<intake::v1::CallEnd>("--call-end", arguments.call_end);
    if (!arguments.call_end.empty()) {
        if (!end) return fail(end.error());
        request.set_call_end(*end);
    }
    if (Status set = set_same_event(arguments, request); !set)
        return fail(std::move(set.error()));
    return request;
}

Result<dispatch::v1::OrderFactReport> fact_report(const FactArguments& arguments) {
    dispatch::v1::OrderFactReport fact;
    const auto source = parse_choice<dispatch::v1::FactSource>("--source", arguments.source);
    if (!source) return fail(source.error());
    fact.set_source(arguments.source.empty() ? dispatch::v1::FACT_SOURCE_ON_BEHALF : *source);
    fact.set_occurred_at_micros(arguments.occurred_at_micros);
    fact.set_reason(arguments.reason);
    if (Status set = set_position(arguments.at, fact); !set) return fail(std::move(set.error()));
    return fact;
}

Result<dispatch::v1::RecommendUnitsRequest> recommend_request(const RecommendArguments& arguments) {
    dispatch::v1::RecommendUnitsRequest request;
    if (Status set = set_position(arguments.at, request); !set) return fail(std::move(set.error()));
    for (const std::string& text : arguments.needs) {
        auto need = parse_need(text);
        if (!need) return fail(std::move(need.error()));
        *request.add_needs() = std::move(*need);
    }
    if (arguments.needs.empty()) request.add_needs()->set_count(1);
    request.set_alternatives(arguments.alternatives);
    request.set_target_seconds(arguments.target_seconds);
    if (arguments.heading_degrees) request.set_heading_degrees(*arguments.heading_degrees);
    return request;
}

Result<publicinfo::v1::DraftBulletinRequest> draft_request(const DraftArguments& arguments) {
    publicinfo::v1::DraftBulletinRequest request;
    const auto kind = parse_choice<publicinfo::v1::BulletinKind>("--kind", arguments.kind);
    if (!kind) return fail(kind.error());
    request.set_kind(*kind);
    if (!arguments.level.empty()) {
        auto level = parse_level(arguments.level);
        if (!level) return fail(std::move(level.error()));
        *request.mutable_level() = std::move(*level);
    }
    add_text(request, "zh-CN", arguments.headline, arguments.body);
    for (const auto& [language, headline, body] : arguments.texts)
        add_text(request, language, headline, body);
    for (const std::string& area : arguments.areas) request.add_area_codes(area);
    request.set_expires_at_micros(arguments.expires_at_micros);
    return request;
}

Result<std::vector<dispatch::v1::Unit>> read_units(std::istream& lines) {
    std::vector<dispatch::v1::Unit> units;
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        if (units.size() == kImportLines_max) {
            return fail(Code::kInvalidArgument, "TOO_MANY",
                        fmt::format("a file holds at most {} units", kImportLines_max));
        }
        auto unit = read_unit(line, number);
        if (!unit) return fail(std::move(unit.error()));
        units.push_back(std::move(*unit));
    }
    return units;
}

std::string nth_request_id(const std::string& first, std::size_t n) {
    if (n == 0) return first;
    const std::string hash = sha256_hex({first, std::to_string(n)});
    // The time stays, so that ids sort; version 7 and the RFC variant stay too.
    return fmt::format("{}7{}-8{}-{}", first.substr(0, 14), hash.substr(0, 3), hash.substr(3, 3),
                       hash.substr(6, 12));
}

}  // namespace liandong::cli
