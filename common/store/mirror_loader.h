#pragma once

#include "common/store/scope_context.h"

namespace liandong::store {

/// Fills a scope's mirror and keeps it current: notes the log's end, lists and reads what is open
/// and what ended within 72 h, applies what the log got meanwhile, then follows the log. Starts
/// over when the log went back (failover) or a gap shows. Retries for ever with backoff from 50 ms
/// to 2 s; when the log brings only what this process committed itself, rests 5 ms before it asks
/// again. Runs until its io_context ends.
class MirrorLoader {
public:
    /// `tail_wait`: how long the store may wait for the next event before it answers that there is
    /// none; a silent store is noticed no earlier.
    explicit MirrorLoader(ScopeContext& context, Duration tail_wait = std::chrono::seconds{1})
        : context_(context), tail_wait_(tail_wait) {}
    Task<void> run();

    /// The mirror is not ready from now on. It is filled anew after `go_on`, from a log that then
    /// says which epoch it is of.
    void start_over();
    void go_on() { held_ = false; }

    /// Monotonic time of the last answer from the store's log; how stale the mirror may be.
    MonotonicTime last_contact() const { return last_contact_; }

private:
    Task<Status> load();
    Task<Status> load_index(std::string index, std::string after);
    Task<Status> load_keys(std::vector<Key> keys);
    Task<Status> catch_up();
    Task<Status> follow();

    ScopeContext& context_;
    Duration tail_wait_;
    MonotonicTime last_contact_{};
    bool start_over_ = false;
    bool held_ = false;
};

}  // namespace liandong::store
