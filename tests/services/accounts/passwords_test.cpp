#include "services/accounts/passwords.h"

#include <gtest/gtest.h>

namespace throng::services {
namespace {

content::PasswordDef smallest_passwords() {
  content::PasswordDef def;
  def.memory_kib = 8;
  def.passes = 1;
  return def;
}

std::string refusal_of(std::string_view password, std::string_view email = {}, std::string_view name = {}) {
  const auto refusal = refuse_password(password, smallest_passwords(), email, name);
  return refusal ? std::string(refusal->code) : "none";
}

TEST(Passwords, AreKeptAsArgon2idWithTheirParameters) {
  const Result<std::string> hash = hash_password("correct horse", content::PasswordDef{});
  ASSERT_TRUE(hash.has_value());
  EXPECT_EQ(hash->rfind("$argon2id$v=19$m=19456,t=2,p=1$", 0), 0u) << *hash << " is not what OWASP asks for";
  EXPECT_TRUE(verify_password(*hash, "correct horse"));
  EXPECT_FALSE(verify_password(*hash, "correct hors"));
  EXPECT_FALSE(is_outdated_hash(*hash, content::PasswordDef{}));
  EXPECT_TRUE(is_outdated_hash(*hash, smallest_passwords()));
}

TEST(Passwords, HaveASaltEach) {
  EXPECT_NE(*hash_password("correct horse", smallest_passwords()),
            *hash_password("correct horse", smallest_passwords()));
}

TEST(Passwords, AreTheSameFromEveryKeyboard) {
  const Result<std::string> hash = hash_password("gr\xC3\xBC\xC3\x9F dich Gott", smallest_passwords());
  EXPECT_TRUE(verify_password(*hash, "gru\xCC\x88\xC3\x9F dich Gott")) << "a combining mark";
}

TEST(Passwords, MayHoldAnyBytes) {
  const std::string odd("a\0b\xFF\xFE and more", 14);
  const Result<std::string> hash = hash_password(odd, smallest_passwords());
  EXPECT_TRUE(verify_password(*hash, odd));
  EXPECT_FALSE(verify_password(*hash, "a"));
}

TEST(Passwords, AreNotVerifiedAgainstWhatIsNoHash) {
  for (const std::string& hash : {std::string(), std::string("nonsense"), std::string(5000, '$')})
    EXPECT_FALSE(verify_password(hash, "correct horse"));
}

TEST(Passwords, HaveALengthInCharacters) {
  EXPECT_EQ(refusal_of("seven77"), "password_too_short");
  EXPECT_EQ(refusal_of("eightxyz"), "none");
  EXPECT_EQ(refusal_of("\xC3\xBC\xC3\xB6\xC3\xA4\xC3\xBC"), "password_too_short") << "eight bytes, four characters";
  std::string longest;
  for (int i = 0; i < 32; ++i) longest += "q8#\xC3\xBC";
  EXPECT_EQ(refusal_of(longest), "none");
  EXPECT_EQ(refusal_of(longest + "x"), "password_too_long");
  EXPECT_EQ(refusal_of(std::string(1'000'000, 'x')), "password_too_long");
}

TEST(Passwords, ThatEverybodyTriesFirstAreRefused) {
  for (const char* const common :
       {"password", "Password1", "PASSWORD!", "12345678", "qwertyuiop", "iloveyou", "dragon1234", "letmein1!",
        "aaaaaaaaaa", "1q2w3e4r", "Football99", "\xEF\xBD\x90\xEF\xBD\x81ssword"})
    EXPECT_EQ(refusal_of(common), "password_too_common") << common;
  for (const char* const fine : {"correct horse", "xkcd-936-battery", "dragonfruit tea", "Tr0ub4dor&3x"})
    EXPECT_EQ(refusal_of(fine), "none") << fine;
}

TEST(Passwords, AreNeitherTheAddressNorTheName) {
  EXPECT_EQ(refusal_of("annabella@example.org", "annabella@example.org"), "password_too_common");
  EXPECT_EQ(refusal_of("Annabella", "annabella@example.org"), "password_too_common");
  EXPECT_EQ(refusal_of("Old Tom Bombadil", {}, "old tom bombadil"), "password_too_common");
}

}  // namespace
}  // namespace throng::services
