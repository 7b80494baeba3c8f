#pragma once

namespace throng::app {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitConfiguration = 2;  ///< flags or files are wrong; nothing was started

}  // namespace throng::app
