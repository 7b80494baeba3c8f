#pragma once
// The protocol's test vectors as the load generator's tests read them, and states as JSON.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "load/state_decoder.h"
#include "support/source_dir.h"

namespace throng::bench::testing {

inline std::vector<std::uint8_t> bytes_of(std::string_view hex) {
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

inline nlohmann::json read_json(const std::string& path_in_source) {
  std::ifstream file(source_dir() + "/" + path_in_source);
  if (!file) throw std::runtime_error("no file " + path_in_source);
  return nlohmann::json::parse(file);
}

nlohmann::json as_json(const StateDecoder& decoder, const Structure& structure);

inline nlohmann::json as_json(const StateDecoder& decoder, const StateValue& value, ValueKind kind) {
  if (is_reference(kind)) return as_json(decoder, *decoder.find(value.reference));
  if (kind == ValueKind::Text) return value.text;
  if (kind == ValueKind::Boolean) return value.number != 0;
  return value.number;
}

inline nlohmann::json as_json(const StateDecoder& decoder, const Structure& structure) {
  nlohmann::json json = structure.kind == ValueKind::Array ? nlohmann::json::array() : nlohmann::json::object();
  for (const auto& [index, entry] : structure.entries) {
    nlohmann::json child = as_json(decoder, entry.value, structure.child_kind);
    if (json.is_array()) {
      json.push_back(std::move(child));
    } else {
      json[entry.key] = std::move(child);
    }
  }
  if (structure.kind != ValueKind::Structure) return json;
  const std::vector<FieldType>& fields = decoder.types().types[static_cast<std::size_t>(structure.type)].fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (structure.fields[i].present) json[fields[i].name] = as_json(decoder, structure.fields[i], fields[i].kind);
  }
  return json;
}

/// Equal, but for float32 rounding, and for 64-bit integers that the vectors write as text.
inline bool same_state(const nlohmann::json& a, const nlohmann::json& b) {
  if (a.is_string() && b.is_number()) return same_state(std::stod(a.get<std::string>()), b);
  if (a.is_number() && b.is_number()) {
    const double x = a.get<double>();
    const double y = b.get<double>();
    return std::abs(x - y) <= 1e-4 * std::max(1.0, std::abs(x));
  }
  if (a.type() != b.type() || a.size() != b.size()) return false;
  if (!a.is_structured()) return a == b;
  for (auto at = a.begin(); at != a.end(); ++at) {
    if (a.is_object() && !b.contains(at.key())) return false;
    const nlohmann::json& other = a.is_object() ? b.at(at.key()) : b.at(static_cast<std::size_t>(at - a.begin()));
    if (!same_state(*at, other)) return false;
  }
  return true;
}

}  // namespace throng::bench::testing
