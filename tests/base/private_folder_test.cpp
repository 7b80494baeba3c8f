#include "base/private_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/temporary_folder.h"

namespace throng {
namespace {

unsigned mode_of(const std::string& path) {
  struct stat status{};
  EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777u;
}

TEST(PrivateFolder, IsForOurUserAloneWithAllThatWasMissingAboveIt) {
  const TemporaryFolder folder;
  EXPECT_TRUE(make_private_folder(folder.path("data/outbox/")));
  EXPECT_EQ(mode_of(folder.path("data/outbox")), 0700u);
  EXPECT_EQ(mode_of(folder.path("data")), 0700u);
}

TEST(PrivateFolder, ThatIsThereStaysAsItIs) {
  const TemporaryFolder folder;
  ASSERT_EQ(mkdir(folder.path("shared").c_str(), 0755), 0);
  const unsigned before = mode_of(folder.path("shared"));
  EXPECT_TRUE(make_private_folder(folder.path("shared")));
  EXPECT_TRUE(make_private_folder(""));
  EXPECT_EQ(mode_of(folder.path("shared")), before);
}

TEST(PrivateFolder, CannotBeMadeWhereAFileIs) {
  TemporaryFolder folder;
  folder.write("file", "x");
  EXPECT_FALSE(make_private_folder(folder.path("file")));
  EXPECT_FALSE(make_private_folder(folder.path("file/data")));
}

}  // namespace
}  // namespace throng
