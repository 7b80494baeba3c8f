#include "services/presence/memory_directory.h"

#include "services/presence/room_directory_suite.h"

namespace throng::services::test {
namespace {

struct MemoryDirectorySubject {
  std::unique_ptr<room::RoomDirectory> directory = make_memory_directory();
  void settle() {}
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, RoomDirectorySuite, MemoryDirectorySubject);

}  // namespace
}  // namespace throng::services::test
