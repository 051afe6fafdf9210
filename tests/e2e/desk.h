#pragma once

#include "tests/e2e/platform.h"
#include "tests/e2e/requests.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

namespace liandong::test {

/// A desk in the middle of its shift: one of everything in each state that a request may meet.
class Desk : public ::testing::Test {
protected:
    void SetUp() override;
    /// Nothing that a caller sends may write past the log.
    void TearDown() override { EXPECT_EQ(platform_.server.standard_error(), ""); }

    /// A request of this type that the desk would carry out now.
    std::string valid(const google::protobuf::Descriptor& type);

    Platform platform_;
    Wire& wire_ = platform_.wire;
    // Units "free", "busy" (holds open_order_) and "asked" (of the APPROVAL relation).
    std::string open_incident_;    // nobody was sent
    std::string manned_incident_;  // its order is open
    std::string closed_incident_;
    std::string linked_incident_;  // a repeat of manned_incident_, unread
    std::string alarm_incident_;   // a machine's, nobody has checked it
    std::string lost_call_;        // abandoned, to be called back
    std::string told_incident_;    // claimed; its feedback waits for review
    std::string open_order_;
    std::string ended_order_;        // cancelled
    std::string closure_;            // in force
    std::string ringing_incident_;   // its transfer was rejected: a clock rings
    std::string offered_transfer_;   // to "xiaofang", unanswered
    std::string accepted_transfer_;  // by "xiaofang"
    std::string given_handover_;     // by somebody else than kWang
    std::string own_handover_;
    publicinfo_pb::Bulletin draft_;
    publicinfo_pb::Bulletin approved_;
    std::string published_;

private:
    using Make = std::function<std::string()>;
    bool is_quiet_ = false;  ///< the clock that rings after a minute is put off
    std::map<std::string, Make> desk_service_makers();
    void set_up_desk();
    intake_pb::OfferTransferRequest offer_transfer(const std::string& incident);
    std::string report_one(const std::string& words);
    publicinfo_pb::Bulletin draft_one();
    void set_up_bulletins();
};

/// One request that must be refused, and how.
struct Refusal {
    std::string name;
    const google::protobuf::MethodDescriptor* method;
    std::string bytes;
    Code code;
    std::string reason;
    std::string field;  ///< of the error's metadata; empty: it names none
    std::string as{kWang};
};

/// The valid request with one thing wrong.
template <class Request, class Spoil>
Refusal refusal(std::string name, Request request, Spoil spoil, Code code, std::string reason,
                std::string field = {}, std::string_view as = kWang) {
    spoil(request);
    return {std::move(name),
            &Wire::method_of(request),
            request.SerializeAsString(),
            code,
            std::move(reason),
            std::move(field),
            std::string(as)};
}

/// The most common kind: INVALID_ARGUMENT.
template <class Request, class Spoil>
Refusal invalid(std::string name, Request request, Spoil spoil, std::string reason,
                std::string field) {
    return refusal(std::move(name), std::move(request), spoil, Code::kInvalidArgument,
                   std::move(reason), std::move(field));
}

/// Sends it and expects exactly that refusal, and not one event more in the log.
void expect_refused(const Platform& platform, const Refusal& row, const CallOptions& options = {});
void expect_refused(const Platform& platform, const std::vector<Refusal>& rows);

}  // namespace liandong::test
