#pragma once

#include "common/store/mirror_loader.h"
#include "common/store/scope_context.h"

#include <string>

namespace liandong::store {

/// Keeps a scope's epoch and mirror in step with the Redis master that its store speaks to. Another
/// master may have lost a suffix of the log, and may number other commits as the lost ones were.
class EpochKeeper {
public:
    /// Both must outlive it.
    EpochKeeper(ScopeContext& context, MirrorLoader& loader) : context_(context), loader_(loader) {}

    /// The store speaks to this master from now on; to be called before anything is sent to it. Is
    /// it another one than before, then the mirror is useless at once, since a version that it
    /// holds may name another commit there; it is filled anew when the epoch has been raised, so
    /// that no two states are told under one revision.
    void connected(const std::string& master_replid);

    /// Raises the epoch where the stored one is another master's. To be awaited once, when the
    /// process opens the scope; from then on `connected` sees to it.
    Task<void> open();

private:
    Task<void> raise(std::string master_replid);

    ScopeContext& context_;
    MirrorLoader& loader_;
    std::string master_replid_;
    bool is_open_ = false;
};

}  // namespace liandong::store
