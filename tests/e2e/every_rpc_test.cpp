#include "tests/e2e/desk.h"

#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace liandong::test {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

/// The faults that every RPC answers alike.
class EveryRpc : public Desk {
protected:
    std::string valid_bytes(const MethodDescriptor& method) { return valid(*method.input_type()); }

    /// A valid request of the RPC, to spoil.
    std::unique_ptr<Message> valid_message(const MethodDescriptor& method) {
        std::unique_ptr<Message> message(google::protobuf::MessageFactory::generated_factory()
                                             ->GetPrototype(method.input_type())
                                             ->New());
        EXPECT_TRUE(message->ParseFromString(valid_bytes(method)));
        return message;
    }
};

const FieldDescriptor* field_of(const MethodDescriptor& method, const char* name) {
    return method.input_type()->FindFieldByName(name);
}

Message& part(Message& message, const char* name) {
    return *message.GetReflection()->MutableMessage(&message,
                                                    message.GetDescriptor()->FindFieldByName(name));
}

void set_text(Message& message, const char* name, const std::string& text) {
    message.GetReflection()->SetString(&message, message.GetDescriptor()->FindFieldByName(name),
                                       text);
}

bool is_change(const MethodDescriptor& method) {
    const auto* header = field_of(method, "header");
    return header != nullptr && header->message_type()->name() == "MutationHeader";
}

bool takes_anything(const MethodDescriptor& method) { return method.name() == "ReportIncident"; }

std::string scope_path(const MethodDescriptor& method) {
    return field_of(method, "header") ? "header.scope" : "scope";
}

Message& scope_in(const MethodDescriptor& method, Message& request) {
    return part(field_of(method, "header") ? part(request, "header") : request, "scope");
}

std::string length_delimited(int number, const std::string& inner) {
    std::string out;
    const auto varint = [&out](std::size_t value) {
        for (; value >= 0x80; value >>= 7U) out += static_cast<char>((value & 0x7fU) | 0x80U);
        out += static_cast<char>(value);
    };
    varint((static_cast<std::size_t>(number) << 3U) | 2U);
    varint(inner.size());
    return out + inner;
}

/// A message of nothing but one string field with bytes that are no UTF-8, and the field's path:
/// one for each string field below `type`.
std::vector<std::pair<std::string, std::string>> spoilt_strings(const Descriptor& type) {
    std::vector<std::pair<std::string, std::string>> all;
    for (int i = 0; i < type.field_count(); ++i) {
        const FieldDescriptor& field = *type.field(i);
        const std::string name = field.name() + (field.is_repeated() ? "[0]" : "");
        if (field.type() == FieldDescriptor::TYPE_STRING) {
            all.emplace_back(name, length_delimited(field.number(), "\xb4\xf3\xcb\xae"));
        } else if (field.type() == FieldDescriptor::TYPE_MESSAGE) {
            for (auto& [path, bytes] : spoilt_strings(*field.message_type())) {
                all.emplace_back(name + "." + path, length_delimited(field.number(), bytes));
            }
        }
    }
    return all;
}

TEST_F(EveryRpc, RefusesARequestWithoutScopeByNameOfTheField) {
    for (const MethodDescriptor* method : all_methods()) {
        expect_refused(platform_, {"nothing at all", method, "", Code::kInvalidArgument,
                                   "SCOPE_MALFORMED", scope_path(*method) + ".world"});
        auto request = valid_message(*method);
        scope_in(*method, *request).Clear();
        expect_refused(platform_,
                       {"no scope", method, request->SerializeAsString(), Code::kInvalidArgument,
                        "SCOPE_MALFORMED", scope_path(*method) + ".world"});
    }
}

TEST_F(EveryRpc, RefusesAScopeThatCouldReachAnotherKey) {
    const std::vector<std::pair<const char*, std::string>> spoilt{{"world", "a}:{b"},
                                                                  {"district", "{420981}"},
                                                                  {"district", ""},
                                                                  {"district", "42 0981"},
                                                                  {"world", "exerciseexercise1"}};
    for (const MethodDescriptor* method : all_methods()) {
        for (const auto& [name, text] : spoilt) {
            auto request = valid_message(*method);
            set_text(scope_in(*method, *request), name, text);
            expect_refused(platform_,
                           {text, method, request->SerializeAsString(), Code::kInvalidArgument,
                            "SCOPE_MALFORMED", scope_path(*method) + "." + name});
        }
    }
}

TEST_F(EveryRpc, RefusesAScopeThatThisServerDoesNotServe) {
    for (const MethodDescriptor* method : all_methods()) {
        auto request = valid_message(*method);
        set_text(scope_in(*method, *request), "district", "420902");
        expect_refused(platform_, {"another district", method, request->SerializeAsString(),
                                   Code::kFailedPrecondition, "WRONG_SCOPE", scope_path(*method)});
    }
}

TEST_F(EveryRpc, RefusesBytesThatAreNoRequest) {
    const std::string garbage("\xff\xff\xff\xff\x00\x13", 6);
    for (const MethodDescriptor* method : all_methods()) {
        expect_refused(platform_, {"garbage", method, garbage, Code::kInvalidArgument,
                                   "REQUEST_MALFORMED", ""});
        std::string cut = valid_bytes(*method);
        cut.pop_back();
        expect_refused(platform_,
                       {"cut off", method, cut, Code::kInvalidArgument, "REQUEST_MALFORMED", ""});
    }
}

// A field that the server does not know may ask for what it would silently not do. A report alone
// is taken all the same (D1), as ReportFaults proves.
TEST_F(EveryRpc, RefusesFieldsThatItDoesNotKnow) {
    for (const MethodDescriptor* method : all_methods()) {
        if (takes_anything(*method)) continue;
        expect_refused(platform_,
                       {"field 999", method, valid_bytes(*method) + length_delimited(999, "x"),
                        Code::kInvalidArgument, "FIELD_UNKNOWN", "#999"});
    }
}

TEST_F(EveryRpc, RefusesTextThatIsNotUtf8InEveryStringField) {
    std::size_t fields = 0;
    for (const MethodDescriptor* method : all_methods()) {
        for (const auto& [path, bytes] : spoilt_strings(*method->input_type())) {
            expect_refused(platform_,
                           {path, method, bytes, Code::kInvalidArgument, "NOT_UTF8", path});
            ++fields;
        }
    }
    EXPECT_GT(fields, 100U);
}

TEST_F(EveryRpc, RefusesCallersWhoDoNotSayWhoTheyAre) {
    for (const MethodDescriptor* method : all_methods()) {
        const std::string bytes = valid_bytes(*method);
        expect_refused(platform_, {"nobody", method, bytes, Code::kUnauthenticated,
                                   "PRINCIPAL_MISSING", "", ""});
        expect_refused(platform_, {"no agency", method, bytes, Code::kUnauthenticated,
                                   "PRINCIPAL_MALFORMED", "", "subject=wang;roles=dispatcher"});
        expect_refused(platform_, {"unknown role", method, bytes, Code::kUnauthenticated,
                                   "PRINCIPAL_MALFORMED", "", "subject=a;agency=b;roles=king"});
    }
}

TEST_F(EveryRpc, RefusesCallsWhoseDeadlineHasPassed) {
    for (const MethodDescriptor* method : all_methods()) {
        expect_refused(platform_,
                       {"a second too late", method, valid_bytes(*method), Code::kDeadlineExceeded,
                        "DEADLINE_EXPIRED", ""},
                       {.timeout = std::chrono::seconds{-1}});
    }
}

TEST_F(EveryRpc, RefusesMessagesAboveTheReceiveLimit) {
    const std::string large = length_delimited(999, std::string(4 * 1024 * 1024, 'x'));
    for (const MethodDescriptor* method : all_methods()) {
        expect_refused(platform_, {"4 MiB and a little", method, valid_bytes(*method) + large,
                                   Code::kResourceExhausted, "TOO_LARGE", ""});
    }
}

TEST_F(EveryRpc, RefusesChangesWithoutAProperRequestId) {
    for (const MethodDescriptor* method : all_methods()) {
        if (!is_change(*method)) continue;
        for (const char* id : {"", "7", "0190f5a0-0000-4000-8000-000000000000",
                               "0190f5a0-0000-7000-8000-00000000000g"}) {
            auto request = valid_message(*method);
            set_text(part(*request, "header"), "request_id", id);
            expect_refused(platform_,
                           {id, method, request->SerializeAsString(), Code::kInvalidArgument,
                            "REQUEST_ID_MALFORMED", "header.request_id"});
        }
    }
}

TEST_F(EveryRpc, RefusesChangesOnBehalfOfSomebodyUnreadable) {
    for (const MethodDescriptor* method : all_methods()) {
        if (!is_change(*method) || takes_anything(*method)) continue;
        for (const auto& [text, reason] : {std::pair(std::string(65, 'a'), "TEXT_TOO_LONG"),
                                           std::pair(std::string("\xff"), "NOT_UTF8")}) {
            auto request = valid_message(*method);
            set_text(part(*request, "header"), "on_behalf_of", text);
            expect_refused(platform_, {reason, method, request->SerializeAsString(),
                                       Code::kInvalidArgument, reason, "header.on_behalf_of"});
        }
    }
}

TEST_F(EveryRpc, RefusesARequestIdThatWasUsedForSomethingElse) {
    const auto first = report("the first of this id");
    ASSERT_TRUE(wire_.ask<intake_pb::ReportIncidentResponse>(first));
    for (const MethodDescriptor* method : all_methods()) {
        if (!is_change(*method)) continue;
        auto request = valid_message(*method);
        set_text(part(*request, "header"), "request_id", first.header().request_id());
        expect_refused(platform_, {"used before", method, request->SerializeAsString(),
                                   Code::kAlreadyExists, "REQUEST_ID_REUSED", "",
                                   method->name() == "ApproveBulletin" ? std::string(kZhao)
                                                                       : std::string(kWang)});
    }
}

// The same request id, agency and content: one event, one answer.
TEST_F(EveryRpc, AnswersAResentChangeAsBeforeAndWritesNothing) {
    for (const MethodDescriptor* method : all_methods()) {
        if (!is_change(*method)) continue;
        SCOPED_TRACE(method->name());
        // As at the start of the shift: what the call before has moved is set right.
        wire_.ask<dispatch_pb::CancelOrderResponse>(cancel_order(open_order_));
        SetUp();
        const std::string bytes = valid_bytes(*method);
        const CallOptions who{.principal =
                                  std::string(method->name() == "ApproveBulletin" ? kZhao : kWang)};
        const Answer first = wire_.call(*method, bytes, who);
        ASSERT_FALSE(first.error) << first.error->reason;
        const std::uint64_t seq = last_seq(platform_.redis);
        const Answer second = wire_.call(*method, bytes, who);
        ASSERT_FALSE(second.error) << second.error->reason;
        EXPECT_EQ(last_seq(platform_.redis), seq);
        // All but the header, which holds the time of the answer.
        const auto without_header = [&](const std::string& answer) {
            std::unique_ptr<Message> message(google::protobuf::MessageFactory::generated_factory()
                                                 ->GetPrototype(method->output_type())
                                                 ->New());
            EXPECT_TRUE(message->ParseFromString(answer));
            part(*message, "header").Clear();
            return message->ShortDebugString();
        };
        EXPECT_EQ(without_header(first.messages.at(0)), without_header(second.messages.at(0)));
    }
}

TEST_F(EveryRpc, RefusesPagesThatCannotBe) {
    for (const MethodDescriptor* method : all_methods()) {
        if (!field_of(*method, "page")) continue;
        auto request = valid_message(*method);
        Message& page = part(*request, "page");
        page.GetReflection()->SetUInt32(&page, page.GetDescriptor()->FindFieldByName("size"), 501);
        expect_refused(platform_, {"size", method, request->SerializeAsString(),
                                   Code::kInvalidArgument, "PAGE_SIZE_OUT_OF_RANGE", "page.size"});
        for (const std::string& token :
             {std::string("zz"), std::string("6a6b"), std::string(513, 'a'), std::string("a")}) {
            auto again = valid_message(*method);
            set_text(part(*again, "page"), "token", token);
            expect_refused(platform_,
                           {token, method, again->SerializeAsString(), Code::kInvalidArgument,
                            "PAGE_TOKEN_MALFORMED", "page.token"});
        }
    }
}

}  // namespace
}  // namespace liandong::test
