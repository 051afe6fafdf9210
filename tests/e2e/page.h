#pragma once

#include <optional>
#include <string>

namespace liandong::test {

/// The body of `GET http://<address>/metrics`; "host:port". Empty when nobody answers 200.
std::string metrics_page(const std::string& address);

/// The value of the sample `name` (labels and all, as in the page) or, without braces, of the first
/// sample of that name.
std::optional<double> sample(const std::string& page, const std::string& name);

}  // namespace liandong::test
