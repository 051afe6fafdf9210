# cmake -DIN=commit.lua -DOUT=commit_library.cpp -P embed.cmake: the Lua source as a C++ string, so that there is one.
file(READ "${IN}" code)
file(WRITE "${OUT}.new" "#include \"common/redis/commit_library.h\"

namespace liandong::redis {

std::string_view commit_library_code() {
    return R\"LUA(${code})LUA\";
}

}  // namespace liandong::redis
")
file(COPY_FILE "${OUT}.new" "${OUT}")
