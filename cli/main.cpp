// `liandong`, the operator's command line.
#include "cli/run.h"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    try {
        return liandong::cli::run(argc, argv, {std::cout, std::cerr});
    } catch (const std::exception& error) {
        std::cerr << "liandong: a bug: " << error.what() << '\n';
        return liandong::cli::kUnavailableOrUnknown;
    }
}
