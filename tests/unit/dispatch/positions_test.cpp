#include "tests/unit/dispatch/dispatch_fixture.h"

#include <deque>
#include <string>

namespace liandong::dispatch {
namespace {

using namespace std::chrono_literals;

/// What a terminal streams.
class Fixes final : public Source<pb::ReportPositionsRequest> {
public:
    Task<bool> next(pb::ReportPositionsRequest& message) override {
        if (fixes_.empty()) co_return false;
        message = fixes_.front();
        fixes_.pop_front();
        co_return true;
    }
    pb::ReportPositionsRequest& add(std::string unit_id, Timestamp at, double latitude = 30.95) {
        pb::ReportPositionsRequest& fix = fixes_.emplace_back();
        fix.set_unit_id(std::move(unit_id));
        fix.set_fixed_at_micros(to_micros(at));
        fix.mutable_position()->set_latitude(latitude);
        fix.mutable_position()->set_longitude(113.57);
        fix.mutable_position()->set_datum(common_pb::DATUM_WGS84);
        return fix;
    }

private:
    std::deque<pb::ReportPositionsRequest> fixes_;
};

class Positions : public DispatchFixture {
protected:
    Positions() { import({"u1", "u2"}); }
    Timestamp now() { return desk_.clock().now(); }
    pb::ReportPositionsResponse stream(CallContext who, Fixes& fixes) {
        const std::uint64_t before = log_size();
        const auto response = run(desk_.dispatch().report_positions(std::move(who), fixes));
        EXPECT_EQ(log_size(), before) << "positions are not state";
        EXPECT_TRUE(response);
        return response.value_or(pb::ReportPositionsResponse{});
    }
    std::string nearest_to(double latitude) {
        pb::RecommendUnitsRequest request;
        request.mutable_position()->set_latitude(latitude);
        request.mutable_position()->set_longitude(113.57);
        request.mutable_position()->set_datum(common_pb::DATUM_WGS84);
        request.add_needs();
        const auto response = run(desk_.dispatch().recommend_units(dispatcher(), request));
        return response && response->needs(0).chosen_size() > 0
                   ? response->needs(0).chosen(0).unit_id()
                   : "";
    }
};

// Good fixes count and move the recommendation; bad ones are counted with the first reason, not
// refused.
TEST_F(Positions, AreCountedOneByOne) {
    Fixes fixes;
    fixes.add("u1", now() + 1s);
    fixes.add("u2", now() + 2min);
    fixes.add("u2", now() - 25h);
    fixes.add("u9", now());
    fixes.add("u2", now()).mutable_position()->clear_datum();
    fixes.add("u2", now(), 91);
    fixes.add("u2", now()).clear_position();
    fixes.add("u2", now() + 30s, 30.90);
    const auto response = stream(dispatcher(), fixes);
    EXPECT_EQ(response.accepted(), 2U);
    EXPECT_EQ(response.rejected(), 6U);
    EXPECT_EQ(response.first_reason(), "TIME_OUT_OF_RANGE");
    EXPECT_EQ(nearest_to(30.95), "u1");
    EXPECT_EQ(nearest_to(30.90), "u2");
}

// A heading that a receiver does not know (above 360) costs no fix its position.
TEST_F(Positions, AreTakenWithAnyHeading) {
    Fixes fixes;
    for (const std::uint32_t heading : {0U, 360U, 361U, 511U, 0xffff'ffffU})
        fixes.add("u1", now() + 1s).set_heading_degrees(heading);
    const auto response = stream(dispatcher(), fixes);
    EXPECT_EQ(response.accepted(), 5U);
    EXPECT_EQ(response.rejected(), 0U);
}

// A terminal brings its own unit's fixes only, a gateway those of its agency.
TEST_F(Positions, AreOfTheCallersOwnUnits) {
    Fixes of_another;
    of_another.add("u2", now() + 1s);
    of_another.add("u1", now() + 1s);
    const auto terminal = stream(crew("u1"), of_another);
    EXPECT_EQ(terminal.accepted(), 1U);
    EXPECT_EQ(terminal.rejected(), 1U);
    EXPECT_EQ(terminal.first_reason(), "NOT_THE_UNIT");
    Fixes of_police;
    of_police.add("u1", now() + 2s);
    const auto foreign = stream(gateway("xiaofang"), of_police);
    EXPECT_EQ(foreign.accepted(), 0U);
    EXPECT_EQ(foreign.first_reason(), "NOT_THE_AGENCYS_UNIT");
    of_police.add("u1", now() + 2s);
    EXPECT_EQ(stream(gateway("gongan"), of_police).accepted(), 1U);
}

// A stream without a fix is no error.
TEST_F(Positions, AnEmptyStreamCountsNothing) {
    Fixes none;
    const auto response = stream(dispatcher(), none);
    EXPECT_EQ(response.accepted() + response.rejected(), 0U);
    EXPECT_EQ(response.first_reason(), "");
}

}  // namespace
}  // namespace liandong::dispatch
