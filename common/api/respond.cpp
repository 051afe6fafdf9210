#include "common/api/respond.h"

namespace liandong::api {

namespace pb = liandong::common::v1;

pb::Revision revision(store::Revision revision) {
    pb::Revision out;
    out.set_epoch(revision.epoch);
    out.set_seq(revision.seq);
    return out;
}

pb::ResponseHeader read_header(const store::ScopeContext& context, store::Revision at) {
    pb::ResponseHeader header;
    *header.mutable_revision() = revision(at);
    header.set_server_time_micros(to_micros(context.clock.now()));
    return header;
}

pb::ResponseHeader read_header(const store::ScopeContext& context) {
    return read_header(context, context.mirror.revision());
}

pb::ResponseHeader mutation_header(const store::ScopeContext& context, store::Revision at) {
    pb::ResponseHeader header = read_header(context, at);
    header.set_durability(pb::DURABILITY_LOCAL);
    return header;
}

Task<Status> reach(store::ScopeContext& context, pb::ReadHeader header, MonotonicTime deadline) {
    const store::Revision wanted{header.min_revision().epoch(), header.min_revision().seq()};
    co_return co_await store::reach(context, wanted, deadline);
}

}  // namespace liandong::api
