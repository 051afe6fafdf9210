#include "common/async/spawn.h"

#include <cstdio>
#include <cstdlib>

namespace liandong {

void spawn_forever(Executor executor, Task<void> task, const char* what) {
    spawn(std::move(executor), std::move(task), [what](std::exception_ptr failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "task %s threw: %s\n", what, error.what());
        }
        std::abort();
    });
}

}  // namespace liandong
