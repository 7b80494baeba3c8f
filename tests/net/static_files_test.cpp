#include "net/static_files.h"

#include <gtest/gtest.h>

#include "net/temporary_directory.h"

namespace throng::net {
namespace {

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() {
    directory_.write("index.html", "<p>hello</p>");
    directory_.write("assets/index-B3xYz9Aq.js", std::string(5000, 'x'));
    directory_.write("my file.svg", "<svg/>");
    directory_.write("sub/index.html", "sub");
    directory_.write(".secret", "hidden");
    std::filesystem::create_symlink("/etc/hostname", directory_.path("outside.txt"));
    std::filesystem::create_symlink("index.html", directory_.path("alias.html"));
  }

  StaticFiles load(std::string_view prefix = "/") {
    Result<StaticFiles> files = StaticFiles::load(directory_.path(), prefix, {}, "default-src 'self'");
    EXPECT_TRUE(files.has_value());
    return *std::move(files);
  }

  static HttpRequest get(std::string path, std::string header = "", std::string value = "") {
    HttpRequest request;
    request.method = "GET";
    request.path = std::move(path);
    if (!header.empty()) request.headers.emplace_back(std::move(header), std::move(value));
    return request;
  }

  static std::string value_of(const HttpResponse& response, std::string_view name) {
    for (const auto& [known, value] : response.headers)
      if (known == name) return value;
    return "";
  }

  test::TemporaryDirectory directory_;
};

TEST_F(StaticFilesTest, ServesFilesWithTypeAndSecurityHeaders) {
  const auto response = load().serve(get("/"));
  ASSERT_TRUE(response);
  EXPECT_EQ(*response->shared_body, "<p>hello</p>");
  EXPECT_EQ(value_of(*response, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(value_of(*response, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(value_of(*response, "Content-Security-Policy"), "default-src 'self'");
  EXPECT_EQ(value_of(*response, "Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, LetsHashedAssetsBeKeptForever) {
  const auto response = load().serve(get("/assets/index-B3xYz9Aq.js"));
  EXPECT_NE(value_of(*response, "Cache-Control").find("immutable"), std::string::npos);
}

TEST_F(StaticFilesTest, SendsGzipToThoseWhoTakeItAndSaysThatItVaries) {
  const StaticFiles files = load();
  const auto packed = files.serve(get("/assets/index-B3xYz9Aq.js", "accept-encoding", "br, gzip"));
  EXPECT_EQ(value_of(*packed, "Content-Encoding"), "gzip");
  EXPECT_LT(packed->shared_body->size(), 500u);
  const auto plain = files.serve(get("/assets/index-B3xYz9Aq.js", "accept-encoding", "gzip;q=0"));
  EXPECT_EQ(plain->shared_body->size(), 5000u);
  EXPECT_EQ(value_of(*plain, "Vary"), "Accept-Encoding");
  EXPECT_NE(value_of(*plain, "ETag"), value_of(*packed, "ETag"));
}

TEST_F(StaticFilesTest, AnswersNotModifiedToAKnownTag) {
  const StaticFiles files = load();
  const std::string tag = value_of(*files.serve(get("/")), "ETag");
  const auto unchanged = files.serve(get("/", "if-none-match", "\"x\", W/" + tag));
  EXPECT_EQ(unchanged->status, 304);
  EXPECT_EQ(unchanged->shared_body, nullptr);
  EXPECT_EQ(files.serve(get("/", "if-none-match", "\"other\""))->status, 200);
}

TEST_F(StaticFilesTest, DecodesOrdinaryEscapes) { EXPECT_TRUE(load().serve(get("/my%20file.svg"))); }

TEST_F(StaticFilesTest, FindsNothingByTricksWithPaths) {
  const StaticFiles files = load("/panel");
  for (const char* path :
       {"/panel/../index.html", "/panel/sub/../index.html", "/panel/%2e%2e/index.html", "/panel/sub/%2e%2e/index.html",
        "/panel/sub%2findex.html", "/panel/sub%2Findex.html", "/panel/sub%5cindex.html", "/panel/index.html%00.js",
        "/panel//index.html", "/panel/./index.html", "/panel/.secret", "/panel/outside.txt", "/panel/%", "/panel/%zz",
        "/panel/../../etc/passwd", "/index.html", "panel/index.html", ""})
    EXPECT_FALSE(files.serve(get(path))) << path;
  EXPECT_FALSE(files.serve(get(std::string("/panel/index.html\0", 18))));
}

TEST_F(StaticFilesTest, FollowsLinksInsideTheTree) { EXPECT_TRUE(load().serve(get("/alias.html"))); }

TEST_F(StaticFilesTest, RedirectsADirectoryToItsSlash) {
  const StaticFiles files = load("/panel/");
  const auto response = files.serve(get("/panel"));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 308);
  EXPECT_EQ(value_of(*response, "Location"), "/panel/");
  EXPECT_EQ(*files.serve(get("/panel/sub/"))->shared_body, "sub");
}

TEST_F(StaticFilesTest, AllowsOnlyReading) {
  HttpRequest request = get("/");
  request.method = "POST";
  EXPECT_EQ(load().serve(request)->status, 405);
  request.method = "HEAD";
  EXPECT_EQ(load().serve(request)->status, 200);
}

TEST_F(StaticFilesTest, RefusesTreesOverTheLimits) {
  EXPECT_FALSE(StaticFiles::load(directory_.path(), "/", {.files_max = 2}).has_value());
  EXPECT_FALSE(StaticFiles::load(directory_.path(), "/", {.total_bytes_max = 1000}).has_value());
  EXPECT_FALSE(StaticFiles::load(directory_.path("missing"), "/").has_value());
}

}  // namespace
}  // namespace throng::net
