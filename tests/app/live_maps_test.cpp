#include "app/live_maps.h"

#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace throng::app {
namespace {

net::HttpResponse get(LiveMaps& maps, const std::string& path) {
  net::HttpRequest request;
  request.method = "GET";
  request.path = path;
  net::HttpResponse answer;
  maps.handle(request, [&](net::HttpResponse response) { answer = std::move(response); });
  return answer;
}

std::string etag_of(const net::HttpResponse& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "ETag") return value;
  }
  return {};
}

TEST(LiveMaps, ServeWhatWasAcceptedLast) {
  const TemporaryFolder folder;
  folder.write("meadow.tmj", "one");
  auto maps = LiveMaps::open(folder.path(), "default-src 'self'");
  ASSERT_TRUE(maps.has_value()) << maps.error().message;
  const net::HttpResponse before = get(**maps, "/maps/meadow.tmj");
  EXPECT_EQ(before.status, 200);
  EXPECT_EQ(*before.shared_body, "one");

  folder.write("meadow.tmj", "the second");
  folder.write("cave.tmj", "cave");
  EXPECT_EQ(*get(**maps, "/maps/meadow.tmj").shared_body, "one") << "nobody has accepted it yet";
  (*maps)->refresh();
  const net::HttpResponse after = get(**maps, "/maps/meadow.tmj");
  EXPECT_EQ(*after.shared_body, "the second");
  EXPECT_NE(etag_of(after), etag_of(before));
  EXPECT_EQ(get(**maps, "/maps/cave.tmj").status, 200);
  EXPECT_EQ(get(**maps, "/maps/nowhere.tmj").status, 404);
}

TEST(LiveMaps, TakeOnlyTheirPath) {
  const TemporaryFolder folder;
  auto maps = LiveMaps::open(folder.path(), {});
  ASSERT_TRUE(maps.has_value());
  EXPECT_TRUE((*maps)->takes("/maps/meadow.tmj"));
  EXPECT_FALSE((*maps)->takes("/mapsheet"));
  EXPECT_FALSE((*maps)->takes("/"));
  EXPECT_FALSE(LiveMaps::open("/does/not/exist", {}).has_value());
}

}  // namespace
}  // namespace throng::app
