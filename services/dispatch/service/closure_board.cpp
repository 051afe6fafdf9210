#include "services/dispatch/service/closure_board.h"

#include <algorithm>

namespace liandong::dispatch {

bool ClosureBoard::has_news() const {
    if (closures_.empty() && mirror_.table<domain::Closure>().empty()) return false;
    const auto changed = shown_ ? mirror_.changes_since(*shown_) : std::nullopt;
    return !changed || std::ranges::any_of(*changed, [](const domain::Key& key) {
        return key.kind == domain::Kind::kClosure;
    });
}

const ClosureList& ClosureBoard::closures(Timestamp now) {
    const store::Revision revision = mirror_.revision();
    if (!mirror_.is_ready() || shown_ == revision) return closures_;
    if (has_news()) {
        closures_.clear();
        for (const auto& [id, held] : mirror_.table<domain::Closure>()) {
            if (!is_over(*held.value, now)) closures_.push_back(held.value);
        }
    }
    shown_ = revision;
    return closures_;
}

}  // namespace liandong::dispatch
