#pragma once

#include "common/base/error.h"
#include "liandong/common/v1/types.pb.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::api {

inline constexpr std::size_t kPageSize_max = 500;
inline constexpr std::size_t kPageSize_default = 100;

struct Page {
    std::size_t size = kPageSize_default;
    std::string after;  ///< sort key of the last item of the page before; empty: first page
};

/// INVALID_ARGUMENT / PAGE_SIZE_OUT_OF_RANGE (field "page.size") or PAGE_TOKEN_MALFORMED
/// ("page.token").
Result<Page> read_page(const liandong::common::v1::PageRequest& request);

/// Whether there is a next page: lists are asked for one item more than a page holds, and this
/// takes it off again.
template <class Item> bool trim_to_page(std::vector<Item>& items, const Page& page) {
    if (items.size() <= page.size) return false;
    items.resize(page.size);
    return true;
}

/// The opaque token behind a sort key: lower-case hex of the key and a check byte.
std::string page_token(std::string_view after);

}  // namespace liandong::api
