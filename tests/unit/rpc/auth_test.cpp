#include "common/rpc/auth.h"

#include <gtest/gtest.h>

namespace liandong::rpc {
namespace {

TEST(PrincipalText, ReadsEveryKeyInAnyOrder) {
    const auto principal = parse_principal(
        "roles=dispatcher,call_taker;unit=P-01;scope=live.420981;agency=gongan;subject=wang;"
        "jurisdiction=420981");
    ASSERT_TRUE(principal.has_value()) << principal.error().message;
    EXPECT_EQ(principal->subject, "wang");
    EXPECT_EQ(principal->agency, "gongan");
    EXPECT_EQ(principal->roles, (std::vector{domain::Role::kDispatcher, domain::Role::kCallTaker}));
    EXPECT_EQ(principal->unit_id, "P-01");
    EXPECT_EQ(principal->jurisdiction, "420981");
    EXPECT_EQ(principal->scope, (domain::Scope{"live", "420981"}));
    EXPECT_EQ(format_principal(*parse_principal(format_principal(*principal))),
              format_principal(*principal));
}

TEST(PrincipalText, RefusesWhatItDoesNotUnderstand) {
    for (const char* text :
         {"", "wang", "subject=wang", "agency=a", "subject=wang;agency=a;agency=b",
          "subject=wang;agency=a;colour=red", "subject=wang;agency=a;roles=king",
          "subject=wang;agency=a;roles=", "subject=wang;agency=a;scope=live",
          "subject=wang;agency=a;", "subject=wa ng;agency=a", "subject=wang;agency=a_b",
          "subject=wang;agency=a;unit={1}"}) {
        const auto principal = parse_principal(text);
        ASSERT_FALSE(principal.has_value()) << text;
        EXPECT_EQ(principal.error().code, Code::kUnauthenticated);
        EXPECT_EQ(principal.error().reason, "PRINCIPAL_MALFORMED");
    }
}

TEST(MetadataAuthenticator, BelievesAndSaysSo) {
    MetadataAuthenticator authenticator;
    EXPECT_FALSE(authenticator.proves_identity());
    EXPECT_EQ(authenticator.authenticate({}).error().reason, "PRINCIPAL_MISSING");
    for (const char* subject : {"a", "b", "b", "a"}) {
        const std::string text = std::string("agency=x;subject=") + subject;
        const auto identity = authenticator.authenticate({.principal = text});
        ASSERT_TRUE(identity.has_value());
        EXPECT_EQ((*identity)->principal.subject, subject);
    }
}

}  // namespace
}  // namespace liandong::rpc
