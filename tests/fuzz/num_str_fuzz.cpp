// Any bytes: what reads as a value is written and read again as the same one.
#include <cstddef>
#include <cstdint>

#include "protocol/wire/codec.h"

using throng::ByteReader;
using throng::protocol::kNumBytesMax;
using throng::protocol::read_integer_num;
using throng::protocol::read_num;
using throng::protocol::read_str;
using throng::protocol::write_num;

namespace {

void check_integer(std::int64_t value) {
  std::uint8_t bytes[kNumBytesMax];
  const std::uint8_t* end = write_num(bytes, value);
  ByteReader reader({bytes, end});
  if (read_integer_num(reader) != value || reader.remaining() != 0) __builtin_trap();
}

void check_double(double value) {
  std::uint8_t bytes[kNumBytesMax];
  const std::uint8_t* end = write_num(bytes, value);
  ByteReader reader({bytes, end});
  const std::optional<double> read = read_num(reader);
  if (!read || reader.remaining() != 0) __builtin_trap();
  if (std::isfinite(value) && std::fabs(*read - value) >= 1e-4) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const throng::ByteSpan bytes(data, size);
  ByteReader integers(bytes);
  while (const std::optional<std::int64_t> value = read_integer_num(integers)) check_integer(*value);
  ByteReader numbers(bytes);
  while (const std::optional<double> value = read_num(numbers)) check_double(*value);
  ByteReader texts(bytes);
  std::size_t total = 0;
  while (const std::optional<std::string_view> text = read_str(texts)) total += text->size();
  if (total > size) __builtin_trap();
  return 0;
}
