#include "services/mailer/email_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throng::services {
namespace {

constexpr std::int64_t kEmailTime = 1'700'000'000'000;

TEST(EmailText, IsWhatMailServersExpect) {
  EXPECT_EQ(
      rfc5322_text({"ann@example.org", "Hello", "One\nTwo\n"}, "Us <us@example.org>", kEmailTime, "7@example.org"),
      "From: Us <us@example.org>\r\nTo: ann@example.org\r\nSubject: Hello\r\n"
      "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\nMessage-ID: <7@example.org>\r\nMIME-Version: 1.0\r\n"
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n"
      "Auto-Submitted: auto-generated\r\n\r\nOne\r\nTwo\r\n");
}

TEST(EmailText, KeepsHeadersToTheirLine) {
  const std::string text = rfc5322_text({"ann@example.org\r\nBcc: bob@example.org", "Hi\nX-Evil: 1", "x"},
                                        "us@example.org", kEmailTime, "7@example.org");
  EXPECT_EQ(text.find("\r\nBcc:"), std::string::npos);
  EXPECT_EQ(text.find("\nX-Evil:"), std::string::npos);
}

TEST(EmailText, EncodesWhatIsNotAscii) {
  const std::string text = rfc5322_text({"a@b.c", "Gr\xC3\xBC\xC3\x9F", "\xC3\xBC\n"}, "us@b.c", kEmailTime, "7@b.c");
  EXPECT_THAT(text, testing::HasSubstr("Subject: =?UTF-8?B?R3LDvMOf?=\r\n"));
  EXPECT_THAT(text, testing::HasSubstr("Content-Transfer-Encoding: base64\r\n"));
  EXPECT_THAT(text, testing::HasSubstr("\r\n\r\nw7wK\r\n"));
}

TEST(EmailText, FindsTheAddress) {
  EXPECT_EQ(address_in("Us <us@example.org>"), "us@example.org");
  EXPECT_EQ(address_in("us@example.org"), "us@example.org");
}

}  // namespace
}  // namespace throng::services
