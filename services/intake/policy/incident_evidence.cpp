#include "services/intake/policy/incident_evidence.h"

#include "services/intake/policy/catalogue/catalogue.h"

#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

FamilySet families_of(const Knowledge& knowledge, const std::string& type_code) {
    return knowledge.catalogue ? knowledge.catalogue->families_of(type_code) : 0;
}

/// Everything but the words.
void fill(Evidence& evidence, const Incident& incident, const Knowledge& knowledge) {
    const Intake& intake = incident.intake;
    evidence.id = incident.id;
    evidence.position = incident.place.position;
    evidence.accuracy = incident.place.accuracy;
    evidence.at = is_set(intake.last_report_at) ? intake.last_report_at : incident.received_at;
    evidence.features.families |= families_of(knowledge, incident.type_code);
    evidence.callers = intake.callers;
    evidence.is_silent =
        intake.call_end != CallEnd::kUnspecified && intake.call_end != CallEnd::kSpoken;
    evidence.is_text = intake.channel == Channel::kText12110;
    evidence.in_danger = evidence.features.says_danger;
    evidence.is_master = incident.is_master;
}

}  // namespace

Evidence evidence_of_incident(const Incident& incident, const Knowledge& knowledge) {
    return evidence_of_incident(incident, knowledge,
                                read_features(*knowledge.lexicon, *knowledge.names,
                                              incident.summary, incident.place.address));
}

Evidence evidence_of_incident(const Incident& incident, const Knowledge& knowledge,
                              const Features& features) {
    Evidence evidence;
    evidence.features = features;
    fill(evidence, incident, knowledge);
    return evidence;
}

bool has_same_words(const Incident& a, const Incident& b) {
    // The families of a type are mixed with those of the words.
    return a.summary == b.summary && a.place.address == b.place.address &&
           a.type_code == b.type_code;
}

Evidence evidence_of_call(const Call& call, const Knowledge& knowledge) {
    return read_evidence(*knowledge.lexicon, *knowledge.names,
                         {.position = call.place.position,
                          .accuracy = call.place.accuracy,
                          .at = call.at,
                          .words = call.words,
                          .address = call.place.address,
                          .caller = call.caller,
                          .families = families_of(knowledge, call.type_code),
                          .in_danger = call.in_danger});
}

}  // namespace liandong::intake
