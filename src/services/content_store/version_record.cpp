#include "services/content_store/version_record.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/iso_time.h"
#include "base/utf8.h"
#include "services/content_store/content_diff.h"
#include "services/content_store/content_folder.h"

namespace throng::services {
namespace {

constexpr std::size_t kNoteBytesMax = 1000;

std::string now_as_text() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return iso_time(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

/// A user's name or a reason comes from the command line, and may hold anything.
std::string tidy_note(std::string_view text) {
  std::string tidy;
  while (!text.empty()) {
    const std::size_t length = code_point_length(text);
    if (tidy.size() + length > kNoteBytesMax) break;
    if (text.front() != '\0') tidy += text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return tidy;
}

}  // namespace

ContentVersion make_version(std::uint32_t number, const content::ContentTexts& texts,
                            const content::ContentTexts& before, std::uint64_t hash, const VersionNote& note) {
  ContentVersion version;
  version.version = number;
  version.texts_id = texts_id(texts);
  version.hash = fmt::format("{:016x}", hash);
  version.time = now_as_text();
  version.note = {tidy_note(note.author), tidy_note(note.reason)};
  if (number > 1) version.diff = json_patches(before, texts);
  return version;
}

Failure no_such_version(std::uint32_t version) {
  return fail(
      fmt::format("there is no version {} of the content; `throngd config list` shows those that are kept", version));
}

}  // namespace throng::services
