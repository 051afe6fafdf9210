#include "tests/e2e/page.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <cstdlib>
#include <sstream>

namespace liandong::test {

namespace asio = boost::asio;

std::string metrics_page(const std::string& address) {
    const auto colon = address.rfind(':');
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    asio::ip::tcp::resolver resolver(io);
    asio::connect(socket, resolver.resolve(address.substr(0, colon), address.substr(colon + 1)));
    asio::write(socket, asio::buffer(std::string("GET /metrics HTTP/1.1\r\nHost: x\r\n"
                                                 "Connection: close\r\n\r\n")));
    std::string reply;
    boost::system::error_code end;
    asio::read(socket, asio::dynamic_buffer(reply), end);
    const auto body = reply.find("\r\n\r\n");
    if (!reply.starts_with("HTTP/1.1 200") || body == std::string::npos) return {};
    return reply.substr(body + 4);
}

std::optional<double> sample(const std::string& page, const std::string& name) {
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name)) continue;
        const char next = line.size() > name.size() ? line[name.size()] : '\0';
        if (next != ' ' && next != '{') continue;
        return std::strtod(line.c_str() + line.rfind(' '), nullptr);
    }
    return std::nullopt;
}

}  // namespace liandong::test
