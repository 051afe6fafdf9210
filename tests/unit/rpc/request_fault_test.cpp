#include "common/rpc/request_fault.h"

#include "liandong/dispatch/v1/dispatch.pb.h"

#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>

namespace liandong::rpc {
namespace {

using dispatch::v1::ImportUnitsRequest;

ImportUnitsRequest request() {
    ImportUnitsRequest request;
    request.mutable_header()->mutable_scope()->set_world("live");
    request.mutable_header()->set_on_behalf_of("\xFF");  // bytes: anything goes
    for (const char* id : {"a", "b"}) {
        auto& unit = *request.add_units();
        unit.set_id(id);
        unit.set_crew(3);
        unit.add_capabilities("pump");
        unit.mutable_home()->set_latitude(30.9);
    }
    return request;
}

std::optional<Error> fault(std::string_view bytes, UnknownFields unknown = UnknownFields::kRefuse) {
    return find_fault(bytes, *ImportUnitsRequest::descriptor(), unknown);
}

TEST(RequestFault, IsNoneInAGoodRequest) {
    EXPECT_FALSE(fault(request().SerializeAsString()).has_value());
    EXPECT_FALSE(fault("").has_value());
}

TEST(RequestFault, NamesTheStringThatIsNotUtf8ByItsPath) {
    auto bad = request();
    bad.mutable_units(1)->add_capabilities("\x80");
    const auto found = fault(bad.SerializeAsString());
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->reason, "NOT_UTF8");
    EXPECT_EQ(found->find("field"), "units[1].capabilities[1]");
}

TEST(RequestFault, NamesTheUnknownFieldByItsNumber) {
    auto bad = request();
    auto* home = bad.mutable_units(0)->mutable_home();
    home->GetReflection()->MutableUnknownFields(home)->AddLengthDelimited(77, "x");
    const std::string bytes = bad.SerializeAsString();
    ASSERT_TRUE(fault(bytes).has_value());
    EXPECT_EQ(fault(bytes)->reason, "FIELD_UNKNOWN");
    EXPECT_EQ(fault(bytes)->find("field"), "units[0].home.#77");
    EXPECT_FALSE(fault(bytes, UnknownFields::kAccept).has_value());
}

// Whatever the bytes are, the walk ends and never reads beyond them.
TEST(RequestFault, SurvivesEveryTruncationAndEveryFlippedByte) {
    const std::string good = request().SerializeAsString();
    for (std::size_t i = 0; i < good.size(); ++i) {
        (void)fault(good.substr(0, i));
        for (int flip = 1; flip < 256; flip <<= 1) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ flip);
            // What protobuf itself refuses, the walk must be able to explain.
            ImportUnitsRequest parsed;
            if (!parsed.ParseFromString(bad)) {
                EXPECT_TRUE(fault(bad, UnknownFields::kAccept).has_value()) << i << ' ' << flip;
            }
        }
    }
}

TEST(RequestFault, CallsGarbageMalformed) {
    EXPECT_EQ(fault("\x0A\xFF\xFF\xFF\xFF\x0F")->reason, "REQUEST_MALFORMED");
    EXPECT_EQ(fault("\x07")->reason, "FIELD_UNKNOWN");
    EXPECT_EQ(fault("\x07", UnknownFields::kAccept)->reason, "REQUEST_MALFORMED");
}

}  // namespace
}  // namespace liandong::rpc
