#pragma once

#include "common/store/scope_context.h"
#include "liandong/common/v1/types.pb.h"

namespace liandong::api {

liandong::common::v1::Revision revision(store::Revision revision);

/// Header of an answer that reads: the mirror's revision, or the one given.
liandong::common::v1::ResponseHeader read_header(const store::ScopeContext& context);
liandong::common::v1::ResponseHeader read_header(const store::ScopeContext& context,
                                                 store::Revision revision);

/// Header of an answer to a change: it is fsynced on the primary (`store::Store::commit`), hence
/// LOCAL.
liandong::common::v1::ResponseHeader mutation_header(const store::ScopeContext& context,
                                                     store::Revision revision);

/// Waits for the revision that the caller asks to see at least. See `store::reach`.
Task<Status> reach(store::ScopeContext& context, liandong::common::v1::ReadHeader header,
                   MonotonicTime deadline);

}  // namespace liandong::api
