#include "base/rng.h"

#include <cerrno>
#include <sys/random.h>

#include "base/assert.h"

namespace throng {

void secure_random(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t got = getrandom(out.data(), out.size(), 0);
    if (got < 0 && errno == EINTR) continue;
    THRONG_ASSERT(got > 0, "the operating system gave no random bytes");
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

std::uint64_t secure_random_u64() {
  std::uint64_t value = 0;
  secure_random({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
  return value;
}

}  // namespace throng
