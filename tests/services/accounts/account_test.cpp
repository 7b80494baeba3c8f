#include "services/accounts/account.h"

#include <gtest/gtest.h>

namespace throng::services {
namespace {

TEST(EmailAddresses, HaveOneForm) {
  EXPECT_EQ(normalise_email("Ann@Example.ORG"), "ann@example.org");
  EXPECT_EQ(normalise_email("  ann+game@mail.example.org "), "ann+game@mail.example.org");
  EXPECT_EQ(normalise_email("root@localhost"), "root@localhost");
}

TEST(EmailAddresses, ThatMailCannotReachAreRefused) {
  for (const std::string& text :
       {std::string(), std::string("ann"), std::string("@example.org"), std::string("ann@"), std::string("ann@example"),
        std::string("a b@example.org"), std::string("a@b@example.org"), std::string("ann@.org"),
        std::string("ann@a..org"), std::string("ann@example.org\r\nBcc: bob@example.org"),
        std::string("<ann@example.org>"), std::string("\"ann\"@example.org"), std::string("an\xC3\xBC@example.org"),
        std::string("ann@exa_mple.org"), std::string("ann,bob@example.org"), std::string(65, 'a') + "@example.org",
        "a@" + std::string(260, 'b') + ".org", std::string("ann\0@example.org", 16)})
    EXPECT_FALSE(normalise_email(text).has_value()) << text;
}

TEST(Roles, HaveNamesBothWays) {
  for (const Role role : {Role::Player, Role::Supporter, Role::Moderator, Role::GameMaster, Role::Administrator})
    EXPECT_EQ(role_of(role_name(role)), role);
  EXPECT_EQ(role_name(Role::GameMaster), "game_master");
  EXPECT_FALSE(role_of("king").has_value());
}

}  // namespace
}  // namespace throng::services
