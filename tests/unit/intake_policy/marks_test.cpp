#include "tests/unit/intake_policy/duplicate_fixture.h"

namespace liandong::intake {
namespace {

using Values = std::vector<std::string>;

struct Case {
    std::string_view words;
    MarkKind kind;
    Values values;
};

class MarkReaders : public DuplicateTest {
protected:
    void expect(const std::vector<Case>& cases) const {
        for (const Case& c : cases) EXPECT_EQ(values(c.words, c.kind), c.values) << c.words;
    }
};

// A plate is read whatever separates it, a number that is no plate is none.
TEST_F(MarkReaders, Plates) {
    expect({{"鄂K5E321追尾", MarkKind::kPlate, {"k5e321"}},
            {"鄂K·5E321", MarkKind::kPlate, {"k5e321"}},
            {"新能源鄂KD12345", MarkKind::kPlate, {"kd12345"}},
            {"京Ａ１２３４５", MarkKind::kPlate, {"a12345"}},
            {"plate KA7788", MarkKind::kPlate, {"ka7788"}},
            {"湖北省K12公里", MarkKind::kPlate, {}}});
}

// Mobile and land-line numbers are read, house numbers are not taken for them.
TEST_F(MarkReaders, Phones) {
    expect({{"联系13812345678", MarkKind::kPhone, {"13812345678"}},
            {"0712-3221234", MarkKind::kPhone, {"07123221234"}},
            {"解放路28号", MarkKind::kPhone, {}}});
}

// Building, entrance, floor, room and house number are told apart by what stands behind the number.
TEST_F(MarkReaders, Doors) {
    expect({{"月园小区3号楼5楼", MarkKind::kBuilding, {"3"}},
            {"月园小区3号楼5楼", MarkKind::kFloor, {"5"}},
            {"三栋五层", MarkKind::kBuilding, {"3"}},
            {"三栋五层", MarkKind::kFloor, {"5"}},
            {"二十一栋2单元", MarkKind::kBuilding, {"21"}},
            {"二十一栋2单元", MarkKind::kEntrance, {"2"}},
            {"负一楼", MarkKind::kFloor, {"-1"}},
            {"A座电梯", MarkKind::kBuilding, {"a"}},
            {"解放路28-1号", MarkKind::kHouseNumber, {"28-1"}},
            {"3号楼", MarkKind::kHouseNumber, {}},
            {"5月3号", MarkKind::kHouseNumber, {}},
            {"4号线", MarkKind::kHouseNumber, {}},
            {"电话13812345678号楼", MarkKind::kBuilding, {}},
            {"余上村3组", MarkKind::kGroup, {"3"}},
            {"302室", MarkKind::kRoom, {"302"}},
            {"building 4, 5th floor", MarkKind::kBuilding, {"4"}},
            {"building 4, 5th floor", MarkKind::kFloor, {"5"}},
            {"tower B, third floor", MarkKind::kBuilding, {"b"}},
            {"tower B, third floor", MarkKind::kFloor, {"3"}},
            {"28 Gongnong road", MarkKind::kHouseNumber, {"28"}}});
}

// Roads by name and by code; what only ends like a road is none.
TEST_F(MarkReaders, Roads) {
    expect({{"我在中山路口", MarkKind::kRoad, {"中山路"}},
            {"应城市蒲阳大道", MarkKind::kRoad, {"蒲阳大道"}},
            {"马路上", MarkKind::kRoad, {}},
            {"城北街道", MarkKind::kRoad, {}},
            {"107国道", MarkKind::kRoadCode, {"g107"}},
            {"on G107 north", MarkKind::kRoadCode, {"g107"}},
            {"on Renmin Rd", MarkKind::kRoad, {"renmin road"}},
            {"on the road", MarkKind::kRoad, {}}});
}

// A carriageway is known by its heading, its goal, or its side.
TEST_F(MarkReaders, Carriageways) {
    expect({{"由南向北方向", MarkKind::kHeading, {"n"}},
            {"自西往东", MarkKind::kHeading, {"e"}},
            {"往南行驶", MarkKind::kHeading, {"s"}},
            {"northbound lane", MarkKind::kHeading, {"n"}},
            {"往武汉方向", MarkKind::kToward, {"武汉"}},
            {"towards Wuhan", MarkKind::kToward, {"wuhan"}},
            {"Wuhan direction", MarkKind::kToward, {"wuhan"}},
            {"反方向", MarkKind::kToward, {}},
            {"上行线", MarkKind::kSide, {"up"}}});
}

// Kilometre posts come in metres; a distance is no post.
TEST_F(MarkReaders, Posts) {
    expect({{"K62+300处", MarkKind::kPost, {"62300"}},
            {"62公里200米", MarkKind::kPost, {"62200"}},
            {"62公里处", MarkKind::kPost, {"62000"}},
            {"at km 1012", MarkKind::kPost, {"1012000"}},
            {"离这里2公里", MarkKind::kPost, {}}});
}

// Villages, townships and named sites.
TEST_F(MarkReaders, Names) {
    expect({{"城北团结村", MarkKind::kVillage, {"团结村"}},
            {"城北团结村", MarkKind::kTownship, {"城北"}},
            {"Tuanjie village, Sanhe", MarkKind::kVillage, {"tuanjie village"}},
            {"Tuanjie village, Sanhe", MarkKind::kTownship, {"sanhe"}},
            {"实验小学门口", MarkKind::kSite, {"实验小学"}},
            {"the hospital", MarkKind::kSite, {}},
            {"Puyang hotel", MarkKind::kSite, {"puyang hotel"}}});
}

// What is negated is not there: nobody is hurt, so no casualty is read.
TEST_F(MarkReaders, NegationTakesBack) {
    EXPECT_NE(read_features(lexicon_, names_, "两车相撞，有人受伤", "").casualties, 0U);
    EXPECT_EQ(read_features(lexicon_, names_, "两车相撞，没有人受伤", "").casualties, 0U);
    EXPECT_EQ(read_features(lexicon_, names_, "two cars crashed, nobody hurt", "").casualties, 0U);
}

// Bytes that are no UTF-8, nothing at all, and 4,000 bytes of anything are read without harm.
TEST_F(MarkReaders, AnyBytes) {
    std::string wild;
    for (int i = 0; i < 4'000; ++i) wild.push_back(static_cast<char>(i * 37 % 256));
    const Features features = read_features(lexicon_, names_, wild, "\xff\xfe");
    EXPECT_LE(features.marks.size(), kMarks_max);
    EXPECT_EQ(read_features(lexicon_, names_, "", ""), Features{});
    std::string long_text;
    while (long_text.size() < 4'000) long_text += "解放路28号着火三楼";
    EXPECT_LE(read_features(lexicon_, names_, long_text, "").words.size(), Features::kWords_max);
}

}  // namespace
}  // namespace liandong::intake
