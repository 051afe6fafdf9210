# cmake -DIN=data.txt -DOUT=data.cpp -DHEADER=… -DNAMESPACE=… -DFUNCTION=… -P embed_text.cmake: a text file as the
# std::string_view that `FUNCTION` of `HEADER` gives.
file(READ "${IN}" text)
file(WRITE "${OUT}.new" "#include \"${HEADER}\"

namespace ${NAMESPACE} {

std::string_view ${FUNCTION}() {
    return R\"DATA(${text})DATA\";
}

}  // namespace ${NAMESPACE}
")
file(COPY_FILE "${OUT}.new" "${OUT}")
