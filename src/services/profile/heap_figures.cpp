#include "services/profile/heap_figures.h"

#include <fmt/format.h>
#include <malloc.h>

namespace throng::services {

HeapFigures heap_figures() {
  const struct mallinfo2 info = mallinfo2();
  return {info.uordblks + info.hblkhd, info.fordblks, info.arena, info.hblkhd};
}

std::string heap_json(const HeapFigures& figures) {
  return fmt::format(R"({{"heap":{{"in_use_bytes":{},"free_bytes":{},"arena_bytes":{},"mapped_bytes":{}}}}})",
                     figures.in_use, figures.free, figures.arena, figures.mapped);
}

}  // namespace throng::services
