# liandong_library(NAME folder SOURCES … DEPS …)       one static library a folder: liandong::<folder>
# liandong_binary(NAME … SOURCES … DEPS …)             a program in build/<preset>/bin
# liandong_test(NAME … SOURCES … DEPS … LABELS …)      a GoogleTest program, one ctest entry a case

function(liandong_library)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEPS" ${ARGN})
    add_library(liandong_${ARG_NAME} STATIC ${ARG_SOURCES})
    add_library(liandong::${ARG_NAME} ALIAS liandong_${ARG_NAME})
    target_include_directories(liandong_${ARG_NAME} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(liandong_${ARG_NAME} PUBLIC ${ARG_DEPS} PRIVATE liandong_warnings)
endfunction()

function(liandong_binary)
    cmake_parse_arguments(ARG "" "NAME" "SOURCES;DEPS" ${ARGN})
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    target_include_directories(${ARG_NAME} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS} liandong_warnings)
endfunction()

include(GoogleTest)
add_custom_target(tsan_tests)

function(liandong_test)
    cmake_parse_arguments(ARG "" "NAME;TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
    add_executable(${ARG_NAME} ${ARG_SOURCES})
    target_include_directories(${ARG_NAME} PRIVATE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${ARG_NAME} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main liandong_warnings)
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    # A list of labels survives gtest_discover_tests only when escaped once for each of its expansions
    # (CMake 3.25: seven); with fewer, ctest sees the first label alone and misreads what follows.
    string(REPEAT "\\" 7 escape)
    string(REPLACE ";" "${escape};" labels "${ARG_LABELS}")
    gtest_discover_tests(${ARG_NAME}
        DISCOVERY_MODE PRE_TEST
        PROPERTIES LABELS "${labels}" TIMEOUT ${ARG_TIMEOUT} FAIL_REGULAR_EXPRESSION "SKIPPED")
    if("tsan" IN_LIST ARG_LABELS)
        add_dependencies(tsan_tests ${ARG_NAME})
    endif()
endfunction()
