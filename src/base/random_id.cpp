#include "base/random_id.h"

#include <array>
#include <string_view>

#include "base/assert.h"
#include "base/rng.h"

namespace throng {

std::string random_id(std::size_t length) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  std::array<std::uint8_t, 64> raw{};
  THRONG_ASSERT(length <= raw.size(), "a random id has at most 64 characters");
  secure_random({raw.data(), length});
  std::string id(length, ' ');
  for (std::size_t i = 0; i < length; ++i) id[i] = kAlphabet[raw[i] & 63u];
  return id;
}

}  // namespace throng
