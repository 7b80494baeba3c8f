#pragma once
// HTTP routes that need more than a moment: answered later, from another thread.

#include <functional>
#include <string_view>

#include "net/http/message.h"

namespace throng::net {

class Routes {
 public:
  using Reply = std::function<void(HttpResponse)>;
  virtual ~Routes() = default;
  /// Whether a path is one of theirs. Any thread.
  virtual bool takes(std::string_view path) const = 0;
  /// Any thread; never blocks. `reply` is called exactly once, from any thread.
  virtual void handle(HttpRequest request, Reply reply) = 0;
};

}  // namespace throng::net
