#include "protocol/sync/private_state.h"

namespace throng::protocol {

void PrivateState::write_changes(FrameBuffer& frame) {
  std::uint8_t* const start = frame.reserve(kSwitchBytesMax + kRowBytesMax<MeRow>);
  std::uint8_t* const body = write_switch(start, kMeRef);
  std::uint8_t* const end = encode_changes(told_, me, body);
  frame.commit(end == body ? start : end);
  told_ = me;
  bag.write_changes(frame);
  equipment.write_changes(frame);
  skills.write_changes(frame);
  buffs.write_changes(frame);
  quests.write_changes(frame);
  party.write_changes(frame);
}

void PrivateState::write_complete(FrameBuffer& frame) {
  std::uint8_t* at = frame.reserve(kSwitchBytesMax + kRowBytesMax<MeRow> + kMeLinksBytesMax);
  at = write_switch(at, kMeRef);
  frame.commit(encode_me_links(encode_complete(me, at)));
  told_ = me;
  bag.write_complete(frame);
  equipment.write_complete(frame);
  skills.write_complete(frame);
  buffs.write_complete(frame);
  quests.write_complete(frame);
  party.write_complete(frame);
}

}  // namespace throng::protocol
