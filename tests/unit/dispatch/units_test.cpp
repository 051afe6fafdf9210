#include "tests/unit/dispatch/dispatch_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace liandong::dispatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Units : public DispatchFixture {
protected:
    std::vector<std::string> list(pb::ListUnitsRequest request) {
        std::vector<std::string> ids;
        for (int page = 0; page < 10; ++page) {
            const auto response = run(desk_.dispatch().list_units(dispatcher(), request));
            EXPECT_TRUE(response);
            if (!response) break;
            for (const pb::Unit& unit : response->units()) ids.push_back(unit.id());
            if (response->page().next_token().empty()) break;
            request.mutable_page()->set_token(response->page().next_token());
        }
        return ids;
    }
};

// An import adds and replaces in one commit, and says how many of each.
TEST_F(Units, AnImportAddsAndReplaces) {
    import({"u1"});
    pb::ImportUnitsRequest request;
    *request.mutable_header() = desk_.mutation_header();
    *request.add_units() = make_unit("u1");
    *request.add_units() = make_unit("u2");
    request.mutable_units(0)->set_crew(4);
    request.mutable_units(0)->add_capabilities("medical");
    request.mutable_units(0)->add_capabilities("boat");
    const std::uint64_t before = log_size();
    const auto response = run(desk_.dispatch().import_units(dispatcher(), request));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->added(), 1U);
    EXPECT_EQ(response->replaced(), 1U);
    EXPECT_EQ(response->header().durability(), common_pb::DURABILITY_LOCAL);
    EXPECT_EQ(response->header().revision().seq(), before + 1);
    EXPECT_EQ(log_size(), before + 1);
    EXPECT_THAT(unit("u1").capabilities, ElementsAre("boat", "medical"));
    EXPECT_EQ(unit("u1").crew, 4);
    // Unspecified: in the station, claimed directly.
    EXPECT_EQ(unit("u2").status, domain::UnitStatus::kInStation);
    EXPECT_EQ(unit("u2").relation, domain::CommandRelation::kDirect);
}

// A position in another datum is kept as WGS-84.
TEST_F(Units, PositionsAreConverted) {
    pb::ImportUnitsRequest request;
    *request.mutable_header() = desk_.mutation_header();
    *request.add_units() = make_unit("u1");
    request.mutable_units(0)->mutable_home()->set_datum(common_pb::DATUM_GCJ02);
    ASSERT_TRUE(run(desk_.dispatch().import_units(dispatcher(), request)));
    const domain::Point plain{309'300'000, 1'135'700'000};
    EXPECT_GT(domain::distance(unit("u1").home, plain).value, 300);
    EXPECT_LT(domain::distance(unit("u1").home, plain).value, 800);
}

// The largest import is one commit.
TEST_F(Units, TwoHundredAtOnce) {
    pb::ImportUnitsRequest request;
    *request.mutable_header() = desk_.mutation_header();
    for (int i = 0; i < 200; ++i) *request.add_units() = make_unit(fmt::format("u{:03}", i));
    const auto response = run(desk_.dispatch().import_units(dispatcher(), request));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->added(), 200U);
    EXPECT_EQ(log_size(), 1U);
}

// Pages follow each other in id order, without gaps or repeats; filters apply before pages.
TEST_F(Units, ListsInPages) {
    import({"a", "b", "c", "d", "e"});
    send("b");
    pb::ListUnitsRequest request;
    EXPECT_THAT(list(request), ElementsAre("a", "b", "c", "d", "e"));
    request.mutable_page()->set_size(2);
    EXPECT_THAT(list(request), ElementsAre("a", "b", "c", "d", "e"));
    request.set_availability(pb::AVAILABILITY_AVAILABLE);
    EXPECT_THAT(list(request), ElementsAre("a", "c", "d", "e"));
    request.set_availability(pb::AVAILABILITY_NOT_AVAILABLE);
    EXPECT_THAT(list(request), ElementsAre("b"));
    request.add_kinds(pb::UNIT_KIND_AMBULANCE);
    EXPECT_THAT(list(request), IsEmpty());
}

// The last page says so, also when it is exactly full.
TEST_F(Units, NoTokenBehindAFullLastPage) {
    import({"a", "b", "c", "d"});
    pb::ListUnitsRequest request;
    request.mutable_page()->set_size(2);
    const auto first = run(desk_.dispatch().list_units(dispatcher(), request));
    ASSERT_TRUE(first);
    request.mutable_page()->set_token(first->page().next_token());
    const auto last = run(desk_.dispatch().list_units(dispatcher(), request));
    ASSERT_TRUE(last);
    EXPECT_EQ(last->units_size(), 2);
    EXPECT_EQ(last->page().next_token(), "");
}

// A status by command, with where the unit is; its version is the event that wrote it.
TEST_F(Units, SetsAStatus) {
    import({"u1"});
    pb::SetUnitStatusRequest request;
    *request.mutable_header() = desk_.mutation_header();
    request.set_unit_id("u1");
    request.set_status(pb::UNIT_STATUS_ON_PATROL);
    *request.mutable_position() = make_unit("x").home();
    request.mutable_position()->set_latitude(30.95);
    const auto response = run(desk_.dispatch().set_unit_status(dispatcher(), request));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->unit().status(), pb::UNIT_STATUS_ON_PATROL);
    EXPECT_DOUBLE_EQ(response->unit().position().latitude(), 30.95);
    EXPECT_EQ(response->unit().version(), response->header().revision().seq());

    pb::GetUnitRequest get;
    get.set_unit_id("u1");
    *get.mutable_header() = desk_.read_header(response->header().revision());
    const auto got = run(desk_.dispatch().get_unit(dispatcher(), get));
    ASSERT_TRUE(got);
    EXPECT_EQ(got->unit().SerializeAsString(), response->unit().SerializeAsString());
}

}  // namespace
}  // namespace liandong::dispatch
