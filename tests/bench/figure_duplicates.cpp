#include "common/areas/yingcheng.h"
#include "common/base/check.h"
#include "common/base/random.h"
#include "services/intake/policy/duplicates/candidate_index.h"
#include "services/intake/policy/duplicates/lexicon.h"
#include "tests/bench/figures.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <vector>

namespace liandong::bench {
namespace {

using namespace intake;

struct Load {
    std::size_t incidents, searches;
};
constexpr Load kFullLoad{10'000, 5'000};
constexpr Load kQuickLoad{300, 50};

constexpr std::array<const char*, 8> kWords = {
    "蒲阳大道和古城大道路口两车追尾，鄂K5E{}的白色小车撞得厉害，有人受伤",
    "月园小区{}号楼5楼着火了，窗户冒黑烟，里面可能还有人，快来",
    "解放路{}号有人打架，七八个人，有人拿刀，地上都是血",
    "老人晕倒在人民路{}号门口，没有反应，旁边没有家属",
    "汉宜高速往武汉方向K{}+300处大货车侧翻，占了两个车道，后面堵了很长",
    "余上村{}组房子被淹，水已经到膝盖，老人在屋里出不来",
    "Two cars crashed near number {} Renmin road, one driver is hurt and traffic is blocked",
    "我的电动车在长湖社区{}栋停车棚被偷了，早上七点停的，九点发现不见了",
};

/// Four of ten in the town (5 km²), the others anywhere in the district: what makes cells crowded.
domain::Point somewhere(Random& random) {
    const bool town = random.below(10) < 4;
    const std::uint64_t side_e7 = town ? 225'000 : 4'000'000;
    return {309'300'000 - static_cast<std::int32_t>(side_e7 / 2) +
                static_cast<std::int32_t>(random.below(side_e7)),
            1'135'700'000 - static_cast<std::int32_t>(side_e7 / 2) +
                static_cast<std::int32_t>(random.below(side_e7))};
}

struct Call {
    std::string words;
    ReportFacts facts;  ///< without the words
};

Call draw(Random& random) {
    Call call;
    call.words =
        fmt::format(fmt::runtime(kWords[random.below(kWords.size())]), 100 + random.below(300));
    call.facts.position = somewhere(random);
    call.facts.accuracy = {random.below(10) == 0 ? 800.0 : 50.0};
    call.facts.at = from_micros(1'780'000'000'000'000) +
                    std::chrono::seconds(static_cast<int>(random.below(6 * 3'600)));
    call.facts.caller = 1 + random.below(1'000'000);
    return call;
}

Evidence read(const Lexicon& lexicon, const PlaceNames& names, Call call) {
    call.facts.words = call.words;
    return read_evidence(lexicon, names, call.facts);
}

CandidateIndex fill(std::size_t incidents, const Lexicon& lexicon, const PlaceNames& names,
                    Random& random) {
    CandidateIndex index;
    for (std::size_t i = 0; i < incidents; ++i) {
        Evidence evidence = read(lexicon, names, draw(random));
        evidence.id = fmt::format("incident-{}", i);
        index.put(std::move(evidence));
    }
    return index;
}

/// Microseconds that `work` takes.
template <class Work> double timed(Work work) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begun)
        .count();
}

/// Mean of 10,000 look-ups in Yingcheng's 548 grids, most of them inside.
double area_lookup(const areas::AreaMap& map, Random& random) {
    std::vector<domain::Point> points;
    for (int i = 0; i < 10'000; ++i) points.push_back(somewhere(random));
    std::size_t inside = 0;
    const double took = timed([&] {
        for (const domain::Point point : points) inside += map.locate(point).is_outside ? 0 : 1;
    });
    LIANDONG_CHECK(inside > 0);
    return took / 1e4;
}

}  // namespace

Metrics measure_duplicates(const Options& options) {
    const Load load = options.quick ? kQuickLoad : kFullLoad;
    const Lexicon lexicon = Lexicon::built_in();
    const PlaceNames names{.townships = {"城北", "三合"}, .ambiguous = {"团结村"}};
    SeededRandom random(7);
    const CandidateIndex index = fill(load.incidents, lexicon, names, random);
    const areas::AreaMap map = areas::build_yingcheng_areas();
    std::vector<double> p50, p99, reading_p99, lookups;
    std::size_t found = 0;
    for (std::size_t round = 0; round < options.sizes().rounds; ++round) {
        progress("duplicates", fmt::format("round {}/{}", round + 1, options.sizes().rounds));
        std::vector<double> took, reading;
        for (std::size_t i = 0; i < load.searches; ++i) {
            const Call call = draw(random);
            Evidence report;
            reading.push_back(timed([&] { report = read(lexicon, names, call); }));
            took.push_back(timed([&] { found += suggest(report, index, names, {}).size(); }));
        }
        p50.push_back(quantile(took, 0.5));
        p99.push_back(quantile(took, 0.99));
        reading_p99.push_back(quantile(reading, 0.99));
        lookups.push_back(area_lookup(map, random));
    }
    LIANDONG_CHECK(found > 0);
    return {{"duplicate_search_p99_us",
             "us",
             spread_of(p99),
             at_most(100),
             {},
             "",
             "suggestions for a report among 10,000 open incidents, four of ten in 5 km² of town; "
             "one core, words already read"},
            {"duplicate_search_p50_us", "us", spread_of(p50), {}, {}, "", "the same"},
            {"duplicate_read_p99_us",
             "us",
             spread_of(reading_p99),
             {},
             {},
             "",
             "reading the words of a report, once for each"},
            {"area_lookup_us",
             "us",
             spread_of(lookups),
             at_most(5),
             {},
             "",
             "a point to its grid, village, township and district, mean of 10,000"}};
}

}  // namespace liandong::bench
