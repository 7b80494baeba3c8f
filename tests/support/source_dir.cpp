#include "support/source_dir.h"

namespace throng {

std::string source_dir() { return THRONG_SOURCE_DIR; }

}  // namespace throng
