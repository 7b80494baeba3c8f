#include "services/accounts/auth_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace throng::services {
namespace {

std::string page_header(const net::HttpResponse& response, std::string_view name) {
  for (const auto& [known, value] : response.headers)
    if (known == name) return value;
  return {};
}

TEST(AuthPages, ShowWhatStrangersWroteAsText) {
  const net::HttpResponse page = reset_form("\"><script>alert(1)</script>", "<b>&'");
  EXPECT_EQ(page.body.find("<script>"), std::string::npos);
  EXPECT_THAT(page.body, testing::HasSubstr("&quot;&gt;&lt;script&gt;"));
  EXPECT_THAT(page.body, testing::HasSubstr("&lt;b&gt;&amp;&#39;"));
}

TEST(AuthPages, KeepTheTokenOfTheirAddressToThemselves) {
  for (const net::HttpResponse& page : {reset_form("t", ""), message_page(200, "a", "b"), no_provider_page()}) {
    EXPECT_EQ(page_header(page, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(page_header(page, "Cache-Control"), "no-store");
    EXPECT_THAT(page_header(page, "Content-Security-Policy"), testing::HasSubstr("default-src 'none'"));
    EXPECT_THAT(page_header(page, "Content-Security-Policy"), testing::HasSubstr("frame-ancestors 'none'"));
  }
}

TEST(AuthPages, TellTheWindowOfAProviderThatThereIsNone) {
  const net::HttpResponse page = no_provider_page();
  EXPECT_EQ(page.status, 501);
  EXPECT_THAT(page.body, testing::HasSubstr("error:\"provider_not_supported\",user:null,token:null"));
}

TEST(AuthPages, ReadFormsOfAnyBytes) {
  EXPECT_EQ(form_value("a=1&token=x%20y+z&b=2", "token"), "x y z");
  EXPECT_EQ(form_value("token=%", "token"), "%");
  EXPECT_EQ(form_value("token=%4", "token"), "%4");
  EXPECT_EQ(form_value("token=%zz%41", "token"), "%zzA");
  EXPECT_EQ(form_value("tokens=1&=&&token", "token"), "");
  EXPECT_EQ(form_value("", "token"), "");
}

}  // namespace
}  // namespace throng::services
