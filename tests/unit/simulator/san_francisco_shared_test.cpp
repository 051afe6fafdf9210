#include "simulator/import/san_francisco.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace liandong::simulator {
namespace {

std::ifstream open_shared(const std::string& name) {
    const char* shared = std::getenv("LIANDONG_SHARED");
    return std::ifstream(std::string(shared == nullptr ? "." : shared) + "/data/sf-fire-cad/" +
                         name);
}

// The eight recorded days import with the numbers that their provenance states. Needs
// LIANDONG_SHARED.
TEST(SanFranciscoShared, EightDaysHaveTheKnownNumbers) {
    std::ifstream calls = open_shared("sf_fire_calls_2016-12-31_2017-01-07.csv");
    std::ifstream stations = open_shared("sf_fire_stations.csv");
    ASSERT_TRUE(calls && stations)
        << "set LIANDONG_SHARED to the folder that holds data/sf-fire-cad";
    const auto imported = import_san_francisco(calls, stations);
    ASSERT_TRUE(imported.has_value()) << imported.error().message;
    EXPECT_EQ(imported->rows, 7'704U);
    EXPECT_EQ(imported->scenario.reports.size(), 3'560U);
    EXPECT_EQ(imported->scenario.units.size(), 178U);
    EXPECT_EQ(imported->flaws.overlaps.size(), 9U);
    EXPECT_EQ(imported->flaws.out_of_order.size(), 28U);
    const std::map<std::string, std::size_t> missing = {{"Response DtTm", 214},
                                                        {"On Scene DtTm", 1'554},
                                                        {"Transport DtTm", 5'441},
                                                        {"Hospital DtTm", 5'496},
                                                        {"Available DtTm", 5}};
    EXPECT_EQ(imported->flaws.missing_stamps, missing);
    EXPECT_EQ(imported->scenario.reports.front().at, std::chrono::seconds{64});
}

}  // namespace
}  // namespace liandong::simulator
