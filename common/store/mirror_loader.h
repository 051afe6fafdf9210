#pragma once

#include "common/store/scope_context.h"

namespace liandong::store {

/// Fills a scope's mirror and keeps it current: notes the log's end, lists and reads what is open
/// and what ended within 72 h, then follows the log. Starts over when the log went back (failover)
/// or a gap shows. Retries for ever with backoff from 50 ms to 2 s. Runs until its io_context ends.
class MirrorLoader {
public:
    explicit MirrorLoader(ScopeContext& context) : context_(context) {}
    Task<void> run();

    /// Monotonic time of the last answer from the store's log; how stale the mirror may be.
    MonotonicTime last_contact() const { return last_contact_; }

private:
    Task<Status> load();
    Task<Status> load_index(std::string index, std::string after);
    Task<Status> load_keys(std::vector<Key> keys);
    Task<Status> follow();

    ScopeContext& context_;
    MonotonicTime last_contact_{};
};

}  // namespace liandong::store
