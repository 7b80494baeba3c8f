// Any bytes: parsing ends, and everything that was parsed can be walked.
#include <cstddef>
#include <cstdint>

#include "protocol/wire/msgpack.h"

using throng::protocol::MsgpackDocument;
using throng::protocol::MsgpackValue;

namespace {

std::size_t walk(const MsgpackValue& value) {
  std::size_t seen = 1;
  if (const auto text = value.as_string()) seen += text->size();
  if (const auto bytes = value.as_bytes()) seen += bytes->size();
  if (const auto data = value.extension_data()) seen += data->size();
  seen += value.as_integer().has_value() + value.as_number().has_value() + value.as_timestamp_ms().has_value();
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.is_map()) seen += walk(value.key(i));
    seen += walk(value.at(i));
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static MsgpackDocument document;
  std::size_t consumed = 0;
  if (!document.parse({data, size}, &consumed)) return 0;
  if (consumed > size || walk(document.root()) == 0) __builtin_trap();
  if (document.parse({data, size}) != (consumed == size)) __builtin_trap();
  return 0;
}
