#include "common/base/random.h"
#include "tests/unit/intake_policy/duplicate_fixture.h"

#include <fmt/format.h>

#include <map>

namespace liandong::intake {
namespace {

class CandidateIndexes : public DuplicateTest {
protected:
    std::vector<std::string> near(const Evidence& report) const {
        std::vector<std::string> ids;
        for (const Evidence* incident : index_.near(report)) ids.push_back(incident->id);
        return ids;
    }
    CandidateIndex index_;
};

using Ids = std::vector<std::string>;

// An incident is found where it is: not before it is put, not where it was before it moved, not
// once it is removed.
TEST_F(CandidateIndexes, PutMoveRemove) {
    const Evidence here = report({.words = "着火"}),
                   there = report({.words = "着火", .east = 9'000});
    EXPECT_EQ(near(here), Ids{});
    index_.put(incident("a", {.words = "着火"}));
    EXPECT_EQ(near(here), Ids{"a"});
    index_.put(incident("a", {.words = "着火", .east = 9'000}));
    EXPECT_EQ(index_.size(), 1U);
    EXPECT_EQ(near(here), Ids{});
    EXPECT_EQ(near(there), Ids{"a"});
    index_.remove("a");
    index_.remove("a");
    EXPECT_EQ(near(there), Ids{});
    EXPECT_EQ(index_.size(), 0U);
}

// Without a position an incident is found by what identifies it, and by its caller.
TEST_F(CandidateIndexes, FoundByMarkAndCaller) {
    index_.put(incident("plate", {.words = "追尾，鄂K5E321", .placed = false}));
    index_.put(incident("caller", {.words = "着火", .placed = false, .caller = 42}));
    EXPECT_EQ(near(report({.words = "鄂K5E321撞车", .placed = false})), Ids{"plate"});
    EXPECT_EQ(near(report({.words = "还没来", .placed = false, .caller = 42})), Ids{"caller"});
    EXPECT_EQ(near(report({.words = "五楼", .placed = false})), Ids{});
}

// Random puts, moves and removes leave exactly what a list of them would hold within reach, and
// the answer does not depend on the order in which incidents came.
TEST_F(CandidateIndexes, EqualsBruteForce) {
    SeededRandom random(11);
    std::map<std::string, Evidence> all;
    for (int step = 0; step < 3'000; ++step) {
        const std::string id = fmt::format("i{}", random.below(300));
        if (random.below(4) == 0) {
            index_.remove(id);
            all.erase(id);
            continue;
        }
        Evidence evidence = incident(id, {.words = "老人晕倒",
                                          .east = static_cast<double>(random.below(20'000)),
                                          .north = static_cast<double>(random.below(20'000))});
        index_.put(evidence);
        all.insert_or_assign(id, std::move(evidence));
    }
    EXPECT_EQ(index_.size(), all.size());
    CandidateIndex backwards;
    for (auto at = all.rbegin(); at != all.rend(); ++at) backwards.put(at->second);
    for (int i = 0; i < 200; ++i) {
        const Evidence fresh = report({.words = "老人晕倒",
                                       .east = static_cast<double>(random.below(20'000)),
                                       .north = static_cast<double>(random.below(20'000))});
        Ids expected;
        for (const auto& [id, known] : all) {
            if (compare(fresh, known, names_, {}).score >= DuplicatePolicy{}.suggest_at)
                expected.push_back(id);
        }
        Ids found, again;
        for (const auto& s : suggest(fresh, index_, names_, {})) found.push_back(s.incident_id);
        for (const auto& s : suggest(fresh, backwards, names_, {})) again.push_back(s.incident_id);
        EXPECT_EQ(found, again);
        std::ranges::sort(found);
        EXPECT_EQ(found, expected);
    }
}

// However many incidents lie in one spot, a search compares a bounded number, the best first.
TEST_F(CandidateIndexes, ACrowdIsBounded) {
    for (int i = 0; i < 2'000; ++i)
        index_.put(incident(fmt::format("i{:04}", i), {.words = "打架", .east = 120}));
    index_.put(incident("best", {.words = "打架"}));
    const Ids found = near(report({.words = "打架"}));
    EXPECT_EQ(found.size(), CandidateIndex::kCompared_max);
    EXPECT_EQ(found.front(), "best");
    for (int i = 0; i < 20; ++i) index_.put(incident(fmt::format("j{}", i), {.words = "打架"}));
    EXPECT_EQ(suggest(report({.words = "打架"}), index_, names_, {}).size(), kSuggestions_max);
}

// Two incidents that both could be linked automatically leave it to a person.
TEST_F(CandidateIndexes, TwoCertainCandidatesBarEachOther) {
    index_.put(incident("a", {.words = "蒲阳大道追尾，鄂K5E321"}));
    index_.put(incident("b", {.words = "蒲阳大道追尾，鄂K5E321", .minutes = 1}));
    const auto suggestions = suggest(report({.words = "蒲阳大道追尾，鄂K5E321", .minutes = 2}),
                                     index_, names_, {.automatic_linking = true});
    ASSERT_EQ(suggestions.size(), 2U);
    for (const Suggestion& suggestion : suggestions)
        EXPECT_TRUE(is_barred(suggestion, DuplicateReason::kSeveralCandidates));
}

}  // namespace
}  // namespace liandong::intake
