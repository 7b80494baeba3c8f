// The JSON reader against another parser: what ours accepts is JSON, and means the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "base/assert.h"
#include "content/game/small_set.h"
#include "content/json.h"
#include "content/server/rooms_def.h"
#include "content/server/server_def.h"

using throng::Result;
using throng::content::JsonDocument;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<JsonDocument> document = throng::content::parse_json(text, "fuzz.json");
  if (document) {
    const nlohmann::json theirs = nlohmann::json::parse(text, nullptr, false);
    THRONG_ASSERT(!theirs.is_discarded(), "we accept what is no JSON");
    const std::string ours = document->root().compact_text();
    THRONG_ASSERT(nlohmann::json::parse(ours, nullptr, false) == theirs, "we read another value");
  }
  (void)throng::content::parse_rooms(text, "fuzz.json");
  (void)throng::content::parse_server(text, "fuzz.json");
  (void)throng::content::parse_monsters(text, "fuzz.json");
  (void)throng::content::parse_skills(text, "fuzz.json", throng::content::test::small_formats());
  return 0;
}
