#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/domain/scope.h"

#include <optional>
#include <string>
#include <vector>

namespace liandong::server {

struct Options {
    bool intake = true;
    bool dispatch = true;
    bool publicinfo = true;
    std::string listen = "127.0.0.1:7420";
    std::string metrics = "127.0.0.1:7421";  ///< empty: none
    std::string redis = "tcp:127.0.0.1:6379";
    std::string redis_user;
    std::string redis_password_file;
    std::vector<domain::Scope> scopes;
    double rate = 1.0;
    std::optional<Timestamp> epoch;  ///< world time at the first start of an exercise
    std::string token_keys;  ///< PEM file; empty: principals come from metadata, loopback only
    std::string sealing_key_file;   ///< 64 hex digits
    std::string roads_file;         ///< of `liandong-roads import`; empty: none
    std::string travel_model_file;  ///< of `liandong-roads calibrate`; empty: none
    std::string log_file;           ///< empty: standard error
    std::string log_level = "info";
    std::string ready_file;
    Duration drain_notice{0};
    Duration spin{1'000};  ///< `run_loop`
};

/// Reads the command line. nullopt: help or version was asked for and printed. INVALID_ARGUMENT /
/// OPTION_MALFORMED with one line for people.
Result<std::optional<Options>> parse_options(int argc, char** argv);

}  // namespace liandong::server
