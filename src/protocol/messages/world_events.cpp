#include "protocol/messages/world_events.h"

namespace throng::protocol {

void encode(MsgpackWriter& out, std::span<const WorldEventRow> running) {
  out.array(running.size());
  for (const WorldEventRow& event : running) {
    out.map(3).key("id").string(event.id).key("name").string(event.name).key("description").string(event.description);
  }
}

std::vector<PayloadTypeInfo> world_event_payload_types() {
  return {{"WorldEvent",
           "Something that is on in the world for a while",
           {{"id", PayloadType::Text, 0, 0, false, "id in events.json"},
            {"name", PayloadType::Text, 0, 0, false, "shown name"},
            {"description", PayloadType::Text, 0, 0, false, "one or two sentences, or empty"}}}};
}

}  // namespace throng::protocol
