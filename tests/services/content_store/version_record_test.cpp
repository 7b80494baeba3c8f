#include "services/content_store/version_record.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace throng::services {
namespace {

TEST(VersionRecord, BoundsNotes) {
  const ContentVersion version = make_version(1, {}, {}, 0, {std::string(5000, 'a'), std::string(5000, 'b')});
  EXPECT_EQ(version.note.author.size(), 1000u);
  EXPECT_EQ(version.note.reason.size(), 1000u);
}

TEST(VersionRecord, CutsNotesBetweenCharactersAndLeavesOutWhatIsNone) {
  std::string long_reason;
  for (int i = 0; i < 600; ++i) long_reason += "é";
  long_reason.insert(1, 1, 'x');  // within the first character
  const ContentVersion version = make_version(1, {}, {}, 0, {std::string("an\0n\xff", 5), long_reason});
  EXPECT_EQ(version.note.author, "ann");
  EXPECT_LE(version.note.reason.size(), 1000u);
  EXPECT_GE(version.note.reason.size(), 998u);
  EXPECT_TRUE(count_code_points(version.note.reason).has_value());
}

}  // namespace
}  // namespace throng::services
