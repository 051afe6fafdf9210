#include "tests/unit/dispatch/dispatch_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <optional>
#include <string>

namespace liandong::dispatch {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using Sink = test::CollectingSink<pb::WatchBoardResponse>;

/// What a console holds after the messages it was sent. Says when something comes twice.
class Console {
public:
    void take(const std::vector<pb::WatchBoardResponse>& messages) {
        for (const auto& message : messages) {
            if (message.has_handshake() && message.handshake().snapshot_follows()) shown_.clear();
            for (const auto& incident : message.incidents())
                show("incident/" + incident.id(), incident.version());
            for (const auto& unit : message.units()) show("unit/" + unit.id(), unit.version());
            for (const auto& order : message.orders()) show("order/" + order.id(), order.version());
            for (const auto& removal : message.removals())
                shown_.erase(removal.kind() + "/" + removal.id());
            if (message.has_resume()) resume_ = message.resume();
        }
    }
    const std::map<std::string, std::uint64_t>& shown() const { return shown_; }
    const common_pb::Revision& resume() const { return resume_; }
    int repeats() const { return repeats_; }

private:
    void show(const std::string& key, std::uint64_t version) {
        const auto [at, is_new] = shown_.try_emplace(key, version);
        if (!is_new && at->second >= version) ++repeats_;
        at->second = version;
    }
    std::map<std::string, std::uint64_t> shown_;
    common_pb::Revision resume_;
    int repeats_ = 0;
};

class WatchBoard : public DispatchFixture {
protected:
    WatchBoard() { import({"u1", "u2"}); }

    void watch(Sink& sink, std::optional<common_pb::Revision> resume = {}, std::string area = "") {
        pb::WatchBoardRequest request;
        request.set_area_code(std::move(area));
        if (resume) *request.mutable_resume() = *resume;
        desk_.watch(sink, desk_.dispatch().watch_board(dispatcher(), request, sink));
    }
    void close(const std::string& incident) {
        liandong::intake::v1::CloseIncidentRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_incident_id(incident);
        request.set_disposition(liandong::intake::v1::DISPOSITION_RESOLVED);
        ASSERT_TRUE(run(desk_.intake().close_incident(dispatcher(), request)));
    }
    /// What a new console would be shown.
    std::map<std::string, std::uint64_t> all() {
        Sink sink;
        watch(sink);
        Console console;
        console.take(sink.take());
        sink.close();
        desk_.loop().settle();
        return console.shown();
    }
};

// Snapshot, then changes: a console that follows holds at each moment what a new one is shown, told
// once.
TEST_F(WatchBoard, FollowsEveryChange) {
    Sink sink;
    watch(sink);
    Console console;
    const auto expect_current = [&] {
        console.take(sink.take());
        EXPECT_EQ(console.shown(), all());
        EXPECT_EQ(console.repeats(), 0);
        EXPECT_EQ(console.resume().seq(), log_size());
    };
    expect_current();
    EXPECT_THAT(console.shown(), SizeIs(2));
    const std::string incident = report();
    expect_current();
    const auto sent = dispatch(incident, {"u1", "u2"});
    expect_current();
    EXPECT_THAT(console.shown(), SizeIs(5));
    for (const pb::Order& order : sent.orders()) {
        ASSERT_TRUE(clear(order.id()));
        expect_current();
    }
    close(incident);
    expect_current();
    EXPECT_THAT(console.shown(), SizeIs(2));
}

// Three units sent together appear together, with their incident, in one message.
TEST_F(WatchBoard, OneCommitIsOneMessage) {
    const std::string incident = report();
    Sink sink;
    watch(sink);
    sink.take();
    dispatch(incident, {"u1", "u2"});
    const auto messages = sink.take();
    ASSERT_THAT(messages, SizeIs(1));
    EXPECT_EQ(messages[0].incidents_size(), 1);
    EXPECT_EQ(messages[0].units_size(), 2);
    EXPECT_EQ(messages[0].orders_size(), 2);
}

// A console that resumes holds what one that never left holds.
TEST_F(WatchBoard, Resumes) {
    const std::string incident = report();
    const auto sent = dispatch(incident, {"u1", "u2"});
    Sink first;
    watch(first);
    Console console;
    console.take(first.take());
    first.close();
    desk_.loop().settle();
    ASSERT_TRUE(clear(sent.orders(0).id()));
    ASSERT_TRUE(clear(sent.orders(1).id()));
    close(incident);
    report();
    Sink second;
    watch(second, console.resume());
    const auto messages = second.take();
    ASSERT_FALSE(messages.empty());
    EXPECT_FALSE(messages[0].handshake().snapshot_follows());
    console.take(messages);
    EXPECT_EQ(console.shown(), all());
    EXPECT_EQ(console.repeats(), 0);
}

// A large snapshot comes in chunks, complete with the last one, which alone carries the token.
TEST_F(WatchBoard, ASnapshotComesInChunks) {
    for (int page = 0; page < 10; ++page) {
        pb::ImportUnitsRequest request;
        *request.mutable_header() = desk_.mutation_header();
        for (int i = 0; i < 200; ++i) {
            *request.add_units() = make_unit(fmt::format("v{:04}", page * 200 + i));
            request.mutable_units(i)->set_station(std::string(100, 's'));
        }
        ASSERT_TRUE(run(desk_.dispatch().import_units(dispatcher(), request)));
    }
    Sink sink;
    watch(sink);
    const auto messages = sink.take();
    ASSERT_GT(messages.size(), 1U);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        EXPECT_EQ(messages[i].has_handshake(), i == 0);
        EXPECT_EQ(messages[i].snapshot_complete(), i + 1 == messages.size());
        EXPECT_EQ(messages[i].has_resume(), i + 1 == messages.size());
        EXPECT_LE(messages[i].ByteSizeLong(), 300U * 1024U);
    }
    Console console;
    console.take(messages);
    EXPECT_THAT(console.shown(), SizeIs(2'002));
}

// A console of one area sees its incidents and their orders only, and all units.
TEST_F(WatchBoard, ShowsItsArea) {
    const std::string elsewhere = report();
    Sink sink;
    watch(sink, {}, "420981");
    dispatch(elsewhere, {"u1"});
    Console console;
    console.take(sink.take());
    EXPECT_THAT(console.shown(), SizeIs(2));
}

// A console that is gone ends the watch, and says so.
TEST_F(WatchBoard, EndsWithItsConsole) {
    Sink sink;
    const auto ended = desk_.loop().start(desk_.dispatch().watch_board(dispatcher(), {}, sink));
    desk_.loop().settle();
    EXPECT_FALSE(ended->value);
    sink.close();
    desk_.loop().settle();
    ASSERT_TRUE(ended->value);
    EXPECT_EQ(ended->value->error().reason, "WATCH_ENDED");
}

}  // namespace
}  // namespace liandong::dispatch
