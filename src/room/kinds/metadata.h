#pragma once
// A room's metadata: a JSON object in the configuration, MessagePack on the wire, comparable value by value.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/wire/msgpack.h"

namespace throng::room {

/// Top-level key to its value as MessagePack in one canonical form, so that equal values have equal bytes.
using Metadata = std::map<std::string, std::vector<std::uint8_t>>;

/// Of a JSON object; anything else reads as empty.
Metadata parse_metadata(std::string_view json);
/// Of a MessagePack map; keys that are not texts are left out.
Metadata read_metadata(const protocol::MsgpackValue& value);
/// One MessagePack map.
void write_metadata(const Metadata& metadata, ByteWriter& out);
/// Whether every value of `wanted` is in `metadata`, equal.
bool contains_all(const Metadata& metadata, const Metadata& wanted);

}  // namespace throng::room
