#include "common/store/mirror_loader.h"

#include <algorithm>

namespace liandong::store {
namespace {

using namespace std::chrono_literals;
using domain::Kind;

constexpr std::size_t kPage = 500;
constexpr Duration kReadDeadline = 5s;
constexpr Duration kHeldPoll = 20ms;
/// A process that writes alone knows its events before the log tells it: to be told each one at
/// once would cost it and the store two wake-ups a commit.
constexpr Duration kRestWithoutNews = 5ms;
constexpr Duration kBackoff_min = 50ms;
constexpr Duration kBackoff_max = 2s;

std::unexpected<Error> start_over_now() {
    return fail(Code::kAborted, "START_OVER", "the store is another one now");
}

/// The id behind "<16 digits>:" of an ended index, or the whole member of an open one.
std::string id_of_member(const std::string& index, const std::string& member) {
    return index.starts_with("ended.") ? member.substr(std::min<std::size_t>(17, member.size()))
                                       : member;
}

Kind kind_of_index(const std::string& index) {
    for (Kind kind : domain::kIndexed) {
        if (index == domain::open_index(kind) || index == domain::ended_index(kind)) return kind;
    }
    return Kind::kReport;
}

}  // namespace

Task<void> MirrorLoader::run() {
    const std::string scope = context_.scope.tag();
    Duration backoff = kBackoff_min;
    for (;;) {
        while (held_) co_await sleep_for(context_.timers, kHeldPoll);
        Status status = co_await load();
        if (status) {
            backoff = kBackoff_min;
            status = co_await follow();
        }
        context_.log.warn("mirror_restarts", {{"scope", std::string_view(scope)},
                                              {"reason", std::string_view(status.error().reason)}});
        co_await sleep_for(context_.timers, backoff);
        backoff = std::min(backoff * 2, kBackoff_max);
    }
}

void MirrorLoader::start_over() {
    start_over_ = true;
    held_ = true;
    context_.mirror.invalidate();
}

Task<Status> MirrorLoader::load() {
    start_over_ = false;
    const auto end = co_await context_.store.last_seq(context_.timers.now() + kReadDeadline);
    if (!end) co_return fail(end.error());
    context_.mirror.begin_load(*end);
    // One of each in a scope, in no index.
    std::vector<Key> singles = {domain::key_of(domain::Epoch{}),
                                domain::key_of(domain::WorldSetting{})};
    if (auto status = co_await load_keys(std::move(singles)); !status) co_return status;
    const std::string cut = domain::ended_member(context_.clock.now() - kMirrorKeepsEnded, "");
    bool ended_left_out = false;
    for (Kind kind : domain::kIndexed) {
        if (auto status = co_await load_index(domain::open_index(kind), ""); !status)
            co_return status;
        const auto oldest = co_await context_.store.list(domain::ended_index(kind), "", 1,
                                                         context_.timers.now() + kReadDeadline);
        if (!oldest) co_return fail(oldest.error());
        ended_left_out = ended_left_out || (!domain::ends_by_itself(kind) && !oldest->empty() &&
                                            oldest->front() < cut);
        if (auto status = co_await load_index(domain::ended_index(kind), cut); !status)
            co_return status;
    }
    if (auto status = co_await catch_up(); !status) co_return status;
    if (start_over_) co_return start_over_now();
    context_.mirror.finish_load(ended_left_out);
    last_contact_ = context_.timers.now();
    co_return Status{};
}

/// What was read may be newer than the end that was noted first: a view of that end would be of no
/// state that ever was, and could go back on another process.
Task<Status> MirrorLoader::catch_up() {
    const auto end = co_await context_.store.last_seq(context_.timers.now() + kReadDeadline);
    if (!end) co_return fail(end.error());
    while (context_.mirror.revision().seq < *end) {
        const auto entries =
            co_await context_.store.tail(context_.mirror.revision().seq, kPage, tail_wait_);
        // Another master's log may never come to the end that was noted of this one's.
        if (start_over_) co_return start_over_now();
        if (!entries) co_return fail(entries.error());
        for (const LogEntry& entry : *entries) {
            if (auto status = context_.mirror.apply(entry); !status) co_return status;
        }
    }
    co_return Status{};
}

Task<Status> MirrorLoader::load_index(std::string index, std::string after) {
    const Kind kind = kind_of_index(index);
    for (;;) {
        const auto members = co_await context_.store.list(index, after, kPage,
                                                          context_.timers.now() + kReadDeadline);
        if (!members) co_return fail(members.error());
        std::vector<Key> keys;
        for (const std::string& member : *members)
            keys.push_back(Key{kind, id_of_member(index, member)});
        if (auto status = co_await load_keys(std::move(keys)); !status) co_return status;
        if (members->size() < kPage) co_return Status{};
        after = members->back();
    }
}

Task<Status> MirrorLoader::load_keys(std::vector<Key> keys) {
    if (keys.empty()) co_return Status{};
    const auto read =
        co_await context_.store.read(keys, std::nullopt, context_.timers.now() + kReadDeadline);
    if (!read) co_return fail(read.error());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (auto status = context_.mirror.load(keys[i], read->values[i]); !status) co_return status;
    }
    co_return Status{};
}

Task<Status> MirrorLoader::follow() {
    Duration backoff = kBackoff_min;
    for (;;) {
        const auto entries =
            co_await context_.store.tail(context_.mirror.revision().seq, kPage, tail_wait_);
        if (start_over_) co_return start_over_now();
        if (!entries) {
            // The log is another one, or an event cannot be read (a newer release's): from what is
            // stored there is a way past it.
            const Code code = entries.error().code;
            if (code == Code::kAborted || code == Code::kInternal) co_return fail(entries.error());
            // The store is away: what we hold stays true, if old.
            co_await sleep_for(context_.timers, backoff);
            backoff = std::min(backoff * 2, kBackoff_max);
            continue;
        }
        backoff = kBackoff_min;
        last_contact_ = context_.timers.now();
        const bool is_news =
            entries->empty() || entries->back().seq > context_.mirror.revision().seq;
        for (const LogEntry& entry : *entries) {
            if (auto status = context_.mirror.apply(entry); !status) co_return status;
        }
        if (!is_news) co_await sleep_for(context_.timers, kRestWithoutNews);
    }
}

}  // namespace liandong::store
