#include "content/game/generated_content.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "content/game/shipped_set.h"
#include "support/files.h"

namespace throng::content {
namespace {

TEST(GeneratedContent, IsWhatIsCommitted) {
  for (const GeneratedContent& file : generated_content(test::shipped_formats())) {
    EXPECT_TRUE(shipped_file(file.path) == file.text) << file.path << " is stale: run ./dev gen";
  }
}

}  // namespace
}  // namespace throng::content
