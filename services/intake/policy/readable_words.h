#pragma once

#include <string>
#include <string_view>

namespace liandong::intake {

/// Words of a report as people read them: the one place that decides it.
struct ReadableWords {
    std::string text;       ///< UTF-8
    bool is_guess = false;  ///< neither UTF-8 nor what their charset says
};

/// UTF-8 as it is; else by the named charset; else guessed as GB 18030, since old text links send
/// GBK without saying so; else with bad bytes replaced.
ReadableWords readable_words(const std::string& words, std::string_view charset);

}  // namespace liandong::intake
