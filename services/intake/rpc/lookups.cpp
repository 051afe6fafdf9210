#include "common/api/convert.h"
#include "common/api/page.h"
#include "common/api/respond.h"
#include "services/intake/rpc/hints.h"
#include "services/intake/rpc/intake_handlers.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::intake {

using namespace domain;

namespace {

constexpr std::size_t kSuggestedTypes_default = 3;
constexpr std::size_t kSuggestedTypes_most = 10;
constexpr std::size_t kCandidates_default = 5;
constexpr std::size_t kAreaName_max = 64;
constexpr std::size_t kPhone_max = 32;

pb::IncidentType message_of(const IncidentType& type) {
    pb::IncidentType out;
    out.set_code(type.code);
    out.set_name_zh(type.name.chinese);
    out.set_name_en(type.name.english);
    out.set_operational_class(std::string(to_string(type.operational)));
    out.set_national_class(std::string(to_string(type.national)));
    out.set_eido(type.eido);
    out.set_cap_category(type.cap_category);
    for (const Bilingual& question : type.questions) {
        pb::Question& item = *out.add_questions();
        item.set_text_zh(question.chinese);
        item.set_text_en(question.english);
    }
    *out.mutable_level() =
        api::level({type.scale, type.level_code, std::string(catalogue_authority())});
    for (const UsualNeed& need : type.needs) {
        pb::UsualNeed& item = *out.add_usual_needs();
        item.set_capability(need.capability);
        item.set_count(static_cast<std::uint32_t>(need.count));
    }
    for (const std::string& hazard : type.hazards) out.add_hazards(hazard);
    for (const Lead& lead : type.leads) {
        pb::Lead& item = *out.add_leads();
        item.set_phase(lead.phase);
        item.set_agency(lead.agency);
        item.set_law(lead.law);
        item.set_checked(lead.checked);
    }
    out.set_referral(std::string(to_string(type.referral)));
    out.set_source(type.source);
    return out;
}

Result<Call> read_call(const pb::SuggestDuplicatesRequest& in, IntakeService& service) {
    if (!in.has_position() && in.words().empty() && in.address().empty() && in.phone().empty()) {
        return invalid_field("incident_id", "NOTHING_GIVEN",
                             "name an incident, or say where or what");
    }
    struct Text {
        const std::string& value;
        std::size_t max;
        const char* field;
    };
    for (const Text& text :
         {Text{in.words(), kWords_max, "words"}, Text{in.address(), 500, "address"},
          Text{in.type_code(), kTypeCode_max, "type_code"},
          Text{in.phone(), kPhone_max, "phone"}}) {
        if (auto status = api::check_text(text.value, text.max, text.field); !status)
            return fail(std::move(status.error()));
    }
    if (!(in.accuracy_meters() >= 0 && in.accuracy_meters() <= 100'000)) {
        return invalid_field("accuracy_meters", "ACCURACY_OUT_OF_RANGE",
                             "between 0 and 100,000 metres");
    }
    Call call;
    if (in.has_position()) {
        const auto point = api::read_position(in.position(), "position");
        if (!point) return fail(point.error());
        call.place.position = *point;
    }
    call.place.accuracy = Meters{in.accuracy_meters()};
    call.place.address = in.address();
    call.words = in.words();
    call.type_code = in.type_code();
    call.caller = service.caller_token(in.phone());
    call.at = in.at_micros() == 0 ? service.context().clock.now() : from_micros(in.at_micros());
    call.in_danger = in.in_danger();
    return call;
}

}  // namespace

Task<Result<pb::ListIncidentTypesResponse>> IntakeHandlers::list_incident_types(
    CallContext context, pb::ListIncidentTypesRequest request) {
    (void)context;
    if (auto status = api::check_text(request.operational_class(), 32, "operational_class");
        !status)
        co_return fail(status.error());
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    auto types =
        types_after(request.operational_class(), page->after, page->size + 1, service_.knowledge());
    const bool has_next = api::trim_to_page(types, *page);
    pb::ListIncidentTypesResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    for (const IncidentType* type : types) *response.add_types() = message_of(*type);
    if (has_next) response.mutable_page()->set_next_token(api::page_token(sort_key(*types.back())));
    co_return response;
}

Task<Result<pb::SuggestTypesResponse>> IntakeHandlers::suggest_types(
    CallContext context, pb::SuggestTypesRequest request) {
    (void)context;
    if (request.words().empty()) co_return invalid_field("words", "TEXT_REQUIRED", "say something");
    if (auto status = api::check_text(request.words(), kWords_max, "words"); !status)
        co_return fail(status.error());
    if (request.most() > kSuggestedTypes_most)
        co_return invalid_field("most", "TOO_MANY", "at most 10");
    pb::SuggestTypesResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    const std::size_t most = request.most() == 0 ? kSuggestedTypes_default : request.most();
    const SuggestedTypes found = intake::suggest_types(request.words(), most, service_.knowledge());
    for (const TypeSuggestion& suggestion : found.types)
        *response.add_types() = type_message(*suggestion.type, suggestion.score);
    *response.mutable_level() = api::level(found.proposal.level);
    response.set_life_threatening(found.proposal.life_threatening);
    for (const std::string_view fact : found.facts) response.add_facts(std::string(fact));
    co_return response;
}

Task<Result<pb::SuggestDuplicatesResponse>> IntakeHandlers::suggest_duplicates(
    CallContext context, pb::SuggestDuplicatesRequest request) {
    if (request.most() > kSuggestions_max) co_return invalid_field("most", "TOO_MANY", "at most 8");
    const std::size_t most = request.most() == 0 ? kCandidates_default : request.most();
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    pb::SuggestDuplicatesResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    if (request.incident_id().empty()) {
        const auto call = read_call(request, service_);
        if (!call) co_return fail(call.error());
        put_candidates(service_.suggest_for(*call, most), call->place.position, service_.context(),
                       *response.mutable_candidates());
        co_return response;
    }
    if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
        co_return fail(status.error());
    const auto found = co_await service_.find(request.incident_id(), false, context.deadline);
    if (!found) co_return fail(found.error());
    const Incident& incident = *found->incident.value;
    put_candidates(service_.suggest_for(incident, most), incident.place.position,
                   service_.context(), *response.mutable_candidates());
    co_return response;
}

Task<Result<pb::FindAreasResponse>> IntakeHandlers::find_areas(CallContext context,
                                                               pb::FindAreasRequest request) {
    (void)context;
    if (request.name().empty() && !request.has_position())
        co_return invalid_field("name", "NOTHING_GIVEN", "give a name or a position");
    if (auto status = api::check_text(request.name(), kAreaName_max, "name"); !status)
        co_return fail(status.error());
    pb::FindAreasResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    if (request.has_position()) {
        const auto point = api::read_position(request.position(), "position");
        if (!point) co_return fail(point.error());
        const AreaAt at = area_at(*point, service_.knowledge());
        if (at.area) *response.add_areas() = message_of(*at.area);
        response.set_outside_meters(at.outside.value);
    } else {
        put_areas(areas_of_name(request.name(), service_.knowledge()), *response.mutable_areas());
    }
    if (response.areas_size() == 1) {
        Place place;
        place.area_code = response.areas(0).code();
        if (const auto who = responsible_for(place, service_.knowledge()))
            *response.mutable_responsible() = message_of(*who);
    }
    co_return response;
}

}  // namespace liandong::intake
