#pragma once
// Threads have names, which profilers, debuggers and `top -H` show.

#include <string_view>

namespace throng {

/// Of the calling thread. The system takes 15 bytes; what is longer is cut.
void name_this_thread(std::string_view name);

}  // namespace throng
