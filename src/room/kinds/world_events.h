#pragma once
// Which world events run, for those who play: when they come, and when one begins or ends.

#include "room/kinds/world_members.h"
#include "room/kinds/world_news.h"
#include "sim/world.h"

namespace throng::room {

/// Room's thread; what it refers to outlives it.
class WorldEvents {
 public:
  WorldEvents(WorldMembers& members, const sim::World& world, WorldNews& news)
      : members_(members), world_(world), news_(news) {}

  /// To somebody who has come or come back, unless nothing runs and they were never told of any: whoever was away may
  /// have missed the end of one.
  void tell(SessionSlot slot);
  /// After the world has gone over from `before` to its present content: the list to everybody when it is another one,
  /// and a line for each event that has begun or ended.
  void content_changed(const content::GameContent& before);

 private:
  void send_list(SessionSlot slot);
  void notice_all(const std::string& text);

  WorldMembers& members_;
  const sim::World& world_;
  WorldNews& news_;
};

}  // namespace throng::room
