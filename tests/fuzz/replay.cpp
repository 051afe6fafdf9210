#include "common/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace liandong::fuzz {
namespace {

constexpr int kMutations = 400;

/// Copied, so that a sanitizer sees one byte too far.
void feed(const std::string& bytes) {
    const std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
    EXPECT_EQ(LLVMFuzzerTestOneInput(copy.data(), copy.size()), 0);
}

std::vector<std::string> corpus() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(LIANDONG_CORPUS))
        files.push_back(entry.path());
    std::ranges::sort(files);
    std::vector<std::string> inputs;
    for (const auto& path : files) {
        std::ifstream file(path, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

std::string mutated(std::string bytes, const std::string& other, Random& random) {
    for (std::uint64_t change = 1 + random.below(4); change > 0 && !bytes.empty(); --change) {
        const std::size_t at = random.below(bytes.size());
        switch (random.below(6)) {
        case 0: bytes[at] = static_cast<char>(random.below(256)); break;
        case 1: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random.below(8))); break;
        case 2: bytes.erase(at, 1 + random.below(16)); break;
        case 3: bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(32))); break;
        case 4: bytes.resize(at); break;
        default: bytes.insert(at, other.substr(random.below(other.size() + 1), random.below(64)));
        }
    }
    return bytes;
}

// What a fuzzer found once, and whatever the corpus holds, passes; so do its seeded mutations.
TEST(Fuzz, TheCorpusAndItsMutationsPass) {
    const std::vector<std::string> inputs = corpus();
    ASSERT_FALSE(inputs.empty()) << "no corpus in " << LIANDONG_CORPUS;
    feed("");
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        feed(inputs[i]);
        SeededRandom random(i + 1);
        for (int n = 0; n < kMutations; ++n)
            feed(mutated(inputs[i], inputs[random.below(inputs.size())], random));
    }
}

}  // namespace
}  // namespace liandong::fuzz
