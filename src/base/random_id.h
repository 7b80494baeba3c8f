#pragma once
// Unguessable short texts: ids of rooms, seats and processes, and tokens.

#include <cstddef>
#include <string>

namespace throng {

/// `length` characters of [A-Za-z0-9_-] from the operating system's generator, six bits each. Any thread.
std::string random_id(std::size_t length);

/// What clients see of rooms, seats and processes: 54 bits, as the reference server uses.
inline constexpr std::size_t kPublicIdLength = 9;
/// Secrets: 132 bits; SDKs allow at most 31 characters.
inline constexpr std::size_t kTokenLength = 22;

}  // namespace throng
