#pragma once
// The directory of rooms when there is one node: a table in this process.

#include <memory>

#include "room/ports.h"

namespace throng::services {

/// Answers every call at once. One thread.
std::unique_ptr<room::RoomDirectory> make_memory_directory();

}  // namespace throng::services
