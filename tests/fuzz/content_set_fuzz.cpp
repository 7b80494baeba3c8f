// A whole set of content of which one file is foreign: it loads, or says why not; and what loads, loads again on top
// of itself with the same numbers.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.h"
#include "content/game/small_set.h"

using throng::content::ContentTexts;
using throng::content::load_content;
namespace test = throng::content::test;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const ContentTexts whole = test::small_set();
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  ContentTexts texts = whole;
  // The first byte, a letter in the corpus, says which file it is.
  auto file = texts.begin();
  std::advance(file, data[0] % texts.size());
  file->second = text;
  const auto first = load_content(texts, test::small_formats(), nullptr);
  if (!first) {
    THRONG_ASSERT(!first.error().message.empty(), "a set is refused without a word");
    return 0;
  }
  const auto second = load_content(texts, test::small_formats(), first->get());
  THRONG_ASSERT(second.has_value() && (*second)->hash == (*first)->hash, "a set does not load on top of itself");
  THRONG_ASSERT((*second)->monsters == (*first)->monsters && (*second)->statuses == (*first)->statuses,
                "a set on top of itself has other numbers");
  return 0;
}
