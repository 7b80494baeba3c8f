#include "protocol/state/mmo_state.h"

namespace throng::protocol {

StateInfo describe_mmo_state() {
  TypeInfo root{
      "MmoState", {{"entities", WireType::Map, 1, "entities in view"}}, "The root of the state of an mmo room"};
  return {"mmo", {std::move(root), describe_row<EntityRow>()}};
}

std::uint8_t* encode_mmo_links(std::uint8_t* at) {
  at = write_u8(at, kAdd | 0);
  return write_num(at, kEntitiesRef);
}

}  // namespace throng::protocol
