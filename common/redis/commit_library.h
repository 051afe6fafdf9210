#pragma once

#include <string_view>

namespace liandong::redis {

/// The source of the Functions library (`functions/commit.lua`, byte for byte), built into the
/// program.
std::string_view commit_library_code();

/// Names that the source registers.
inline constexpr std::string_view kCommitLibrary = "liandong_v1";
inline constexpr std::string_view kCommitFunction = "liandong_commit_v1";

}  // namespace liandong::redis
