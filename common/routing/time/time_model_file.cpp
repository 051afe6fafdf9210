#include "common/routing/time/time_model.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

namespace liandong::routing {
namespace {

namespace json = boost::json;

constexpr std::string_view kFormat = "liandong-travel-model";
constexpr std::int64_t kVersion = 1;
constexpr double kLog_max = 20;  // of any term: a factor of 500 million is no travel time
constexpr double kSeconds_max = 1e6;
constexpr std::size_t kGroups_max = 100;
constexpr std::size_t kWord_max = 64;
constexpr std::size_t kName_max = 200;

json::array numbers(std::span<const double> values) {
    return json::array(values.begin(), values.end());
}

json::object calibration_json(Profile profile, const Calibration& calibration) {
    json::object gamma, group;
    for (std::size_t i = 0; i < kRoadClasses; ++i)
        gamma[to_string(static_cast<RoadClass>(i))] = calibration.gamma[i];
    for (const auto& [name, value] : calibration.group) group[name] = value;
    return {{"profile", to_string(profile)},
            {"trips", calibration.trips},
            {"alpha", calibration.alpha},
            {"beta", calibration.beta},
            {"gamma", std::move(gamma)},
            {"delta", numbers(calibration.delta)},
            {"group", std::move(group)},
            {"residuals", numbers(calibration.residuals.at)},
            {"road_seconds_max", calibration.road_seconds_max}};
}

json::object turnout_json(const std::string& group,
                          const std::array<TurnoutTable::Entry, kHourBands>& entries) {
    json::array bands;
    for (const TurnoutTable::Entry& entry : entries)
        bands.push_back(
            json::object{{"trips", entry.trips}, {"seconds", numbers(entry.seconds.at)}});
    return {{"group", group}, {"bands", std::move(bands)}};
}

std::unexpected<Error> malformed(const std::string& field, std::string_view what) {
    return fail(fail(Code::kInvalidArgument, "TRAVEL_MODEL_MALFORMED",
                     fmt::format("the travel model's {} {}", field, what))
                    .error()
                    .with("field", field));
}

/// Reads one object's fields. The first fault is kept and everything after it reads as 0, so that
/// fields are named one after another and the fault is asked for once.
class Fields {
public:
    Fields(const json::value* value, std::string path, std::optional<Error>& fault)
        : object_(value == nullptr ? nullptr : value->if_object()),
          path_(std::move(path)),
          fault_(fault) {
        if (object_ == nullptr) refuse("", "is not an object");
    }

    const json::value* find(std::string_view key) const {
        return object_ == nullptr ? nullptr : object_->if_contains(key);
    }
    Fields child(std::string_view key) { return {find(key), at(key), fault_}; }

    double number(std::string_view key, double low, double high) {
        return number_of(find(key), key, low, high);
    }
    std::size_t count(std::string_view key) {
        const auto* value = find(key);
        if (value != nullptr && value->is_int64() && value->get_int64() >= 0)
            return static_cast<std::size_t>(value->get_int64());
        refuse(key, "is no count");
        return 0;
    }
    std::string text(std::string_view key, std::size_t bytes_max) {
        const auto* value = find(key);
        if (value != nullptr && value->is_string() && value->get_string().size() <= bytes_max)
            return std::string(value->get_string());
        refuse(key, "is no text of the allowed length");
        return {};
    }
    void numbers(std::string_view key, std::span<double> out, double low, double high) {
        const json::array* list = array(key, out.size(), out.size());
        for (std::size_t i = 0; list != nullptr && i < out.size(); ++i)
            out[i] = number_of(&(*list)[i], key, low, high);
    }
    QuantileCurve curve(std::string_view key, double low, double high) {
        QuantileCurve curve;
        numbers(key, curve.at, low, high);
        if (!std::ranges::is_sorted(curve.at)) refuse(key, "falls");
        return curve;
    }
    /// nullptr: refused.
    const json::array* array(std::string_view key, std::size_t low, std::size_t high) {
        const auto* value = find(key);
        const auto* list = value == nullptr ? nullptr : value->if_array();
        if (list != nullptr && list->size() >= low && list->size() <= high) return list;
        refuse(key, "is no list of the right length");
        return nullptr;
    }
    std::map<std::string, double, std::less<>> by_word(std::string_view key, double low,
                                                       double high) {
        std::map<std::string, double, std::less<>> found;
        const auto* value = find(key);
        const auto* object = value == nullptr ? nullptr : value->if_object();
        if (object == nullptr || object->size() > kGroups_max) {
            refuse(key, "is no object of the allowed size");
            return found;
        }
        for (const auto& pair : *object) {
            const std::string word(pair.key());
            if (word.size() > kWord_max) refuse(key, "has a key that is too long");
            found[word] = number_of(&pair.value(), key, low, high);
        }
        return found;
    }
    void refuse(std::string_view key, std::string_view what) {
        if (!fault_) fault_ = malformed(at(key), what).error();
    }
    std::string at(std::string_view key) const {
        return path_.empty() || key.empty() ? path_ + std::string(key)
                                            : fmt::format("{}.{}", path_, key);
    }

private:
    double number_of(const json::value* value, std::string_view key, double low, double high) {
        if (value != nullptr && value->is_number()) {
            const double number = value->to_number<double>();
            if (number >= low && number <= high) return number;
        }
        refuse(key, fmt::format("is no number in [{}, {}]", low, high));
        return 0;
    }

    const json::object* object_;
    std::string path_;
    std::optional<Error>& fault_;
};

std::optional<Profile> profile_of(std::string_view word) {
    for (std::size_t i = 0; i < kProfiles; ++i) {
        if (word == to_string(static_cast<Profile>(i))) return static_cast<Profile>(i);
    }
    return std::nullopt;
}

Calibration read_calibration(Fields& fields) {
    Calibration read;
    read.trips = fields.count("trips");
    read.alpha = fields.number("alpha", -kLog_max, kLog_max);
    read.beta = fields.number("beta", 0.2, 1.2);
    Fields gamma = fields.child("gamma");
    for (std::size_t i = 0; i < kRoadClasses; ++i)
        read.gamma[i] = gamma.number(to_string(static_cast<RoadClass>(i)), -kLog_max, kLog_max);
    fields.numbers("delta", read.delta, -kLog_max, kLog_max);
    read.group = fields.by_word("group", -kLog_max, kLog_max);
    read.residuals = fields.curve("residuals", -kLog_max, kLog_max);
    read.road_seconds_max = fields.number("road_seconds_max", Calibration::kRoadSeconds_min, 1e9);
    return read;
}

void read_calibrations(Fields& top, TimeModel& model, std::optional<Error>& fault) {
    const json::array* list = top.array("calibrations", 0, kProfiles);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        Fields fields(&(*list)[i], fmt::format("calibrations[{}]", i), fault);
        const auto profile = profile_of(fields.text("profile", kWord_max));
        if (!profile) {
            fields.refuse("profile", "is none of emergency, car, bicycle, foot");
        } else if (model.is_calibrated(*profile)) {
            fields.refuse("profile", "is there twice");
        } else {
            model.calibrations[index_of(*profile)] = read_calibration(fields);
        }
    }
}

void read_turnout(Fields& top, TimeModel& model, std::optional<Error>& fault) {
    const json::array* list = top.array("turnout", 0, kGroups_max);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
        Fields fields(&(*list)[i], fmt::format("turnout[{}]", i), fault);
        auto& entries = model.turnout.by_group[fields.text("group", kWord_max)];
        const json::array* bands = fields.array("bands", kHourBands, kHourBands);
        for (std::size_t band = 0; bands != nullptr && band < kHourBands; ++band) {
            Fields entry(&(*bands)[band], fields.at(fmt::format("bands[{}]", band)), fault);
            entries[band].trips = entry.count("trips");
            entries[band].seconds = entry.curve("seconds", 0, kSeconds_max);
        }
    }
}

}  // namespace

std::string to_json(const TimeModel& model) {
    json::array calibrations, turnout;
    for (std::size_t i = 0; i < kProfiles; ++i) {
        if (const auto& own = model.calibrations[i])
            calibrations.push_back(calibration_json(static_cast<Profile>(i), *own));
    }
    for (const auto& [group, entries] : model.turnout.by_group)
        turnout.push_back(turnout_json(group, entries));
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(model.utc_offset);
    const json::object top{{"format", kFormat},
                           {"version", kVersion},
                           {"name", model.name},
                           {"utc_offset_minutes", minutes.count()},
                           {"calibrations", std::move(calibrations)},
                           {"turnout", std::move(turnout)}};
    return json::serialize(top) + "\n";
}

Result<TimeModel> parse_time_model(std::string_view text) {
    if (text.size() > kTimeModelBytes_max) return malformed("file", "is larger than 4 MiB");
    boost::json::error_code error;
    const json::value value = json::parse(text, error);
    if (error) return malformed("file", fmt::format("is no JSON: {}", error.message()));
    std::optional<Error> fault;
    Fields top(&value, "", fault);
    if (top.text("format", kWord_max) != kFormat) top.refuse("format", "is another one");
    if (top.count("version") != kVersion) top.refuse("version", "is not 1");
    TimeModel model;
    model.name = top.text("name", kName_max);
    const auto minutes = top.number("utc_offset_minutes", -14 * 60, 14 * 60);
    model.utc_offset = std::chrono::minutes{std::lround(minutes)};
    read_calibrations(top, model, fault);
    read_turnout(top, model, fault);
    if (fault) return fail(std::move(*fault));
    return model;
}

Result<TimeModel> load_time_model(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text;
    if (in) text.assign(std::istreambuf_iterator<char>(in), {});
    if (!in || in.bad())
        return fail(Code::kNotFound, "TRAVEL_MODEL_UNREADABLE",
                    fmt::format("cannot read {}", file));
    return parse_time_model(text);
}

}  // namespace liandong::routing
