#pragma once
// What the server of a world tells about fights, things and people: one struct and one `encode` each.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "protocol/messages/server_messages.h"

namespace throng::protocol {

inline constexpr std::string_view kServerCombat = "combat";
inline constexpr std::string_view kServerProgress = "progress";
inline constexpr std::string_view kServerLoot = "loot";
inline constexpr std::string_view kServerTalk = "talk";
inline constexpr std::string_view kServerParty = "party";
inline constexpr std::string_view kServerFriends = "friends";
inline constexpr std::string_view kServerLeaderboard = "leaderboard";
inline constexpr std::string_view kServerWhy = "why";

/// One thing that happened in a fight. Clients get a list of them, each encoded once for all.
struct CombatEvent {
  std::string_view type;      ///< damage, heal, death, cast, status, phase
  std::uint32_t source = 0;   ///< entity id; 0: nobody
  std::uint32_t target = 0;
  std::int32_t amount = 0;    ///< damage, heal, phase
  std::int32_t absorbed = 0;  ///< damage
  std::string_view id = {};   ///< skill or status; empty: the basic attack
  std::string_view word = {}; ///< damage: its element; cast: started, finished, interrupted
  bool critical = false;
};

/// Something that the player has reached.
struct Progress {
  std::string_view type;     ///< experience, level, skill, quest, achievement, kill, respawn
  std::int64_t amount = 0;   ///< experience gained (lost: below 0), level reached
  std::string_view id = {};  ///< what it is about
  std::string_view word = {};///< where experience came from; the new state of a quest
};

/// Things or coins have come to the player, or gone.
struct LootNotice {
  std::string_view item;     ///< `coins`: money
  std::int64_t count = 0;    ///< below 0: gone
  std::string_view source;
};

struct ShopOfferRow {
  std::string_view item;
  std::string_view name;
  std::int64_t price = 0;
};
struct QuestOfferRow {
  std::string_view quest;
  std::string_view name;
  std::string_view state;  ///< open, active, ready
};
struct TalkAnswer {
  std::string_view npc;
  std::string_view name;
  std::string_view text;
  std::span<const ShopOfferRow> shop;
  std::span<const QuestOfferRow> quests;
};

struct PartyNewsLine {
  std::string_view news;
  std::string_view session_id;  ///< whom it is about
  std::string_view name;
};

struct FriendRow {
  std::string_view name;
  std::string_view session_id;  ///< empty: not here
  bool ignored = false;
};

struct LeaderboardRow {
  std::uint32_t rank = 0;
  std::string_view name;
  std::string_view session_id;
  std::int64_t value = 0;
};
struct LeaderboardAnswer {
  std::string_view board;
  std::span<const LeaderboardRow> rows;
  std::uint32_t own_rank = 0;  ///< 0: not counted yet
  std::int64_t own_value = 0;
};

struct WhyOptionRow {
  std::string_view what;
  std::string_view verdict;
  std::int64_t value = 0;
};
struct WhyRow {
  std::uint32_t tick = 0;
  std::string_view before;
  std::string_view after;
  std::uint32_t target = 0;
  std::int32_t hp = 0;
  double distance = -1;  ///< world units; below 0: no target
  std::vector<WhyOptionRow> options;
};
struct WhyAnswer {
  std::uint32_t monster = 0;
  std::span<const WhyRow> decisions;  ///< oldest first
};

void encode(MsgpackWriter& out, const CombatEvent& event);
void encode(MsgpackWriter& out, const Progress& progress);
void encode(MsgpackWriter& out, const LootNotice& loot);
void encode(MsgpackWriter& out, const TalkAnswer& talk);
void encode(MsgpackWriter& out, const PartyNewsLine& news);
void encode(MsgpackWriter& out, std::span<const FriendRow> friends);
void encode(MsgpackWriter& out, const LeaderboardAnswer& board);
void encode(MsgpackWriter& out, const WhyAnswer& why);

/// For the lists in server_messages.h.
std::vector<PayloadTypeInfo> game_payload_types();
std::vector<ServerMessageInfo> game_server_messages();

}  // namespace throng::protocol
