# The one place that knows about compilers, sanitizers and caches.

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
    message(FATAL_ERROR "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles coroutines; use clang 19: "
                        "run `make bootstrap`, then `cmake --preset release`.")
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR "clang ${CMAKE_CXX_COMPILER_VERSION} is too old; need clang 19: run `make bootstrap`.")
endif()
if(CMAKE_SOURCE_DIR STREQUAL CMAKE_BINARY_DIR)
    message(FATAL_ERROR "Build outside the source tree: `cmake --preset release`.")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/lib")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")

option(LIANDONG_FUZZ "Build the libFuzzer targets" OFF)
option(LIANDONG_COVERAGE "Instrument for llvm-cov" OFF)
set(LIANDONG_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")

if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_link_options(-fuse-ld=lld-19)
    # Same object code wherever the tree lies, so that ccache hits across checkouts.
    add_compile_options("-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.")
endif()
if(LIANDONG_SANITIZE)
    add_compile_options(-fsanitize=${LIANDONG_SANITIZE} -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${LIANDONG_SANITIZE})
endif()
if(LIANDONG_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(LIANDONG_COVERAGE)
    add_compile_options(-fprofile-instr-generate -fcoverage-mapping)
    add_link_options(-fprofile-instr-generate)
endif()

find_program(LIANDONG_CCACHE ccache)
if(LIANDONG_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros ${LIANDONG_CCACHE})
endif()

# What our own code is compiled with; generated code is not.
add_library(liandong_warnings INTERFACE)
target_compile_options(liandong_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wconversion -Wno-sign-conversion -Wimplicit-fallthrough)
