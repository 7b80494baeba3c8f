#include "room/kinds/metadata.h"

#include "content/json.h"

namespace throng::room {
namespace {

using protocol::MsgpackValue;
using protocol::MsgpackWriter;

void write_json(const content::JsonValue& value, MsgpackWriter& out) {
  switch (value.kind()) {
    case content::JsonKind::Null: out.nil(); return;
    case content::JsonKind::Boolean: out.boolean(value.boolean()); return;
    case content::JsonKind::Integer:
    case content::JsonKind::Number: out.number(value.number({-1e300, 1e300})); return;
    case content::JsonKind::Text: out.string(value.text({.bytes_max = 65'536})); return;
    case content::JsonKind::Array: {
      const content::JsonArray array = value.array();
      out.array(array.size());
      for (std::size_t i = 0; i < array.size(); ++i) write_json(array[i], out);
      return;
    }
    case content::JsonKind::Object: {
      const std::vector<content::JsonObject::Member> members = value.object().members();
      out.map(members.size());
      for (const content::JsonObject::Member& member : members) {
        out.key(member.key);
        write_json(member.value, out);
      }
      return;
    }
  }
}

/// The reader stops at a depth of MsgpackDocument::kDepthMax, which bounds this recursion.
void write_msgpack(const MsgpackValue& value, MsgpackWriter& out) {
  if (const auto boolean = value.as_bool()) {
    out.boolean(*boolean);
  } else if (const auto number = value.as_number()) {
    out.number(*number);
  } else if (const auto text = value.as_string()) {
    out.string(*text);
  } else if (value.is_array()) {
    out.array(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) write_msgpack(value.at(i), out);
  } else if (value.is_map()) {
    out.map(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
      write_msgpack(value.key(i), out);
      write_msgpack(value.at(i), out);
    }
  } else {
    out.nil();
  }
}

}  // namespace

Metadata parse_metadata(std::string_view json) {
  Metadata metadata;
  const Result<content::JsonDocument> document = content::parse_json(json, "metadata");
  if (!document || document->root().kind() != content::JsonKind::Object) return metadata;
  for (const content::JsonObject::Member& member : document->root_object().members()) {
    ByteWriter bytes;
    MsgpackWriter writer(bytes);
    write_json(member.value, writer);
    metadata[member.key] = bytes.take();
  }
  return metadata;
}

Metadata read_metadata(const MsgpackValue& value) {
  Metadata metadata;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto key = value.key(i).as_string();
    if (!key) continue;
    ByteWriter bytes;
    MsgpackWriter writer(bytes);
    write_msgpack(value.at(i), writer);
    metadata[std::string(*key)] = bytes.take();
  }
  return metadata;
}

void write_metadata(const Metadata& metadata, ByteWriter& out) {
  MsgpackWriter writer(out);
  writer.map(metadata.size());
  for (const auto& [key, value] : metadata) {
    writer.key(key);
    out.append(value);
  }
}

bool contains_all(const Metadata& metadata, const Metadata& wanted) {
  for (const auto& [key, value] : wanted) {
    const auto found = metadata.find(key);
    if (found == metadata.end() || found->second != value) return false;
  }
  return true;
}

}  // namespace throng::room
