#pragma once
// Recordings of rooms as files, written on a service thread so that no tick waits for a disk.

#include <memory>
#include <string>

#include "base/result.h"
#include "room/ports.h"

namespace throng::services {

/// Bytes that may wait for the disk, all recordings together. A stream that meets the limit is ended.
inline constexpr std::size_t kRecordingQueueBytesMax = 64u << 20;

/// Makes `directory` when it is not there. A stream becomes `<directory>/<stream>.trec`. The sink may be used from any
/// thread; its destructor writes what waits.
Result<std::unique_ptr<room::RecordingSink>> open_file_recordings(const std::string& directory);

}  // namespace throng::services
