#pragma once
// How the command line talks to the running server: a Unix socket in its data folder that only its user may open, one
// JSON document a line each way. The content of requests is the handler's business.

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace throng::services {

inline constexpr const char* kControlSocketName = "throngd.sock";
/// Longest request: a whole set of content as JSON text.
inline constexpr std::size_t kControlRequestBytesMax = 96u << 20;
inline constexpr std::size_t kControlClientsMax = 8;

/// One request to one answer, both without their line's end. Called on the socket's thread, one at a time; may block,
/// and the next request waits meanwhile.
using ControlHandler = std::function<std::string(std::string_view request)>;

/// Answers until it is destroyed, on a thread of its own.
class ControlSocket {
 public:
  virtual ~ControlSocket() = default;
};

/// Makes `folder` when it is not there. Fails when another process answers there already.
Result<std::unique_ptr<ControlSocket>> open_control_socket(const std::string& folder, ControlHandler handler);

/// What the server that owns `folder` answers. Fails when there is none, or when it is silent for `timeout_s`.
Result<std::string> ask_control_socket(const std::string& folder, std::string_view request, int timeout_s = 60);

}  // namespace throng::services
