#pragma once
// From the events of a tick to what players are told of them.

#include <vector>

#include "protocol/messages/trade.h"
#include "protocol/messages/world_events.h"
#include "room/kinds/combat_feed.h"
#include "room/kinds/entity_views.h"
#include "room/kinds/world_keeping.h"
#include "room/kinds/world_members.h"
#include "sim/world.h"

namespace throng::room {

/// As the client is told it.
std::string_view party_news_word(sim::PartyNews news);

/// Room's thread; what it refers to outlives it.
class WorldNews {
 public:
  WorldNews(RoomControl& control, WorldMembers& members, const sim::World& world, const EntityViews& views,
            WorldKeeping& keeping)
      : control_(control), members_(members), world_(world), views_(views), keeping_(keeping) {}

  /// After the tick that told the event. Marks members whose private state may have changed.
  void tell(const sim::Event& event);
  void begin_patch() { feed_.begin_patch(); }
  /// The fights that this client sees, as one message.
  void send_combat(SessionSlot slot);

  /// One message to one player.
  template <typename Payload>
  void send(SessionSlot slot, std::string_view type, const Payload& payload) {
    bytes_.clear();
    protocol::MsgpackWriter writer(bytes_);
    protocol::encode(writer, payload);
    control_.send(slot, type, bytes_.view());
  }
  template <typename Payload>
  void send(sim::PlayerKey key, std::string_view type, const Payload& payload) {
    if (const std::optional<SessionSlot> slot = members_.slot_of(key)) send(*slot, type, payload);
  }
  void notice(SessionSlot slot, std::string_view text);
  /// One message about what a player has or has reached: once it is committed.
  template <typename Payload>
  void send_committed(sim::PlayerKey key, std::string_view type, const Payload& payload) {
    const std::optional<SessionSlot> slot = members_.slot_of(key);
    if (!slot) return;
    bytes_.clear();
    protocol::MsgpackWriter writer(bytes_);
    protocol::encode(writer, payload);
    if (!keeping_.hold(key, type, bytes_.view())) control_.send(*slot, type, bytes_.view());
  }

 private:
  // Fights: told to everybody who sees source or target.
  void on(const sim::Damaged& event);
  void on(const sim::Healed& event);
  void on(const sim::StatusChanged& event);
  void on(const sim::CastTold& event);
  void on(const sim::Died& event);
  void on(const sim::BossPhaseBegan& event);
  // Told to the player whom it is about.
  void on(const sim::KillCredited& event);
  void on(const sim::PlayerRespawned& event);
  void on(const sim::ExperienceGained& event);
  void on(const sim::LevelReached& event);
  void on(const sim::SkillLearned& event);
  void on(const sim::QuestChanged& event);
  void on(const sim::AchievementEarned& event);
  void on(const sim::Talked& event);
  void on(const sim::ItemMoved& event);
  void on(const sim::CoinsMoved& event);
  void on(const sim::PartyChanged& event);
  void on(const sim::TradeChanged& event);
  // Nobody is told of the others: they show in the state, or are the room's business.
  template <typename Other>
  void on(const Other&) {}

  void broadcast(const protocol::CombatEvent& event, sim::ActorRef source, sim::ActorRef target);
  void progress(sim::PlayerKey key, const protocol::Progress& progress);
  void mark(sim::PlayerKey key);
  void mark(sim::ActorRef actor);
  std::string_view skill_id(content::SkillRef skill) const;
  bool open_to(const content::QuestDef& quest, const sim::Journal& journal, std::int32_t level) const;
  std::vector<protocol::QuestOfferRow> quest_offers(content::NpcRef npc, sim::EntityIndex player) const;

  RoomControl& control_;
  WorldMembers& members_;
  const sim::World& world_;
  const EntityViews& views_;
  WorldKeeping& keeping_;
  CombatFeed feed_;
  ByteWriter bytes_;  // scratch of one message
};

}  // namespace throng::room
