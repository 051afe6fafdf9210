#include "simulator/agents/operator_agent.h"

#include "simulator/agents/resend.h"
#include "simulator/agents/task_group.h"

#include <algorithm>

namespace liandong::simulator {
namespace {

void to_proto(const domain::Unit& unit, dispatch::v1::Unit& target) {
    target.set_id(unit.id);
    target.set_call_sign(unit.call_sign);
    target.set_agency(unit.agency);
    target.set_kind(static_cast<dispatch::v1::UnitKind>(unit.kind));
    target.set_relation(
        static_cast<dispatch::v1::CommandRelation>(static_cast<int>(unit.relation) + 1));
    for (const std::string& capability : unit.capabilities) target.add_capabilities(capability);
    target.set_crew(static_cast<std::uint32_t>(unit.crew));
    target.set_station(unit.station);
    target.set_area_code(unit.area_code);
    target.mutable_home()->set_latitude(unit.home.latitude());
    target.mutable_home()->set_longitude(unit.home.longitude());
    target.mutable_home()->set_datum(common::v1::DATUM_WGS84);
    target.set_status(static_cast<dispatch::v1::UnitStatus>(static_cast<int>(unit.status) + 1));
}

/// One of several that share a position in the ledger.
class Verifier {
public:
    Verifier(Exercise& exercise, const Ledger& ledger)
        : exercise_(exercise), next_(ledger.cases().begin()), end_(ledger.cases().end()) {}

    Task<void> run() {
        while (next_ != end_) {
            const auto& [incident_id, known] = *next_++;
            co_await check_report(incident_id, known);
            for (const std::string& order : known.order_ids)
                co_await check_order(incident_id, order);
        }
    }

private:
    Task<void> check_report(const std::string& incident_id, const Ledger::Case& known) {
        intake::v1::GetIncidentRequest request;
        *request.mutable_header() = exercise_.read_header();
        request.set_incident_id(incident_id);
        const auto answer = co_await call_until_resolved<intake::v1::GetIncidentResponse>(
            exercise_, "GetIncident", [&] { return exercise_.client.get_incident(who_, request); });
        const bool there =
            answer && std::ranges::count(answer->incident().report_ids(), known.report_id) == 1;
        exercise_.record.count(there ? Counter::kVerifiedReports : Counter::kMissingReports);
    }

    Task<void> check_order(const std::string& incident_id, const std::string& order_id) {
        dispatch::v1::GetOrderRequest request;
        *request.mutable_header() = exercise_.read_header();
        request.set_order_id(order_id);
        const auto answer = co_await call_until_resolved<dispatch::v1::GetOrderResponse>(
            exercise_, "GetOrder", [&] { return exercise_.client.get_order(who_, request); });
        const bool there = answer && answer->order().incident_id() == incident_id;
        exercise_.record.count(there ? Counter::kVerifiedOrders : Counter::kMissingOrders);
    }

    Exercise& exercise_;
    std::map<std::string, Ledger::Case>::const_iterator next_;
    std::map<std::string, Ledger::Case>::const_iterator end_;
    domain::Principal who_ = principal("sim.inspector", "gongan", {domain::Role::kInspector});
};

}  // namespace

Task<Status> import_units(Exercise& exercise, const std::vector<domain::Unit>& units) {
    const domain::Principal who = principal("sim.operator", "gongan", {domain::Role::kOperator});
    for (std::size_t i = 0; i < units.size(); i += kUnitsAnImport_max) {
        dispatch::v1::ImportUnitsRequest request;
        *request.mutable_header() = exercise.mutation_header();
        const std::size_t end = std::min(units.size(), i + kUnitsAnImport_max);
        for (std::size_t k = i; k < end; ++k) to_proto(units[k], *request.add_units());
        const auto answer = co_await call_until_resolved<dispatch::v1::ImportUnitsResponse>(
            exercise, "ImportUnits", [&] { return exercise.client.import_units(who, request); });
        if (!answer) co_return std::unexpected(answer.error());
    }
    co_return Status{};
}

Task<void> verify(Exercise& exercise, const Ledger& ledger) {
    Verifier verifier(exercise, ledger);
    TaskGroup tasks(exercise.executor);
    for (std::size_t i = 0; i < kVerifiers; ++i) tasks.start(verifier.run());
    co_await tasks.join();
}

}  // namespace liandong::simulator
