#include "tests/unit/intake/intake_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

namespace liandong::intake {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;
using Watched = pb::WatchIncidentsResponse;

class Incidents : public IntakeFixture {
protected:
    pb::ReportIncidentRequest report_in(const std::string& area) {
        auto request = good_report();
        request.set_area_code(area);
        return request;
    }
    void watch(test::CollectingSink<Watched>& sink, pb::WatchIncidentsRequest request = {}) {
        desk_.watch(sink, desk_.intake().watch_incidents(dispatcher(), std::move(request), sink));
    }
    std::string list_reason(pb::ListIncidentsRequest request) {
        const auto response =
            desk_.run(desk_.intake().list_incidents(dispatcher(), std::move(request)));
        return response ? "" : response.error().reason;
    }
};

std::vector<std::string> ids(const pb::ListIncidentsResponse& response) {
    std::vector<std::string> ids;
    for (const auto& incident : response.incidents()) ids.push_back(incident.id());
    return ids;
}

// An incident that nobody knows is not found; an id that cannot be one is malformed.
TEST_F(Incidents, Unknown) {
    EXPECT_EQ(get("nobody", dispatcher()).error().reason, "INCIDENT_UNKNOWN");
    EXPECT_EQ(get("no body", dispatcher()).error().reason, "ID_MALFORMED");
    EXPECT_EQ(close("nobody").error().reason, "INCIDENT_UNKNOWN");
}

// What this process has not heard of yet is read from the store.
TEST_F(Incidents, ReadsBeyondItsMirror) {
    const auto response = report();
    desk_.mirror().begin_load(0);
    desk_.mirror().finish_load(false);
    const auto found = get(response.incident_id(), dispatcher());
    ASSERT_TRUE(found);
    EXPECT_EQ(found->incident().version(), 1U);
    EXPECT_GE(found->header().revision().seq(), 1U);
}

// A read that must show a revision waits for it, and fails at its deadline.
TEST_F(Incidents, ReadsItsOwnWrites) {
    const auto response = send(good_report());
    ASSERT_TRUE(response);
    pb::ListIncidentsRequest request;
    *request.mutable_header() = test::VirtualDesk::read_header(response->header().revision());
    EXPECT_EQ(list(request).incidents_size(), 1);
    request.mutable_header()->mutable_min_revision()->set_seq(99);
    EXPECT_EQ(list_reason(request), "REVISION_NOT_REACHED");
}

// Newest first, page by page, each once; the last page says that it is the last.
TEST_F(Incidents, ListsByPages) {
    std::vector<std::string> newest_first;
    for (int i = 0; i < 20; ++i) {
        newest_first.insert(newest_first.begin(), report().incident_id());
        if (i % 2 == 0) desk_.loop().advance(1s);
    }
    for (const std::uint32_t size : {7U, 10U, 20U, 500U}) {
        pb::ListIncidentsRequest request;
        request.mutable_page()->set_size(size);
        std::vector<std::string> seen;
        std::size_t pages = 0;
        do {
            const auto response = list(request);
            EXPECT_LE(response.incidents_size(), static_cast<int>(size));
            for (const std::string& id : ids(response)) seen.push_back(id);
            request.mutable_page()->set_token(response.page().next_token());
            ++pages;
        } while (!request.page().token().empty() && pages < 10);
        EXPECT_EQ(pages, (20 + size - 1) / size);
        EXPECT_THAT(seen, ::testing::UnorderedElementsAreArray(newest_first));
        EXPECT_EQ(seen.front().size(), 36U);
    }
    EXPECT_EQ(ids(list()).front(), newest_first.front());
    EXPECT_EQ(ids(list()).back(), newest_first.back());
}

// A filter keeps what matches.
TEST_F(Incidents, ListsByFilter) {
    const std::string town = report(report_in("420981001")).incident_id();
    const std::string village = report(report_in("420981002003")).incident_id();
    const std::string closed = report(report_in("420981002")).incident_id();
    ASSERT_TRUE(close(closed));
    pb::ListIncidentsRequest request;
    EXPECT_THAT(ids(list(request)), UnorderedElementsAre(town, village));
    request.mutable_filter()->set_area_code("420981002");
    EXPECT_THAT(ids(list(request)), ElementsAre(village));
    request.mutable_filter()->set_include_closed(true);
    EXPECT_THAT(ids(list(request)), UnorderedElementsAre(village, closed));
    request.mutable_filter()->clear_area_code();
    request.mutable_filter()->add_states(pb::INCIDENT_STATE_CLOSED);
    EXPECT_THAT(ids(list(request)), ElementsAre(closed));
}

TEST_F(Incidents, ListRefusesWhatItDoesNotKnow) {
    pb::ListIncidentsRequest request;
    request.mutable_filter()->add_states(static_cast<pb::IncidentState>(42));
    EXPECT_EQ(list_reason(request), "ENUM_UNKNOWN");
    request.Clear();
    request.mutable_page()->set_size(501);
    EXPECT_EQ(list_reason(request), "PAGE_SIZE_OUT_OF_RANGE");
    request.Clear();
    for (const char* token : {"0", "zz", "00", "ABCD", "6162"}) {
        request.mutable_page()->set_token(token);
        EXPECT_EQ(list_reason(request), "PAGE_TOKEN_MALFORMED") << token;
    }
}

// Closing needs a disposition, and happens once.
TEST_F(Incidents, Close) {
    const auto id = report().incident_id();
    EXPECT_EQ(close(id, pb::DISPOSITION_UNSPECIFIED).error().reason, "DISPOSITION_REQUIRED");
    EXPECT_EQ(close(id, static_cast<pb::Disposition>(42)).error().reason, "ENUM_UNKNOWN");
    const auto closed = close(id, pb::DISPOSITION_FALSE_ALARM);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->incident().state(), pb::INCIDENT_STATE_CLOSED);
    EXPECT_EQ(closed->incident().disposition(), pb::DISPOSITION_FALSE_ALARM);
    EXPECT_EQ(closed->incident().version(), closed->header().revision().seq());
    EXPECT_EQ(close(id).error().reason, "INCIDENT_CLOSED");
    EXPECT_EQ(desk_.state().last_seq(), 2U);
    ASSERT_TRUE(get(id, dispatcher()));
    EXPECT_EQ(get(id, dispatcher())->incident().state(), pb::INCIDENT_STATE_CLOSED);
}

// A watcher gets where it stands, a snapshot, then each change with a token.
TEST_F(Incidents, WatchSnapshotThenChanges) {
    const std::string first = report().incident_id();
    test::CollectingSink<Watched> sink;
    watch(sink);
    auto messages = sink.take();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_TRUE(messages[0].handshake().snapshot_follows());
    EXPECT_EQ(messages[0].handshake().reason(), "FIRST");
    EXPECT_EQ(messages[0].handshake().revision().seq(), 1U);
    ASSERT_EQ(messages[0].upserts_size(), 1);
    EXPECT_EQ(messages[0].upserts(0).id(), first);
    EXPECT_TRUE(messages[0].snapshot_complete());
    EXPECT_EQ(messages[0].resume().seq(), 1U);

    const std::string second = report().incident_id();
    messages = sink.take();
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_FALSE(messages[0].has_handshake());
    ASSERT_EQ(messages[0].upserts_size(), 1);
    EXPECT_EQ(messages[0].upserts(0).id(), second);
    EXPECT_FALSE(messages[0].snapshot_complete());
    EXPECT_EQ(messages[0].resume().seq(), 2U);
}

// An empty district is told to be empty.
TEST_F(Incidents, WatchAnEmptyDistrict) {
    test::CollectingSink<Watched> sink;
    watch(sink);
    ASSERT_EQ(sink.messages().size(), 1U);
    EXPECT_TRUE(sink.messages()[0].snapshot_complete());
    EXPECT_EQ(sink.messages()[0].upserts_size(), 0);
}

// Who comes back with its token gets only what it missed, removals too.
TEST_F(Incidents, WatchResumes) {
    const std::string kept = report().incident_id();
    const std::string closed = report().incident_id();
    test::CollectingSink<Watched> first;
    watch(first);
    pb::WatchIncidentsRequest request;
    *request.mutable_resume() = first.messages().back().resume();
    first.close();
    const std::string added = report().incident_id();
    ASSERT_TRUE(close(closed));
    test::CollectingSink<Watched> again;
    watch(again, request);
    ASSERT_EQ(again.messages().size(), 1U);
    const Watched& message = again.messages()[0];
    EXPECT_FALSE(message.handshake().snapshot_follows());
    EXPECT_FALSE(message.snapshot_complete());
    ASSERT_EQ(message.upserts_size(), 1);
    EXPECT_EQ(message.upserts(0).id(), added);
    EXPECT_THAT(message.removals(), ElementsAre(closed));
    EXPECT_EQ(message.resume().seq(), 4U);
    EXPECT_EQ(first.messages().size(), 1U);
}

// What is closed leaves the view, unless the watcher asked for it.
TEST_F(Incidents, WatchRemovesWhatIsClosed) {
    const std::string id = report().incident_id();
    test::CollectingSink<Watched> open, all;
    watch(open);
    pb::WatchIncidentsRequest request;
    request.mutable_filter()->set_include_closed(true);
    watch(all, request);
    open.take();
    all.take();
    ASSERT_TRUE(close(id));
    ASSERT_EQ(open.messages().size(), 1U);
    EXPECT_THAT(open.messages()[0].removals(), ElementsAre(id));
    EXPECT_EQ(open.messages()[0].upserts_size(), 0);
    ASSERT_EQ(all.messages().size(), 1U);
    EXPECT_EQ(all.messages()[0].removals_size(), 0);
    EXPECT_EQ(all.messages()[0].upserts(0).state(), pb::INCIDENT_STATE_CLOSED);
}

// A watcher of one township is not told of another's.
TEST_F(Incidents, WatchByArea) {
    report(report_in("420981002"));
    test::CollectingSink<Watched> sink;
    pb::WatchIncidentsRequest request;
    request.mutable_filter()->set_area_code("420981001");
    watch(sink, request);
    report(report_in("420981002"));
    const std::string ours = report(report_in("420981001")).incident_id();
    std::vector<std::string> told;
    for (const Watched& message : sink.messages()) {
        for (const auto& incident : message.upserts()) told.push_back(incident.id());
    }
    EXPECT_THAT(told, ElementsAre(ours));
}

// A long snapshot comes in chunks; only the last one completes it and carries a token.
TEST_F(Incidents, WatchInChunks) {
    constexpr int kMany = 1'500;
    for (int i = 0; i < kMany; ++i) ASSERT_TRUE(send(good_report()));
    desk_.loop().settle();
    test::CollectingSink<Watched> sink;
    watch(sink);
    ASSERT_GT(sink.messages().size(), 1U);
    int told = 0;
    for (const Watched& message : sink.messages()) {
        const bool is_last = &message == &sink.messages().back();
        EXPECT_EQ(message.has_handshake(), &message == &sink.messages().front());
        EXPECT_EQ(message.snapshot_complete(), is_last);
        EXPECT_EQ(message.has_resume(), is_last);
        EXPECT_LE(message.ByteSizeLong(), 300U * 1024U);
        told += message.upserts_size();
    }
    EXPECT_EQ(told, kMany);
}

}  // namespace
}  // namespace liandong::intake
