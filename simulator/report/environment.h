#pragma once

#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// Where a replay ran, as (name, value) in order: cpu, cores, kernel, load average now, git commit
/// (of the checkout that holds the working directory). What cannot be found reads "unknown".
std::vector<std::pair<std::string, std::string>> describe_environment();

}  // namespace liandong::simulator
