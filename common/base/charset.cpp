#include "common/base/charset.h"

#include "common/base/utf8.h"

#include <iconv.h>

#include <cctype>
#include <memory>

namespace liandong {
namespace {

std::string lower(std::string_view text) {
    std::string out;
    for (char c : text) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

struct Converter {
    explicit Converter(const char* from) : handle(iconv_open("UTF-8", from)) {}
    ~Converter() {
        if (is_open()) iconv_close(handle);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    // iconv_open says failure with (iconv_t)-1.
    bool is_open() const { return handle != reinterpret_cast<iconv_t>(-1); }
    iconv_t handle;
};

}  // namespace

std::optional<std::string> decode_text(std::string_view bytes, std::string_view charset) {
    const std::string name = lower(charset);
    if (name == "utf-8" || name == "utf8") {
        return is_utf8(bytes) ? std::optional<std::string>(bytes) : std::nullopt;
    }
    if (name != "gbk" && name != "gb18030") return std::nullopt;
    // GB 18030 contains GBK.
    const Converter converter("GB18030");
    if (!converter.is_open()) return std::nullopt;
    std::string in(bytes), out(bytes.size() * 4 + 4, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t from_left = in.size(), to_left = out.size();
    if (iconv(converter.handle, &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1))
        return std::nullopt;
    out.resize(out.size() - to_left);
    return out;
}

}  // namespace liandong
