#pragma once
// Versions of the content as files, readable with any editor:
//   versions/00000012.json   who, when, why, the hash, the id of each file's text, and the diff (RFC 6902)
//   texts/<id>               one text each, shared by all versions that have it
//   live                     the number that the server plays

#include <memory>
#include <string>

#include "services/reload/ports.h"

namespace throng::services {

/// Makes `folder` when it is not there. The error names the path and the system's reason.
/// @param versions_max  beyond it the oldest are forgotten, at least 2
Result<std::unique_ptr<ContentStore>> open_content_files(const std::string& folder,
                                                         std::size_t versions_max = kVersionsKeptMax);

}  // namespace throng::services
