#include "services/content_store/memory_store.h"

#include "services/content_store/content_store_suite.h"

namespace throng::services::test {
namespace {

class MemoryStoreSubject {
 public:
  ContentStore& store() { return *store_; }

 private:
  std::unique_ptr<ContentStore> store_ = make_memory_content_store(kVersionsKeptInTests);
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ContentStoreSuite, MemoryStoreSubject);

}  // namespace
}  // namespace throng::services::test
