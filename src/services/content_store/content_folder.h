#pragma once
// config/content as a set of texts. Whoever writes several files holds the folder's lock, so that nobody who takes it
// too ever reads half of a set. Editors do not take it; against them the watcher waits for quiet.

#include <cstddef>
#include <string>

#include "base/result.h"
#include "content/game/game_content.h"

namespace throng::services {

/// Of one set. A map alone may have 16 MiB (content/map/map_parser.h).
inline constexpr std::size_t kContentFilesMax = 500;
inline constexpr std::size_t kContentBytesMax = 64u << 20;

/// Reads content_file_names(), those of optional_content_file_names() that are there and, below `maps/`, every map and
/// tileset (.tmj .tmx .tsj .tsx .json), links followed. The error names every file that is missing or cannot be read.
/// Blocks; any thread.
Result<content::ContentTexts> read_content_folder(const std::string& folder);

/// Makes the folder hold exactly `texts`: each file is written beside its place and renamed over it, and maps,
/// tilesets and optional files that are not in `texts` are removed. Pictures and whatever else lies there stay. Files
/// that are right already are not touched. Blocks; any thread.
Result<void> write_content_folder(const std::string& folder, const content::ContentTexts& texts);

/// Writes `text` to `path` so that after a crash there is the old file or the new one, whole.
Result<void> write_file_durably(const std::string& path, std::string_view text);

/// Sixty-four hexadecimal digits; equal for equal names and texts.
std::string texts_id(const content::ContentTexts& texts);
std::string text_id(std::string_view text);

}  // namespace throng::services
