#pragma once
// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.

#include "base/bytes.h"

namespace throng::net {

/// Whether all of `bytes` is well-formed UTF-8; empty is. Pure, any thread.
bool is_valid_utf8(ByteSpan bytes);

/// The longest prefix of `text` of at most `bytes_max` bytes that does not cut a character in two.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max);

}  // namespace throng::net
