#include "common/rpc/inbox.h"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

namespace liandong::rpc {
namespace {

class Note final : public InboxItem {
public:
    void take() override { taken_by->push_back(number); }
    std::vector<int>* taken_by = nullptr;
    int number = 0;
};

TEST(Inbox, GivesItemsInTheOrderTheyCameAndWakesOnce) {
    boost::asio::io_context io;
    const auto inbox = Inbox::make(io.get_executor());
    std::vector<int> taken;
    std::array<Note, 100> notes;
    for (int i = 0; i < 100; ++i) {
        notes[static_cast<std::size_t>(i)].taken_by = &taken;
        notes[static_cast<std::size_t>(i)].number = i;
        inbox->push(notes[static_cast<std::size_t>(i)]);
    }
    EXPECT_EQ(io.run(), 1U);  // one handler for all
    ASSERT_EQ(taken.size(), 100U);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(taken[static_cast<std::size_t>(i)], i);
}

// From many threads, while the loop takes: none is lost, none comes twice, each thread's own stay
// in order.
TEST(Inbox, LosesNothingUnderContention) {
    constexpr int kThreads = 4;
    constexpr int kEach = 5000;
    boost::asio::io_context io;
    const auto inbox = Inbox::make(io.get_executor());
    std::vector<int> taken;
    std::vector<Note> notes(kThreads * kEach);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                Note& note = notes[static_cast<std::size_t>(t * kEach + i)];
                note.taken_by = &taken;
                note.number = t * kEach + i;
                inbox->push(note);
            }
        });
    }
    while (taken.size() < notes.size()) {
        io.restart();
        io.run();
    }
    for (auto& thread : threads) thread.join();
    std::array<int, kThreads> next{};
    for (const int number : taken) {
        EXPECT_EQ(number % kEach, next[static_cast<std::size_t>(number / kEach)]++);
    }
}

}  // namespace
}  // namespace liandong::rpc
