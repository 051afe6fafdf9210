#include "services/dispatch/policy/import_unit.h"

#include "tests/unit/dispatch/samples.h"

#include <gtest/gtest.h>

namespace liandong::dispatch {
namespace {

using namespace domain;
using namespace std::chrono_literals;

ImportedUnit master_data() {
    ImportedUnit imported;
    Unit& unit = imported.master_data;
    unit.id = "u1";
    unit.agency = "xiaofang";
    unit.kind = UnitKind::kFireEngine;
    unit.crew = 6;
    unit.home = at(31, 113);
    return imported;
}

// A new unit stands at home from now on.
TEST(ImportUnit, ANewUnitStandsAtHome) {
    const Unit unit = import_unit(nullptr, master_data(), kNow);
    EXPECT_EQ(unit.position, at(31, 113));
    EXPECT_EQ(unit.position_at, kNow);
    EXPECT_EQ(unit.status, UnitStatus::kInStation);
    EXPECT_EQ(unit.status_since, kNow);
    EXPECT_EQ(unit.crew, 6);
}

// A known one takes the new master data and status and keeps where it is.
TEST(ImportUnit, AKnownUnitKeepsItsPosition) {
    const Unit known = free_unit("u1");
    ImportedUnit imported = master_data();
    imported.status = UnitStatus::kOutOfService;
    const Unit unit = import_unit(&known, imported, kNow + 1h);
    EXPECT_EQ(unit.agency, "xiaofang");
    EXPECT_EQ(unit.position, known.position);
    EXPECT_EQ(unit.position_at, known.position_at);
    EXPECT_EQ(unit.status, UnitStatus::kOutOfService);
    EXPECT_EQ(unit.status_since, kNow + 1h);
    EXPECT_EQ(import_unit(&known, master_data(), kNow + 1h).status_since, known.status_since);
}

// Master data say nothing of who is out of service: such a unit is not put back on offer.
TEST(ImportUnit, AnImportWithoutStatusLeavesIt) {
    Unit known = free_unit("u1");
    known.status = UnitStatus::kOutOfService;
    const Unit unit = import_unit(&known, master_data(), kNow + 1h);
    EXPECT_EQ(unit.status, UnitStatus::kOutOfService);
    EXPECT_EQ(unit.status_since, known.status_since);
}

// What is under way is not touched.
TEST(ImportUnit, AUnitWithAnOrderKeepsOrderAndStatus) {
    const Unit known = busy_unit("u1", "O1", "I1");
    const Unit unit = import_unit(&known, master_data(), kNow + 1h);
    EXPECT_EQ(unit.status, UnitStatus::kDispatched);
    EXPECT_EQ(unit.status_since, known.status_since);
    EXPECT_EQ(unit.active_order_id, "O1");
    EXPECT_EQ(unit.active_incident_id, "I1");
    EXPECT_EQ(unit.crew, 6);
}

}  // namespace
}  // namespace liandong::dispatch
