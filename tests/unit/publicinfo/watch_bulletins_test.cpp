#include "tests/unit/publicinfo/publicinfo_fixture.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace liandong::publicinfo {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Watched = pb::WatchBulletinsResponse;

class WatchBulletins : public PublicInfoFixture {
protected:
    void watch(test::CollectingSink<Watched>& sink, bool published_only = false,
               const liandong::common::v1::Revision* resume = nullptr) {
        pb::WatchBulletinsRequest request;
        request.set_published_only(published_only);
        if (resume) *request.mutable_resume() = *resume;
        desk_.watch(sink, desk_.publicinfo().watch_bulletins(signer(), std::move(request), sink));
    }
};

/// "<id>:<state>" of everything told.
std::vector<std::string> told(const std::vector<Watched>& messages) {
    std::vector<std::string> told;
    for (const Watched& message : messages) {
        EXPECT_EQ(message.removals_size(), 0);
        for (const auto& bulletin : message.upserts()) {
            told.push_back(bulletin.id() + ":" +
                           pb::BulletinState_Name(bulletin.state()).substr(15));
        }
    }
    return told;
}

// A desk sees each step of a bulletin as it happens.
TEST_F(WatchBulletins, SnapshotThenEachStep) {
    const pb::Bulletin first = draft();
    test::CollectingSink<Watched> sink;
    watch(sink);
    ASSERT_EQ(sink.messages().size(), 1U);
    EXPECT_TRUE(sink.messages()[0].handshake().snapshot_follows());
    EXPECT_TRUE(sink.messages()[0].snapshot_complete());
    EXPECT_THAT(told(sink.take()), ElementsAre(first.id() + ":DRAFT"));
    ASSERT_TRUE(approve(first));
    ASSERT_TRUE(publish(first.id()));
    EXPECT_THAT(told(sink.messages()),
                ElementsAre(first.id() + ":APPROVED", first.id() + ":PUBLISHED"));
    EXPECT_EQ(sink.messages().back().resume().seq(), 3U);
}

// Who is to see only what is public learns of it when it is, and never of a draft, not even its id.
TEST_F(WatchBulletins, PublishedOnly) {
    draft();
    const pb::Bulletin out = published();
    test::CollectingSink<Watched> sink;
    watch(sink, true);
    EXPECT_THAT(told(sink.take()), ElementsAre(out.id() + ":PUBLISHED"));
    const pb::Bulletin next = draft();
    ASSERT_TRUE(approve(next));
    EXPECT_THAT(sink.messages(), IsEmpty());
    ASSERT_TRUE(publish(next.id()));
    EXPECT_THAT(told(sink.messages()), ElementsAre(next.id() + ":PUBLISHED"));
}

// Who comes back with its token gets what it missed, once.
TEST_F(WatchBulletins, Resumes) {
    const pb::Bulletin first = draft();
    test::CollectingSink<Watched> sink;
    watch(sink);
    const auto token = sink.messages().back().resume();
    sink.close();
    ASSERT_TRUE(approve(first));
    const pb::Bulletin second = draft();
    test::CollectingSink<Watched> again;
    watch(again, false, &token);
    ASSERT_EQ(again.messages().size(), 1U);
    EXPECT_FALSE(again.messages()[0].handshake().snapshot_follows());
    EXPECT_THAT(told(again.messages()),
                ::testing::UnorderedElementsAre(first.id() + ":APPROVED", second.id() + ":DRAFT"));
    EXPECT_EQ(sink.messages().size(), 1U);
}

// A token of another epoch starts over.
TEST_F(WatchBulletins, AForeignTokenStartsOver) {
    const pb::Bulletin first = draft();
    liandong::common::v1::Revision foreign;
    foreign.set_epoch(9);
    foreign.set_seq(1);
    test::CollectingSink<Watched> sink;
    watch(sink, false, &foreign);
    desk_.advance(std::chrono::seconds{6});
    ASSERT_EQ(sink.messages().size(), 1U);
    EXPECT_EQ(sink.messages()[0].handshake().reason(), "NEW_EPOCH");
    EXPECT_THAT(told(sink.messages()), ElementsAre(first.id() + ":DRAFT"));
}

}  // namespace
}  // namespace liandong::publicinfo
