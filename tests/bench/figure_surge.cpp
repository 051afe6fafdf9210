#include "tests/bench/clients.h"
#include "tests/bench/figures.h"
#include "tests/bench/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace liandong::bench {
namespace {

struct Plan {
    std::size_t open_incidents;
    std::size_t people;  ///< reports by people, 60 % of them about what somebody reported before
    std::size_t alarms;  ///< by machines, of kSites sites
    std::chrono::seconds within;
};
constexpr Plan kFullPlan{10'000, 1'000, 5'000, std::chrono::seconds{60}};
constexpr Plan kQuickPlan{200, 50, 250, std::chrono::seconds{2}};
constexpr std::size_t kSites = 300;
constexpr std::size_t kSuggestions = 5;

constexpr std::array<const char*, 5> kWords = {
    "月园小区{}号楼5楼着火了，窗户冒黑烟，里面可能还有人，快来",
    "蒲阳大道{}号路口两车追尾，白色小车撞得厉害，有人受伤",
    "解放路{}号有人打架，七八个人，有人拿刀，地上都是血",
    "老人晕倒在人民路{}号门口，没有反应，旁边没有家属",
    "余上村{}组房子被淹，水已经到膝盖，老人在屋里出不来",
};

/// One call with the moment it is due and what came of it.
struct Shot {
    std::chrono::nanoseconds due{};  ///< from the beginning
    bool is_person = false;
    intake_pb::ReportIncidentRequest request;
    intake_pb::ReportIncidentResponse response;
    grpc::ClientContext context;
    double millis = 0;  ///< from when it was due to the answer
};
using Shots = std::vector<std::unique_ptr<Shot>>;

void put(intake_pb::ReportIncidentRequest& request, double latitude, double longitude) {
    request.mutable_position()->set_latitude(latitude);
    request.mutable_position()->set_longitude(longitude);
    request.mutable_position()->set_datum(liandong::common::v1::DATUM_WGS84);
}

/// The n-th report by a person: two of five are about something new, the others about one of the
/// last forty, from some metres away and in the same words.
intake_pb::ReportIncidentRequest person(std::size_t n, intake_pb::ReportIncidentRequest request) {
    const std::size_t five = n / 5;
    const std::size_t event = n % 5 < 2 ? n : 5 * (five - std::min(five, n % 8)) + n % 2;
    request.set_words(fmt::format(fmt::runtime(kWords[event % kWords.size()]), 100 + event));
    request.clear_address();
    request.clear_area_code();
    request.clear_type_code();
    request.mutable_reporter()->set_phone(fmt::format("139{:08}", n));
    request.set_suggestions(kSuggestions);
    put(request, 30.90 + 0.0007 * static_cast<double>(event % 97) + 0.00001 * (n % 7),
        113.53 + 0.0011 * static_cast<double>(event % 89));
    return request;
}

intake_pb::ReportIncidentRequest alarm(std::size_t n, intake_pb::ReportIncidentRequest request) {
    const auto site = static_cast<double>(n % kSites);
    request.set_channel(intake_pb::CHANNEL_ALARM);
    request.set_words("烟感报警");
    request.clear_reporter();
    request.clear_address();
    request.clear_area_code();
    request.set_type_code("fire_alarm");
    put(request, 30.88 + 0.002 * site / 20, 113.50 + 0.003 * (n % 20));
    return request;
}

/// People evenly over the time, machines between them.
Shots aim(const Plan& plan, Messages& messages) {
    Shots shots;
    const auto add = [&](std::size_t count, bool is_person) {
        auto requests = messages.reports(count);
        const auto step = std::chrono::nanoseconds{plan.within} / static_cast<long>(count);
        for (std::size_t i = 0; i < count; ++i) {
            auto shot = std::make_unique<Shot>();
            shot->due = step * static_cast<long>(i);
            shot->is_person = is_person;
            shot->request =
                is_person ? person(i, std::move(requests[i])) : alarm(i, std::move(requests[i]));
            shots.push_back(std::move(shot));
        }
    };
    add(plan.people, true);
    add(plan.alarms, false);
    std::ranges::sort(shots, [](const auto& a, const auto& b) {
        return std::pair(a->due, a->is_person) < std::pair(b->due, b->is_person);
    });
    return shots;
}

/// Sends each at its time, whatever the answers take (open loop), and waits for all.
void fire(Clients& clients, Shots& shots) {
    std::atomic<std::size_t> open{shots.size()};
    const auto begun = std::chrono::steady_clock::now();
    for (const auto& shot : shots) {
        const auto due = begun + shot->due;
        std::this_thread::sleep_until(due);
        Shot* const one = shot.get();
        prepare(one->context);  // its deadline counts from now
        clients.report.start(&one->context, &one->request, &one->response,
                             [one, due, &open](const grpc::Status& status) {
                                 LIANDONG_CHECK(status.ok());
                                 one->millis = std::chrono::duration<double, std::milli>(
                                                   std::chrono::steady_clock::now() - due)
                                                   .count();
                                 open.fetch_sub(1, std::memory_order_release);
                                 open.notify_one();
                             });
    }
    for (std::size_t left = open.load(std::memory_order_acquire); left != 0;
         left = open.load(std::memory_order_acquire)) {
        open.wait(left, std::memory_order_acquire);
    }
}

struct Found {
    std::size_t incidents = 0, reports = 0;
};

/// All that is there, page by page.
Found count(const std::shared_ptr<grpc::Channel>& channel, const Messages& messages,
            const Shots& shots) {
    const auto stub = intake_pb::IntakeService::NewStub(channel);
    intake_pb::ListIncidentsRequest request;
    const auto seq = [](const auto& shot) { return shot->response.header().revision().seq(); };
    const auto last = std::ranges::max_element(shots, {}, seq);
    *request.mutable_header() = messages.read_header((*last)->response.header());
    request.mutable_page()->set_size(500);
    Found found;
    do {
        grpc::ClientContext context;
        prepare(context);
        intake_pb::ListIncidentsResponse response;
        LIANDONG_CHECK(stub->ListIncidents(&context, request, &response).ok());
        for (const auto& incident : response.incidents()) {
            ++found.incidents;
            found.reports += incident.report_count();
        }
        request.mutable_page()->set_token(response.page().next_token());
    } while (!request.page().token().empty());
    return found;
}

}  // namespace

Metrics measure_surge(const Options& options) {
    const Plan& plan = options.quick ? kQuickPlan : kFullPlan;
    Messages messages{11};
    Platform platform(options);
    platform.start_server();
    const auto channel = platform.server_channel();
    Clients clients(channel);
    progress("surge", fmt::format("{} open incidents", plan.open_incidents));
    run_closed(clients.report, messages.reports(plan.open_incidents), 64);
    Shots shots = aim(plan, messages);
    progress("surge", fmt::format("{} reports beside {} alarms in {} s", plan.people, plan.alarms,
                                  plan.within.count()));
    fire(clients, shots);
    const Found found = count(channel, messages, shots);
    LIANDONG_CHECK(found.reports == plan.open_incidents + plan.people + plan.alarms);
    LIANDONG_CHECK(found.incidents <= plan.open_incidents + plan.people + kSites);
    std::vector<double> people, machines;
    std::size_t suggested = 0;
    for (const auto& shot : shots) {
        (shot->is_person ? people : machines).push_back(shot->millis);
        suggested += shot->response.suggestions_size() > 0 ? 1U : 0U;
    }
    LIANDONG_CHECK(suggested > 0);
    const auto one = [](double value) { return spread_of(std::vector<double>{value}); };
    return {{"surge_report_p99_ms",
             "ms",
             one(quantile(people, 0.99)),
             at_most(10),
             {},
             "",
             "reports by people, 60 % of them duplicates, from when each is due; beside five "
             "times as many alarms; every report is there at the end"},
            {"surge_report_p50_ms", "ms", one(quantile(people, 0.5)), {}, {}, "", "the same"},
            {"surge_alarm_p99_ms",
             "ms",
             one(quantile(machines, 0.99)),
             {},
             {},
             "",
             "the alarms beside them, folded by site"},
            {"surge_suggested",
             "ratio",
             one(static_cast<double>(suggested) / static_cast<double>(plan.people)),
             {},
             {},
             "",
             "of the reports by people: told what they may be about"}};
}

}  // namespace liandong::bench
