#include "services/intake/policy/catalogue/catalogue_reader.h"

#include "services/intake/policy/duplicates/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace liandong::intake {
namespace {

std::string_view trim(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(separator, at), text.size());
        parts.push_back(trim(text.substr(at, end - at)));
        at = end + 1;
    }
    return parts;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// The value of an enumeration of `count` values that is called `name`.
template <class Enum> std::optional<Enum> named(std::string_view name, int count) {
    for (int i = 0; i < count; ++i) {
        if (to_string(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

bool is_code(std::string_view code) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !code.empty() && code.size() <= 32 && code[0] >= 'a' && code[0] <= 'z' &&
           std::ranges::all_of(code, fits);
}

/// CAP 1.2, 3.2.2 <category>.
constexpr std::array<std::string_view, 12> kCapCategories = {
    "Geo",    "Met", "Safety",    "Security", "Rescue", "Fire",
    "Health", "Env", "Transport", "Infra",    "CBRNE",  "Other"};

std::optional<domain::LevelScale> scale_named(std::string_view name) {
    if (name == "police") return domain::LevelScale::kPolice;
    if (name == "fire_alarm") return domain::LevelScale::kFireAlarm;
    if (name == "incident") return domain::LevelScale::kIncident;
    return std::nullopt;
}

}  // namespace

Result<Catalogue> CatalogueReader::read(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        ++line_;
        if (const auto status = read_line(trim(text.substr(at, end - at))); !status)
            return fail(status.error());
        at = end + 1;
    }
    if (const auto status = end_block(); !status) return fail(status.error());
    for (std::size_t i = 0; i < catalogue_.types_.size(); ++i) catalogue_.by_code_.push_back(i);
    std::ranges::sort(catalogue_.by_code_, {}, [&](std::size_t i) -> const std::string& {
        return catalogue_.types_[i].code;
    });
    return std::move(catalogue_);
}

std::unexpected<Error> CatalogueReader::bad(std::string_view rule, std::string_view what,
                                            int line) const {
    const int where = line == 0 ? line_ : line;
    Error error{Code::kInvalidArgument,
                "CATALOGUE_MALFORMED",
                fmt::format("line {}: {}: {}", where, rule, what),
                {}};
    error.with("line", fmt::to_string(where)).with("rule", std::string(rule));
    return fail(std::move(error));
}

Status CatalogueReader::read_line(std::string_view line) {
    if (line.empty() || line.front() == '#') return {};
    if (line.front() == '[') {
        if (line.back() != ']') return bad("line_form", line);
        if (const auto status = end_block(); !status) return status;
        return begin_block(trim(line.substr(1, line.size() - 2)));
    }
    const auto colon = line.find(':');
    if (colon == line.npos) return bad("line_form", line);
    const std::string_view key = trim(line.substr(0, colon)), value = trim(line.substr(colon + 1));
    if (value.empty()) return bad("line_form", line);
    if (!type_ && !class_block_) return bad("block_missing", line);
    if (class_block_ && key != "lead") return bad("key_unknown", key);
    return read_field(key, value);
}

Status CatalogueReader::begin_block(std::string_view head) {
    in_any_ = head == "any";
    has_class_ = has_level_ = in_any_;
    if (head.starts_with("class ")) {
        class_block_ = named<OperationalClass>(trim(head.substr(6)), 9);
        if (!class_block_) return bad("class_unknown", head);
        class_leads_.emplace_back(*class_block_, std::vector<Lead>{});
        return {};
    }
    if (!is_code(head)) return bad("code_malformed", head);
    if (std::ranges::find(catalogue_.types_, head, &IncidentType::code) != catalogue_.types_.end())
        return bad("code_repeated", head);
    type_.emplace();
    type_->code = head;
    type_->line = line_;
    return {};
}

/// A type without a lead of its own has that of its class.
Status CatalogueReader::end_block() {
    class_block_.reset();
    if (!type_) return {};
    IncidentType type = std::move(*type_);
    type_.reset();
    if (in_any_) {
        catalogue_.any_ = std::move(type);
        return {};
    }
    const auto leads = std::ranges::find(class_leads_, type.operational,
                                         &std::pair<OperationalClass, std::vector<Lead>>::first);
    if (type.leads.empty() && has_class_ && leads != class_leads_.end()) type.leads = leads->second;
    const bool complete = !type.name.chinese.empty() && has_class_ && has_level_ &&
                          !type.cap_category.empty() && !type.leads.empty() && !type.source.empty();
    if (!complete) return bad("field_missing", type.code, type.line);
    catalogue_.types_.push_back(std::move(type));
    return {};
}

Status CatalogueReader::read_field(std::string_view key, std::string_view value) {
    if (key == "lead") return read_lead(value);
    if (key == "name" || key == "ask") return read_name(key, value);
    if (key == "class" || key == "national" || key == "cap" || key == "family" || key == "refer")
        return read_class(key, value);
    if (key == "level") return read_level(value);
    if (key == "rule") return read_rule(value);
    if (key == "needs") return read_needs(value);
    if (key == "eido") {
        type_->eido = value;
    } else if (key == "source") {
        type_->source = value;
    } else if (key == "words" || key == "hazards") {
        auto& list = key == "words" ? type_->words : type_->hazards;
        for (const auto part : split(value, ',')) list.emplace_back(part);
        if (key == "words") {
            for (const std::string& word : type_->words) type_->phrases.push_back(fold_text(word));
        }
    } else {
        return bad("key_unknown", key);
    }
    return {};
}

Status CatalogueReader::read_name(std::string_view key, std::string_view value) {
    const auto parts = split(value, '|');
    if (parts.size() != 2 || parts[0].empty() || parts[1].empty())
        return bad("bilingual_form", value);
    const Bilingual text{std::string(parts[0]), std::string(parts[1])};
    if (key == "name") {
        type_->name = text;
    } else {
        type_->questions.push_back(text);
    }
    return {};
}

Status CatalogueReader::read_class(std::string_view key, std::string_view value) {
    if (key == "class") {
        const auto found = named<OperationalClass>(value, 9);
        if (!found) return bad("class_unknown", value);
        type_->operational = *found;
        has_class_ = true;
    } else if (key == "national") {
        const auto found = named<NationalClass>(value, 5);
        if (!found) return bad("national_unknown", value);
        type_->national = *found;
    } else if (key == "refer") {
        const auto found = named<Referral>(value, 4);
        if (!found || *found == Referral::kNone) return bad("referral_unknown", value);
        type_->referral = *found;
    } else if (key == "cap") {
        if (std::ranges::find(kCapCategories, value) == kCapCategories.end())
            return bad("cap_unknown", value);
        type_->cap_category = value;
    } else {
        for (const auto name : split(value, ',')) {
            const auto family = event_family_named(name);
            if (!family) return bad("family_unknown", name);
            type_->families |= family_bit(*family);
        }
    }
    return {};
}

/// "police 3".
Status CatalogueReader::read_level(std::string_view value) {
    const auto parts = split(value, ' ');
    const auto scale = scale_named(parts[0]);
    const auto code = parts.size() == 2 ? number(parts[1]) : std::nullopt;
    if (!scale || !code || *code == 0 || !domain::is_valid({*scale, *code, ""}))
        return bad("level_malformed", value);
    type_->scale = *scale;
    type_->level_code = *code;
    has_level_ = true;
    return {};
}

/// "2 life when trapped, fire"; level or life may be missing, not both.
Status CatalogueReader::read_rule(std::string_view value) {
    const auto when = value.find("when ");
    if (when == value.npos || !has_level_) return bad("rule_malformed", value);
    PriorityRule rule;
    rule.line = line_;
    for (const auto word : split(trim(value.substr(0, when)), ' ')) {
        const auto code = number(word);
        const bool valid = code && *code > 0 && domain::is_valid({type_->scale, *code, ""});
        if (word == "life")
            rule.life_threatening = true;
        else if (valid)
            rule.level_code = *code;
        else
            return bad("rule_malformed", value);
    }
    for (const auto name : split(value.substr(when + 5), ',')) {
        const auto fact = fact_named(name);
        if (!fact) return bad("fact_unknown", name);
        rule.facts |= fact_bit(*fact);
    }
    type_->rules.push_back(rule);
    return {};
}

/// "pump 2, rescue"; at most 99 of each.
Status CatalogueReader::read_needs(std::string_view value) {
    for (const auto part : split(value, ',')) {
        const auto words = split(part, ' ');
        const auto count = words.size() == 2 ? number(words[1]) : std::optional(1);
        if (words.size() > 2 || !count || *count < 1 || *count > 99 || !is_code(words[0]))
            return bad("need_malformed", part);
        type_->needs.push_back({std::string(words[0]), *count});
    }
    return {};
}

/// "phase | agency | law | checked"; the last is "checked" or "to check".
Status CatalogueReader::read_lead(std::string_view value) {
    const auto parts = split(value, '|');
    const bool form = parts.size() == 4 && (parts[3] == "checked" || parts[3] == "to check") &&
                      !parts[0].empty() && !parts[1].empty() && !parts[2].empty();
    if (!form) return bad("lead_malformed", value);
    const Lead lead{std::string(parts[0]), std::string(parts[1]), std::string(parts[2]),
                    parts[3] == "checked"};
    auto& leads = class_block_ ? class_leads_.back().second : type_->leads;
    leads.push_back(lead);
    return {};
}

}  // namespace liandong::intake
