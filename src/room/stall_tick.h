#pragma once
// A tick that takes long, for tests: `THRONG_STALL_TICK=world:20:120` makes the 20th tick of each room of kind `world` take
// 120 ms more. Compiled in by the CMake option THRONG_FAILPOINTS (debug and sanitizer presets), else nothing.

#include <cstdint>
#include <string_view>

namespace throng::room {

#ifdef THRONG_FAILPOINTS
/// @param tick  since the room was made, as TickProfile counts
void stall_tick(std::string_view kind, std::uint64_t tick);
#else
inline void stall_tick(std::string_view, std::uint64_t) {}
#endif

}  // namespace throng::room
