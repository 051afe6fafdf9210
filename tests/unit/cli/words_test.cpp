#include "cli/words.h"

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/desk.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

using google::protobuf::EnumDescriptor;

// States are shown in both languages; the unspecified one as nothing, an unknown one as its number.
TEST(Words, AreChineseAndEnglish) {
    EXPECT_EQ(words(dispatch::v1::ORDER_STATE_ARRIVED), "到场 arrived");
    EXPECT_EQ(words(intake::v1::INCIDENT_STATE_RECEIVED), "接警 received");
    EXPECT_EQ(words(dispatch::v1::UNIT_KIND_FIRE_ENGINE), "消防车 fire engine");
    EXPECT_EQ(words(dispatch::v1::ORDER_STATE_UNSPECIFIED), "");
    EXPECT_EQ(words(dispatch::v1::OrderState_descriptor(), 99), "#99");
}

// Every value that people see has a Chinese word of its own, and is read back in every form.
TEST(Words, EveryValueIsReadBack) {
    const EnumDescriptor* const types[] = {
        intake::v1::IncidentState_descriptor(),     intake::v1::Disposition_descriptor(),
        intake::v1::IncidentPhase_descriptor(),     intake::v1::NoteKind_descriptor(),
        intake::v1::ClockKind_descriptor(),         intake::v1::DutyRole_descriptor(),
        intake::v1::TransferKind_descriptor(),      intake::v1::TransferState_descriptor(),
        intake::v1::SharingTier_descriptor(),       intake::v1::DutyReportStage_descriptor(),
        intake::v1::Verdict_descriptor(),           intake::v1::Answer_descriptor(),
        intake::v1::Channel_descriptor(),           dispatch::v1::UnitKind_descriptor(),
        dispatch::v1::CommandRelation_descriptor(), dispatch::v1::UnitStatus_descriptor(),
        dispatch::v1::Availability_descriptor(),    dispatch::v1::OrderState_descriptor(),
        dispatch::v1::OrderFact_descriptor(),       dispatch::v1::FactSource_descriptor(),
        publicinfo::v1::BulletinKind_descriptor(),  publicinfo::v1::BulletinState_descriptor()};
    for (const EnumDescriptor* type : types) {
        for (int i = 1; i < type->value_count(); ++i) {
            const auto* value = type->value(i);
            const std::string shown = words(type, value->number());
            const std::string chinese = shown.substr(0, shown.find(' '));
            EXPECT_NE(shown.find(' '), std::string::npos)
                << value->full_name() << " has no Chinese word";
            EXPECT_EQ(parse_word(type, chinese), value->number()) << value->full_name();
            EXPECT_EQ(parse_word(type, value->name()), value->number());
            EXPECT_EQ(parse_word(type, bare_name(value)), value->number());
        }
    }
}

// Dashes and case do not matter; the unspecified value and other words are not read.
TEST(Words, AreReadKindly) {
    EXPECT_EQ(parse_word<dispatch::v1::UnitStatus>("In-Station"),
              dispatch::v1::UNIT_STATUS_IN_STATION);
    EXPECT_EQ(parse_word<common::v1::Datum>("gcj02"), common::v1::DATUM_GCJ02);
    EXPECT_FALSE(parse_word<dispatch::v1::UnitStatus>("unspecified"));
    EXPECT_FALSE(parse_word<dispatch::v1::UnitStatus>(""));
    EXPECT_FALSE(parse_word<dispatch::v1::UnitStatus>("station"));
    EXPECT_EQ(choices<publicinfo::v1::BulletinState>(), "draft, approved, published");
}

// A level is shown in the words of its scale: a number alone would mean opposite things.
TEST(LevelWords, BelongToTheScale) {
    const auto level = [](common::v1::LevelScale scale, int code, const char* authority = "") {
        common::v1::Level result;
        result.set_scale(scale);
        result.set_code(code);
        result.set_authority(authority);
        return level_words(result);
    };
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_UNSPECIFIED, 0), "");
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_WARNING, 1), "红色预警 red warning");
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_WARNING, 4, "孝感市气象台"),
              "蓝色预警 blue warning (孝感市气象台)");
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_INCIDENT, 1), "特别重大事件 incident 1");
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_FIRE_ALARM, 5), "火警五级 fire alarm 5");
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_PRIORITY, 10), "优先级 priority 10/10");
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_POLICE, 9), "警情? police 9");
    EXPECT_EQ(level(common::v1::LEVEL_SCALE_FIRE_ALARM, 0), "火警? fire alarm 0");
}

}  // namespace
}  // namespace liandong::cli
