#include "common/redis/command.h"

#include <array>
#include <charconv>

namespace liandong::redis {
namespace {

void append_number(std::string& out, char mark, std::uint64_t number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out += mark;
    out.append(digits.data(), end);
    out += "\r\n";
}

}  // namespace

Command::Command(std::initializer_list<std::string_view> args) {
    for (const std::string_view bytes : args) arg(bytes);
}

Command& Command::arg(std::string_view bytes) {
    append_number(body_, '$', bytes.size());
    body_ += bytes;
    body_ += "\r\n";
    ++count_;
    return *this;
}

Command& Command::arg(std::uint64_t number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return arg(std::string_view(digits.data(), end));
}

Command& Command::append(std::string_view encoded, std::size_t count) {
    body_ += encoded;
    count_ += count;
    return *this;
}

void Command::write_to(std::string& out) const {
    append_number(out, '*', count_);
    out += body_;
}

}  // namespace liandong::redis
