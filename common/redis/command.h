#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace liandong::redis {

/// One command being written in RESP (arrays of bulk strings). Arguments are any bytes.
class Command {
public:
    Command() = default;
    Command(std::initializer_list<std::string_view> args);

    Command& arg(std::string_view bytes);
    Command& arg(std::uint64_t number);
    /// Appends `count` arguments that `Command` encoded before (`body()` of another one).
    Command& append(std::string_view encoded, std::size_t count);

    std::size_t size() const { return count_; }
    /// The encoded arguments, without the head that says how many.
    const std::string& body() const { return body_; }
    void reserve(std::size_t bytes) { body_.reserve(bytes); }

    /// Writes the whole command behind `out`.
    void write_to(std::string& out) const;

private:
    std::string body_;
    std::size_t count_ = 0;
};

}  // namespace liandong::redis
