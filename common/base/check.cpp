#include "common/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace liandong::detail {

void check_failed(std::string_view expression, std::string_view file, int line) {
    std::fprintf(stderr, "CHECK failed: %.*s at %.*s:%d\n", static_cast<int>(expression.size()),
                 expression.data(), static_cast<int>(file.size()), file.data(), line);
    std::abort();
}

}  // namespace liandong::detail
