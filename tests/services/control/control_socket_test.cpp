#include "services/control/control_socket.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>

#include <filesystem>
#include <thread>
#include <vector>

#include "support/temporary_folder.h"

namespace throng::services {
namespace {

using ::testing::HasSubstr;

std::string echo(std::string_view request) { return "<" + std::string(request) + ">"; }

TEST(ControlSocket, AnswersOneLineWithOneLine) {
  TemporaryFolder folder;
  const auto socket = open_control_socket(folder.path(), echo);
  ASSERT_TRUE(socket) << socket.error().message;
  EXPECT_EQ(*ask_control_socket(folder.path(), "hello"), "<hello>");
  const std::string long_text(1 << 20, 'x');
  EXPECT_EQ(*ask_control_socket(folder.path(), long_text), "<" + long_text + ">");
}

TEST(ControlSocket, AnswersManyAtOnce) {
  TemporaryFolder folder;
  const auto socket = open_control_socket(folder.path(), echo);
  std::vector<std::thread> askers;
  for (int i = 0; i < 20; ++i)
    askers.emplace_back([&folder, i] {
      const std::string request = std::to_string(i);
      const auto answer = ask_control_socket(folder.path(), request);
      ASSERT_TRUE(answer) << answer.error().message;
      EXPECT_EQ(*answer, "<" + request + ">");
    });
  for (std::thread& asker : askers) asker.join();
}

TEST(ControlSocket, IsForItsUserOnly) {
  TemporaryFolder folder;
  const auto socket = open_control_socket(folder.path(), echo);
  struct stat status{};
  ASSERT_EQ(stat(folder.path(kControlSocketName).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST(ControlSocket, FitsIntoFoldersWithLongNames) {
  TemporaryFolder folder;
  const std::string path = folder.path(std::string(200, 'd')) + "/deeper";
  const auto socket = open_control_socket(path, echo);
  ASSERT_TRUE(socket) << socket.error().message;
  EXPECT_EQ(*ask_control_socket(path, "x"), "<x>");
}

TEST(ControlSocket, IsGoneWithItsServer) {
  TemporaryFolder folder;
  {
    const auto socket = open_control_socket(folder.path(), echo);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path(kControlSocketName)));
  const auto answer = ask_control_socket(folder.path(), "x");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error().message, HasSubstr("no server is running"));
  EXPECT_FALSE(ask_control_socket(folder.path("nowhere"), "x"));
}

TEST(ControlSocket, ReplacesTheOneOfAServerThatWasKilled) {
  TemporaryFolder folder;
  folder.write(kControlSocketName, "");
  const auto socket = open_control_socket(folder.path(), echo);
  ASSERT_TRUE(socket) << socket.error().message;
  EXPECT_EQ(*ask_control_socket(folder.path(), "x"), "<x>");
}

TEST(ControlSocket, BelongsToOneServer) {
  TemporaryFolder folder;
  auto first = open_control_socket(folder.path(), echo);
  const auto second = open_control_socket(folder.path(), echo);
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().message, HasSubstr("another throngd"));
  EXPECT_EQ(*ask_control_socket(folder.path(), "x"), "<x>");
}

}  // namespace
}  // namespace throng::services
