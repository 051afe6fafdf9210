#include "cli/view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t kTime = 1'784'368'805'000'000;  // 2026-07-18 18:00:05 in China

// A row of the list says number, time, state in both languages, and what must not be overlooked.
TEST(IncidentTable, ShowsWhatMatters) {
    intake::v1::Incident incident;
    incident.set_number("420981-20260718-000123");
    incident.set_state(intake::v1::INCIDENT_STATE_RECEIVED);
    incident.set_phase(intake::v1::INCIDENT_PHASE_RECEIVED);
    incident.set_received_at_micros(kTime);
    incident.set_summary("河堤\n决口");
    incident.set_life_threatening(true);
    incident.set_needs_correction(true);
    incident.add_open_demand();
    const std::string text = incident_table({incident});
    for (const char* part : {"420981-20260718-000123", "07-18 18:00:05", "接警 received",
                             "危及生命!", "待更正", "缺1", "河堤 决口"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    EXPECT_EQ(incident_table({}), "no incidents\n");
}

// A report that could not be taken as it came says which field, why, and what to do.
TEST(ReportReceipt, ShowsCorrections) {
    intake::v1::ReportIncidentResponse response;
    response.set_incident_number("420981-20260718-000001");
    auto& correction = *response.add_corrections();
    correction.set_field("position.datum");
    correction.set_reason("DATUM_UNSPECIFIED");
    correction.set_received("30.9,113.5");
    const std::string text = report_receipt(response);
    EXPECT_THAT(text,
                HasSubstr("set aside: position.datum DATUM_UNSPECIFIED (came as '30.9,113.5')"));
    EXPECT_THAT(text, HasSubstr("→ add the datum"));
}

// Skipped milestones are shown as missing, those to come not at all; facts that moved nothing are
// marked as kept (D3).
TEST(OrderDetails, ShowsMissingMilestones) {
    dispatch::v1::Order order;
    order.set_state(dispatch::v1::ORDER_STATE_ARRIVED);
    order.set_sent_at_micros(kTime);
    order.set_arrived_at_micros(kTime);
    auto& late = *order.add_entries();
    late.set_fact(dispatch::v1::ORDER_FACT_SIGNED);
    late.set_recorded_at_micros(kTime);
    const std::string text = order_details(order);
    EXPECT_THAT(text, HasSubstr("departed   缺 missing"));
    EXPECT_THAT(text, HasSubstr("arrived    2026-07-18 18:00:05"));
    EXPECT_THAT(text, Not(HasSubstr("ended")));
    EXPECT_THAT(text, HasSubstr("签收 signed (kept)"));
    order.set_state(dispatch::v1::ORDER_STATE_SENT);
    order.clear_arrived_at_micros();
    EXPECT_THAT(order_details(order), Not(HasSubstr("missing")));
    order.set_state(dispatch::v1::ORDER_STATE_CANCELLED);
    EXPECT_THAT(order_details(order), Not(HasSubstr("missing")))
        << "called off before it came so far";
}

// Who was not sent is named with who holds him; nobody going is said in capitals (D4).
TEST(DispatchReceipt, NamesTheLost) {
    dispatch::v1::DispatchUnitsResponse response;
    auto& lost = *response.add_lost();
    lost.set_unit_id("fire-2");
    lost.set_reason("UNIT_TAKEN");
    lost.set_holder_order_id("0197f0a0-0000-8000-8000-000000000001");
    const std::string nobody = dispatch_receipt(response);
    EXPECT_THAT(nobody, HasSubstr("NOBODY WAS SENT"));
    EXPECT_THAT(nobody, HasSubstr("0197f0a0"));
    response.add_orders()->set_unit_id("fire-1");
    const std::string some = dispatch_receipt(response);
    EXPECT_THAT(some, Not(HasSubstr("NOBODY")));
    EXPECT_THAT(some, HasSubstr("fire-1"));
    EXPECT_THAT(some, HasSubstr("fire-2"));
}

// A recommendation says distance and age of the position, what is missing and why, and when nobody
// knows the place.
TEST(Recommendation, SaysWhy) {
    dispatch::v1::RecommendUnitsRequest request;
    request.add_needs()->add_kinds(dispatch::v1::UNIT_KIND_AMBULANCE);
    dispatch::v1::RecommendUnitsResponse response;
    auto& filled = *response.add_needs();
    auto& chosen = *filled.add_chosen();
    chosen.set_unit_id("amb-1");
    chosen.set_distance_meters(1'234);
    chosen.set_model(dispatch::v1::DISTANCE_MODEL_ROAD_CALIBRATED);
    chosen.set_eta_p50_seconds(250);
    chosen.set_eta_p90_seconds(455);
    chosen.set_within_target(0.63);
    chosen.set_off_road_meters(180);
    response.set_place_on_road(true);
    response.set_place_off_road_meters(12);
    response.set_place_road_name("解放路");
    chosen.set_position_age_seconds(90);
    chosen.set_needs_request(true);
    filled.set_missing(1);
    filled.set_missing_reason("ALL_COMMITTED");
    const std::string text = recommendation(request, response);
    for (const char* part :
         {"救护车 ambulance", "amb-1", "4:10 – 7:35", "1.2 km", "道路（实测校正）", "90 s",
          "请求支援", "63 % in time", "180 m from the road", "the place is 12 m from 解放路",
          "1 missing: ALL_COMMITTED"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    chosen.set_fallback_reason("UNIT_OFF_ROAD");
    EXPECT_THAT(recommendation(request, response), HasSubstr("UNIT_OFF_ROAD"));
    chosen.set_fallback_reason("NO_ROADS");
    EXPECT_THAT(recommendation(request, response), HasSubstr("no road map is loaded"));
    response.set_place_unknown(true);
    EXPECT_THAT(recommendation(request, response), HasSubstr("nobody knows where it is"));
    EXPECT_THAT(recommendation(request, response), Not(HasSubstr("km")));
}

// All that goes out is shown, and the hash that the approval repeats.
TEST(BulletinDetails, ShowsAllThatGoesOut) {
    publicinfo::v1::Bulletin bulletin;
    bulletin.set_kind(publicinfo::v1::BULLETIN_KIND_WARNING);
    bulletin.set_exercise(true);
    bulletin.add_area_codes("420981001");
    bulletin.add_area_codes("420981002");
    bulletin.set_content_hash("abc123");
    auto& text = *bulletin.add_texts();
    text.set_language("zh-CN");
    text.set_headline("暴雨");
    text.set_body("请避险");
    const std::string shown = bulletin_details(bulletin);
    for (const char* part :
         {"预警 warning", "演练", "420981001 420981002", "abc123", "[zh-CN] 暴雨\n请避险\n"}) {
        EXPECT_THAT(shown, HasSubstr(part));
    }
}

// Only UUIDs are shortened: a unit's own id is its name.
TEST(ShortId, ShortensUuidsOnly) {
    EXPECT_EQ(short_id("0197f0a0-0000-8000-8000-000000000001"), "0197f0a0");
    EXPECT_EQ(short_id("xiaofang-engine-1"), "xiaofang-engine-1");
}

}  // namespace
}  // namespace liandong::cli
