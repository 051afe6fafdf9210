#pragma once

#include "services/intake/policy/catalogue/catalogue.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// Reads the catalogue's file, line by line; see the head of `incident_types.txt`.
class CatalogueReader {
public:
    Result<Catalogue> read(std::string_view text);

private:
    Status read_line(std::string_view line);
    Status begin_block(std::string_view head);
    Status end_block();
    Status read_field(std::string_view key, std::string_view value);
    Status read_name(std::string_view key, std::string_view value);
    Status read_class(std::string_view key, std::string_view value);
    Status read_level(std::string_view value);
    Status read_rule(std::string_view value);
    Status read_needs(std::string_view value);
    Status read_lead(std::string_view value);
    std::unexpected<Error> bad(std::string_view rule, std::string_view what, int line = 0) const;

    Catalogue catalogue_;
    std::optional<IncidentType> type_;
    std::vector<std::pair<OperationalClass, std::vector<Lead>>> class_leads_;
    std::optional<OperationalClass> class_block_;
    bool in_any_ = false, has_class_ = false, has_level_ = false;
    int line_ = 0;
};

}  // namespace liandong::intake
