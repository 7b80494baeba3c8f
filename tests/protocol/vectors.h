#pragma once
// The protocol's test vectors, and the hexadecimal they are written in.

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "protocol/wire/msgpack.h"
#include "support/source_dir.h"

namespace throng::protocol::testing {

inline std::vector<std::uint8_t> from_hex(std::string_view hex) {
  std::vector<std::uint8_t> bytes;
  std::string digits;
  for (const char c : hex) {
    if (c != ' ') digits += c;
  }
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(digits.substr(i, 2), nullptr, 16)));
  }
  return bytes;
}

inline std::string to_hex(ByteSpan bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

/// `name` without ".json".
inline nlohmann::json load_vector(const std::string& name) {
  std::ifstream file(source_dir() + "/tests/protocol/vectors/" + name + ".json");
  if (!file) throw std::runtime_error("no vector " + name);
  return nlohmann::json::parse(file);
}

/// As the vectors write values down: bytes are their hexadecimal text.
inline nlohmann::json to_json(const MsgpackValue& value) {
  using Kind = MsgpackValue::Kind;
  switch (value.kind()) {
    case Kind::Nil: return nullptr;
    case Kind::Boolean: return *value.as_bool();
    case Kind::Integer: return *value.as_integer();
    case Kind::Unsigned:
    case Kind::Float: return *value.as_number();
    case Kind::String: return std::string(*value.as_string());
    case Kind::Bytes: return to_hex(*value.as_bytes());
    case Kind::Timestamp: return *value.as_timestamp_ms();
    case Kind::Extension: return to_hex(*value.extension_data());
    case Kind::Array: {
      nlohmann::json array = nlohmann::json::array();
      for (std::size_t i = 0; i < value.size(); ++i) array.push_back(to_json(value.at(i)));
      return array;
    }
    case Kind::Map: break;
  }
  nlohmann::json map = nlohmann::json::object();
  for (std::size_t i = 0; i < value.size(); ++i) {
    map[std::string(value.key(i).as_string().value_or("?"))] = to_json(value.at(i));
  }
  return map;
}

}  // namespace throng::protocol::testing
