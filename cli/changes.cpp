#include "cli/changes.h"

#include "cli/positions.h"
#include "cli/text.h"
#include "cli/times.h"
#include "cli/view.h"
#include "cli/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::cli {
namespace {

/// The parts of one line, joined by commas.
class Changes {
public:
    void say(std::string part) {
        if (part.empty()) return;
        if (!text_.empty()) text_ += ", ";
        text_ += part;
    }
    void moved(std::string_view what, const std::string& from, const std::string& to) {
        if (from == to) return;
        say(fmt::format("{}{} → {}", what, from.empty() ? "-" : from, to.empty() ? "-" : to));
    }
    void counted(std::string_view what, int from, int to) {
        if (from != to) say(fmt::format("{} {} → {}", what, from, to));
    }
    std::string line(std::int64_t micros, const std::string& name) const {
        return printable(
            fmt::format("{}  {}  {}", short_time(micros), name, text_.empty() ? "updated" : text_));
    }

private:
    std::string text_;
};

std::int64_t latest(std::initializer_list<std::int64_t> stamps) { return std::max(stamps); }

std::int64_t last_stamp(const intake::v1::Incident& i) {
    return latest({i.received_at_micros(), i.dispatched_at_micros(), i.acknowledged_at_micros(),
                   i.departed_at_micros(), i.arrived_at_micros(), i.handled_at_micros(),
                   i.closed_at_micros()});
}

std::int64_t last_stamp(const dispatch::v1::Order& order) {
    std::int64_t last = order.sent_at_micros();
    for (const auto& entry : order.entries()) last = std::max(last, entry.recorded_at_micros());
    return last;
}

std::int64_t last_stamp(const publicinfo::v1::Bulletin& b) {
    return latest({b.drafted_at_micros(), b.approved_at_micros(), b.published_at_micros()});
}

}  // namespace

std::string name_of(const intake::v1::Incident& incident) {
    return fmt::format("incident {}",
                       incident.number().empty() ? short_id(incident.id()) : incident.number());
}
std::string name_of(const dispatch::v1::Unit& unit) {
    return unit.call_sign().empty() ? fmt::format("unit {}", unit.id())
                                    : fmt::format("unit {} {}", unit.id(), unit.call_sign());
}
std::string name_of(const dispatch::v1::Order& order) {
    return fmt::format("order {} {}", short_id(order.id()), order.unit_id());
}
std::string name_of(const publicinfo::v1::Bulletin& bulletin) {
    return fmt::format("bulletin {}", short_id(bulletin.id()));
}

std::string name_of(const dispatch::v1::Closure& closure) {
    return fmt::format("closure {}", short_id(closure.id()));
}

std::string change_line(const intake::v1::Incident* before, const intake::v1::Incident& after) {
    Changes changes;
    if (!before) {
        changes.say(fmt::format("new: {}", after.summary()));
        if (after.life_threatening()) changes.say("危及生命!");
        changes.say(place_text(after.place()));
        return changes.line(last_stamp(after), name_of(after));
    }
    changes.moved("", words(before->state()), words(after.state()));
    changes.counted("units", before->orders_size(), after.orders_size());
    changes.counted("reports", static_cast<int>(before->report_count()),
                    static_cast<int>(after.report_count()));
    changes.counted("open demand", before->open_demand_size(), after.open_demand_size());
    changes.moved("place ", place_text(before->place()), place_text(after.place()));
    changes.moved("level ", level_words(before->level()), level_words(after.level()));
    if (after.life_threatening() && !before->life_threatening()) changes.say("危及生命!");
    if (!after.needs_correction() && before->needs_correction()) changes.say("corrected");
    changes.moved("ended as ", words(before->disposition()), words(after.disposition()));
    return changes.line(last_stamp(after), name_of(after));
}

std::string change_line(const dispatch::v1::Unit* before, const dispatch::v1::Unit& after) {
    Changes changes;
    if (!before) {
        changes.say(fmt::format("new: {} {}", words(after.kind()), words(after.status())));
        return changes.line(after.status_since_micros(), name_of(after));
    }
    changes.moved("", words(before->status()), words(after.status()));
    changes.moved("order ", short_id(before->active_order_id()), short_id(after.active_order_id()));
    if (before->crew() != after.crew()) {
        changes.counted("crew", static_cast<int>(before->crew()), static_cast<int>(after.crew()));
    }
    return changes.line(after.status_since_micros(), name_of(after));
}

std::string change_line(const dispatch::v1::Order* before, const dispatch::v1::Order& after) {
    Changes changes;
    if (!before) {
        changes.say(fmt::format("new: {} to {}", words(after.state()), after.incident_number()));
        changes.say(place_text(after.place()));
        changes.say(after.note());
        return changes.line(last_stamp(after), name_of(after));
    }
    changes.moved("", words(before->state()), words(after.state()));
    for (int i = before->entries_size(); i < after.entries_size(); ++i) {
        const auto& entry = after.entries(i);
        if (!entry.moved_state())
            changes.say(fmt::format("kept without moving: {}", words(entry.fact())));
        if (!entry.reason().empty()) changes.say(fmt::format("reason: {}", entry.reason()));
    }
    changes.moved("place ", place_text(before->place()), place_text(after.place()));
    return changes.line(last_stamp(after), name_of(after));
}

std::string change_line(const publicinfo::v1::Bulletin* before,
                        const publicinfo::v1::Bulletin& after) {
    Changes changes;
    const std::string headline = after.texts_size() > 0 ? after.texts(0).headline() : "";
    if (!before) changes.say(fmt::format("new: {}", words(after.kind())));
    changes.moved("", before ? words(before->state()) : "", words(after.state()));
    changes.say(headline);
    return changes.line(last_stamp(after), name_of(after));
}

std::string change_line(const dispatch::v1::Closure* before, const dispatch::v1::Closure& after) {
    Changes changes;
    if (!before) changes.say(fmt::format("new: {}", words(after.reason())));
    changes.moved("", before ? words(before->state()) : "", words(after.state()));
    changes.say(fmt::format("until {}", short_time(after.expires_at_micros())));
    changes.say(after.note());
    return changes.line(latest({after.recorded_at_micros(), after.lifted_at_micros()}),
                        name_of(after));
}

}  // namespace liandong::cli
