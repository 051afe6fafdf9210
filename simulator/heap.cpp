/// Read by jemalloc at start: pages that virtual worlds gave back are kept, and huge, since the
/// next evening wants them at once and a page fault costs more than most events. Without jemalloc
/// (under sanitizers) nobody reads it.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "thp:always,dirty_decay_ms:-1,muzzy_decay_ms:-1";
}
