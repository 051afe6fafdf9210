#include "services/server/options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace liandong::server {
namespace {

std::unexpected<Error> malformed(std::string message) {
    return fail(Code::kInvalidArgument, "OPTION_MALFORMED", std::move(message));
}

Status read_roles(const std::string& text, Options& options) {
    options.intake = options.dispatch = options.publicinfo = false;
    for (const std::string& role : CLI::detail::split(text, ',')) {
        if (role == "intake") {
            options.intake = true;
        } else if (role == "dispatch") {
            options.dispatch = true;
        } else if (role == "publicinfo") {
            options.publicinfo = true;
        } else {
            return malformed(
                fmt::format("--roles: '{}' is none of intake, dispatch, publicinfo", role));
        }
    }
    return {};
}

Status read_scopes(const std::string& text, Options& options) {
    for (const std::string& part : CLI::detail::split(text, ',')) {
        auto scope = domain::parse_scope(part);
        if (!scope) return malformed(fmt::format("--scope: {}", scope.error().message));
        if (std::ranges::find(options.scopes, *scope) != options.scopes.end()) {
            return malformed(fmt::format("--scope: {} is named twice", part));
        }
        options.scopes.push_back(std::move(*scope));
    }
    return {};
}

Status check(const Options& options) {
    const bool has_live = std::ranges::any_of(options.scopes, &domain::Scope::is_live);
    if (options.rate <= 0 || options.rate > 100'000)
        return malformed("--rate: above 0, at most 100000");
    if (has_live && options.rate != 1.0)
        return malformed("--rate: only an exercise may run at another rate than 1");
    if (has_live && options.epoch)
        return malformed("--epoch: only an exercise has a clock of its own");
    if (has_live && options.sealing_key_file.empty()) {
        return malformed("--sealing-key-file: a live scope needs the key that seals personal data");
    }
    return {};
}

}  // namespace

Result<std::optional<Options>> parse_options(int argc, char** argv) {
    CLI::App app{
        "liandong-server: incident intake, unit dispatch and public information of Liandong"};
    app.set_version_flag("--version", std::string("liandong-server ") + LIANDONG_VERSION);
    Options options;
    std::string roles = "intake,dispatch,publicinfo", scopes, epoch;
    double drain_notice_seconds = 0;
    std::int64_t spin_micros = options.spin.count();
    app.add_option("--roles", roles, "Services of this process: intake,dispatch,publicinfo")
        ->capture_default_str();
    app.add_option("--listen", options.listen,
                   "gRPC address, host:port (port 0: a free one) or unix:/path; "
                   "other than loopback only with --token-keys")
        ->capture_default_str();
    app.add_option("--metrics", options.metrics, "Prometheus address, host:port; empty: none")
        ->capture_default_str();
    app.add_option("--redis", options.redis, "unix:/path or tcp:host:port")->capture_default_str();
    app.add_option("--redis-user", options.redis_user, "ACL user; empty: default");
    app.add_option("--redis-password-file", options.redis_password_file,
                   "File with the user's password");
    app.add_option("--scope", scopes,
                   "WORLD.DISTRICT, several with commas; world 'live' is the real one")
        ->required();
    app.add_option("--rate", options.rate, "How fast an exercise's clock runs")
        ->capture_default_str();
    app.add_option("--epoch", epoch,
                   "World time at the first start of an exercise (RFC 3339); default: now");
    app.add_option("--token-keys", options.token_keys,
                   "PEM file with the public keys that sign tokens");
    app.add_option("--sealing-key-file", options.sealing_key_file,
                   "File with 64 hex digits: seals personal data");
    app.add_option("--roads", options.roads_file,
                   "Road map made by `liandong-roads import`; without it, and where it does not "
                   "reach, travel times are by straight line and say so");
    app.add_option("--travel-model", options.travel_model_file,
                   "Travel times calibrated by `liandong-roads calibrate`");
    app.add_option("--log-file", options.log_file, "JSON lines; empty: standard error");
    app.add_option("--log-level", options.log_level, "debug, info, warn or error")
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
        ->capture_default_str();
    app.add_option("--ready-file", options.ready_file,
                   "Written with the bound addresses once serving");
    app.add_option("--drain-notice", drain_notice_seconds,
                   "Seconds between NOT_SERVING and refusing calls, for load balancers")
        ->check(CLI::Range(0.0, 60.0))
        ->capture_default_str();
    app.add_option("--spin-us", spin_micros,
                   "Microseconds that the main loop looks on before it sleeps: quicker answers for "
                   "processor time; 0 where that is scarce")
        ->check(CLI::Range(0, 100'000))
        ->capture_default_str();
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {  // --help, --version
        app.exit(asked);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        return malformed(fmt::format("{} (see --help)", error.what()));
    }
    options.spin = Duration{spin_micros};
    options.drain_notice = Duration{static_cast<std::int64_t>(drain_notice_seconds * 1e6)};
    if (auto status = read_roles(roles, options); !status) return fail(std::move(status.error()));
    if (auto status = read_scopes(scopes, options); !status) return fail(std::move(status.error()));
    if (!epoch.empty()) {
        const auto time = parse_rfc3339(epoch);
        if (!time) return malformed(fmt::format("--epoch: {}", time.error().message));
        options.epoch = *time;
    }
    if (auto status = check(options); !status) return fail(std::move(status.error()));
    return options;
}

}  // namespace liandong::server
