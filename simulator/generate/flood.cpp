#include "simulator/generate/flood.h"

#include "common/base/check.h"
#include "common/base/random.h"
#include "simulator/generate/happening.h"
#include "simulator/generate/synthetic_place.h"
#include "simulator/generate/yingcheng.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace liandong::simulator {
namespace {

using domain::Channel;
using domain::Datum;

constexpr Duration kEvening = std::chrono::minutes{60};
constexpr std::size_t kRepeats = 30;
constexpr std::size_t kFaulty = 12;
constexpr std::size_t kMachines = 45;

/// Swells to the 25th minute: eight in ten reports by a triangle over the first 50, the others
/// evenly.
Duration moment(Random& random) {
    const double share =
        random.unit() < 0.8 ? (random.unit() + random.unit()) / 2 * 50 / 60 : random.unit();
    return std::chrono::floor<std::chrono::milliseconds>(
        Duration{static_cast<Duration::rep>(share * static_cast<double>(kEvening.count()))});
}

void put_at(ScenarioReport& report, const SyntheticPlace& place, domain::Meters radius,
            Random& random) {
    const domain::Point point = scattered(place.position, radius, random);
    report.position = ReportedPosition{point.latitude(), point.longitude(), Datum::kWgs84};
    report.accuracy_meters = 10.0 + static_cast<double>(random.below(90));
    report.address = "应城市" + place.name;
    report.area_code = place.area_code;
}

/// A number that nobody has: 138 and eight digits of which the first four are zero.
std::string invented_phone(Random& random) {
    return fmt::format("1380000{:04}", random.below(10'000));
}

ScenarioReport told_by_people(const YingchengDistrict& district, Random& random) {
    ScenarioReport report = draw_flood_happening(random);
    put_at(report, district.grids[random.below(district.grids.size())], {300}, random);
    report.reporter_phone = invented_phone(random);
    return report;
}

/// A camera with none of `used` within some 300 m: alarms of one site are one incident (D16), and a
/// replay's reports are one each. As drawn after 100 draws.
const Camera& lone_camera(const YingchengDistrict& district, std::vector<const Camera*>& used,
                          Random& random) {
    constexpr std::int32_t kApart = 30'000;  // 1e-7 degree
    const Camera* drawn = nullptr;
    const auto is_near = [&](const Camera* other) {
        return std::abs(other->place.position.latitude_e7 - drawn->place.position.latitude_e7) <
                   kApart &&
               std::abs(other->place.position.longitude_e7 - drawn->place.position.longitude_e7) <
                   kApart;
    };
    for (int draw = 0; draw < 100; ++draw) {
        drawn = &district.cameras[random.below(district.cameras.size())];
        if (std::ranges::none_of(used, is_near)) break;
    }
    used.push_back(drawn);
    return *drawn;
}

ScenarioReport told_by_machines(const YingchengDistrict& district, std::vector<const Camera*>& used,
                                Random& random) {
    ScenarioReport report = machine_alarm(random);
    const Camera& camera = lone_camera(district, used, random);
    put_at(report, camera.place, {5}, random);
    report.source_id = report.channel == Channel::kCamera
                           ? camera.id
                           : fmt::format("water-{:04}", random.below(400));
    return report;
}

/// Another caller about the same thing: other words, a place up to 120 m off. (D5: only a person
/// links them.)
ScenarioReport repeated(const ScenarioReport& first, Random& random) {
    ScenarioReport report = first;
    report.duplicate_of = first.id;
    report.at = first.at + std::chrono::seconds{20 + static_cast<int>(random.below(400))};
    report.channel = Channel::kPhone110;
    report.words = "还是刚才那里，" + first.words;
    report.source_id.clear();
    report.reporter_phone = invented_phone(random);
    const domain::Point point = moved({static_cast<std::int32_t>(first.position->latitude * 1e7),
                                       static_cast<std::int32_t>(first.position->longitude * 1e7)},
                                      {random.unit() * 240 - 120}, {random.unit() * 240 - 120});
    report.position = ReportedPosition{point.latitude(), point.longitude(), Datum::kWgs84};
    return report;
}

double seven_decimals(double degrees) {
    return static_cast<double>(std::llround(degrees * 1e7)) / 1e7;
}

/// One fault each, in turn: what an honest caller's system may send, and none may be refused (D1).
void spoil(ScenarioReport& report, std::size_t turn) {
    switch (turn % 6) {
    case 0:  // nobody knows where
        report.position.reset();
        report.address.clear();
        report.area_code.clear();
        break;
    case 1:  // right, but on a Chinese map
        if (report.position) {
            const auto shifted =
                domain::wgs84_to_gcj02({report.position->latitude, report.position->longitude});
            report.position = ReportedPosition{seven_decimals(shifted.latitude),
                                               seven_decimals(shifted.longitude), Datum::kGcj02};
        }
        break;
    case 2:
        if (report.position) report.position->datum = Datum::kUnspecified;
        break;
    case 3:  // "Water is in the house, old and young cannot get out, come quickly", in GBK
        report.words =
            "\xcb\xae\xbd\xf8\xce\xdd\xc1\xcb\xa3\xac\xc0\xcf\xc8\xcb\xba\xa2\xd7\xd3\xb3\xf6\xb2"
            "\xbb\xc8\xa5"
            "\xa3\xac\xbf\xec\xc0\xb4\xc8\xcb";
        report.words_charset = "gbk";
        break;
    case 4:
        if (report.position) std::swap(report.position->latitude, report.position->longitude);
        break;
    default:
        report.words.clear();
        report.type_code = "no-such-type";
        break;
    }
}

std::vector<ScenarioReport> draw_reports(const YingchengDistrict& district, Random& random) {
    std::vector<ScenarioReport> reports;
    std::vector<const Camera*> used;
    for (std::size_t i = 0; i < kFloodReports - kRepeats; ++i) {
        ScenarioReport report = i < kMachines ? told_by_machines(district, used, random)
                                              : told_by_people(district, random);
        report.at = moment(random);
        report.id = fmt::format("F{:04}", i + 1);
        reports.push_back(std::move(report));
    }
    for (std::size_t i = 0; i < kRepeats; ++i) {
        const std::size_t first = kMachines + random.below(kFloodReports - kRepeats - kMachines);
        ScenarioReport report = repeated(reports[first], random);
        report.id = fmt::format("F{:04}", reports.size() + 1);
        reports.push_back(std::move(report));
    }
    // Spoiled last, so that a repeat never copies a fault; spread over what people say.
    for (std::size_t i = 0; i < kFaulty; ++i) spoil(reports[kMachines + i * 17], i);
    std::sort(reports.begin(), reports.end(), [](const ScenarioReport& a, const ScenarioReport& b) {
        return std::tie(a.at, a.id) < std::tie(b.at, b.id);
    });
    return reports;
}

ScenarioBulletin bulletin(Duration at, domain::BulletinKind kind, std::string headline,
                          std::string body, std::string english_headline,
                          std::string english_body) {
    ScenarioBulletin result;
    result.at = at;
    result.kind = kind;
    result.level = {domain::LevelScale::kWarning, 3, "应城市防汛抗旱指挥部"};
    result.area_codes = {"420981"};
    result.valid_for = std::chrono::hours{6};
    result.texts = {{"zh-CN", std::move(headline), std::move(body)},
                    {"en", std::move(english_headline), std::move(english_body)}};
    return result;
}

std::vector<ScenarioBulletin> bulletins() {
    return {
        bulletin(std::chrono::minutes{12}, domain::BulletinKind::kWarning,
                 "演练：城区低洼地段内涝预警",
                 "演练：未来三小时城区低洼地段可能内涝，请远离涵洞和河堤。遇险请拨打110。",
                 "Exercise: flooding in low streets",
                 "Exercise: low streets may flood within three hours. Keep away from culverts and "
                 "dykes. Call 110 "
                 "only if in danger."),
        bulletin(std::chrono::minutes{58}, domain::BulletinKind::kSituation,
                 "演练：雨势减弱，救援继续", "演练：雨势减弱，各处救援仍在进行，请勿前往河堤围观。",
                 "Exercise: rain eases, rescue goes on",
                 "Exercise: rain eases and rescue goes on. Do not go to the dykes to watch.")};
}

}  // namespace

Scenario generate_flood(std::uint64_t seed) {
    SeededRandom random(seed);
    const YingchengDistrict district = build_yingcheng();
    Scenario scenario;
    scenario.header.name = "yingcheng-flood";
    scenario.header.district = "420981";
    scenario.header.start =
        Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 7 / 18}} + std::chrono::hours{11};
    scenario.header.synthetic_places = true;
    scenario.header.synthetic_events = true;
    scenario.header.provenance = fmt::format(
        "Generated, seed {}. Real: codes and names of townships and villages (NBS codes as of "
        "2023-06-30), counts of "
        "grids, teams, volunteers and cameras. Invented: all positions, units, people, events.",
        seed);
    scenario.units = district.units;
    scenario.reports = draw_reports(district, random);
    scenario.bulletins = bulletins();
    LIANDONG_CHECK(scenario.reports.size() == kFloodReports);
    return scenario;
}

}  // namespace liandong::simulator
