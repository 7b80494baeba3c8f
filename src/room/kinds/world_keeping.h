#pragma once
// Output commit of a world room: what changes of its characters is handed over in cuts, and shown when it is durable.

#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "room/kinds/kept_character.h"
#include "room/kinds/pending_moves.h"
#include "room/kinds/world_members.h"
#include "room/kinds/world_rows.h"
#include "sim/world.h"

namespace throng::room {

/// Room's thread; what it refers to outlives it. Without somebody who keeps, and for guests, it does nothing.
class WorldKeeping {
 public:
  /// A cut that is under way for longer means that the store is behind.
  static constexpr int kBehindAfterMs = 3'000;
  /// After a refusal the keeper is asked again no sooner.
  static constexpr int kRetryMs = 250;
  /// Those whose player has gone, and who wait for the store, count too.
  static constexpr std::size_t kCharactersPerSeat = 2;

  /// @param inbox  takes the intents for the next tick
  WorldKeeping(RoomControl& control, WorldMembers& members, const sim::World& world, WorldRows& rows,
               std::vector<sim::Intent>& inbox)
      : control_(control), members_(members), world_(world), rows_(rows), inbox_(inbox) {}

  // Who comes and goes.

  /// Whether the arrival is a character that this room keeps.
  bool takes(const Arrival& arrival) const { return control_.keeps() && arrival.lease.held(); }
  bool is_full() const;
  /// @param sheet  of the arrival; null: a new character
  void open(sim::PlayerKey key, const Arrival& arrival, const sim::CharacterSheet* sheet);
  /// The session is over. False: nobody who is kept; the caller takes the body out of the world.
  bool left(sim::PlayerKey key, bool has_gone);
  /// It is to leave the world for a map, at the end of this tick; when that is committed a seat is sought.
  bool set_out(sim::PlayerKey key, const std::string& map);
  /// There was no seat: it comes back with the next tick.
  void turned_back(sim::PlayerKey key);
  /// Somebody newer comes for the account: a body that lingers goes now.
  void let_go(AccountId account);
  /// The sheet that somebody takes along through a portal; guests have one, too.
  std::vector<std::uint8_t> travel_sheet(sim::PlayerKey key, sim::EntityIndex index) const;

  // The tick.

  /// Takes those who leave out of the world, and opens or closes the economy.
  void before_tick();
  /// For each event of the tick, before anybody is told of it.
  void note(const sim::Event& event);
  void end_tick();
  void cut_done(const CutOutcome& outcome);
  /// The room ends: everybody leaves. `finished` when all of it is kept.
  void end();
  bool finished();

  // What goes with the next cut, of a character that is kept; of others nothing.

  void keep_acquaintances(sim::PlayerKey key, const Acquaintances& acquaintances);
  /// From now on what it sends or takes (sim::Source::Mail) goes to this mail, or comes out of it.
  void use_mail(sim::PlayerKey key, MailId mail);
  void post_mail(sim::PlayerKey key, PostedMail mail);
  /// The number of the cut that takes along what has happened until now.
  std::int64_t next_number() const { return next_number_; }

  // What players may know.

  /// Of a player in the world: what was committed, or as it is when nothing is kept of it.
  PossessionsView shown(sim::PlayerKey key, sim::EntityIndex index) const;
  /// False: nothing of this member has been committed that could be shown.
  bool can_show(sim::PlayerKey key) const;
  /// Keeps the message back until what has happened is committed. False: not for this player, tell it now.
  bool hold(sim::PlayerKey key, std::string_view type, ByteSpan payload);
  bool hold(sim::PlayerKey key, const Question& question);
  /// Whether as much waits for this player as may.
  bool holds_too_much(sim::PlayerKey key) const;

 private:
  KeptCharacter* find(sim::PlayerKey key);
  const KeptCharacter* find(sim::PlayerKey key) const;
  void forget(KeptCharacter& character);
  void lose(sim::PlayerKey key, std::string_view why);
  void push_news(KeptCharacter& character, HeldNews news);

  // world_cuts.cpp
  void on(const sim::PlayerSpawned& event);
  void on(const sim::ItemMoved& event);
  void on(const sim::CoinsMoved& event);
  void on(const sim::Died& event);
  void on(const sim::KillCredited& event) { mark(event.key); }
  void on(const sim::ExperienceGained& event) { mark(event.key); }
  void on(const sim::LevelReached& event) { mark(event.key); }
  void on(const sim::SkillLearned& event) { mark(event.key); }
  void on(const sim::QuestChanged& event) { mark(event.key); }
  void on(const sim::AchievementEarned& event) { mark(event.key); }
  void on(const sim::Talked& event) { mark(event.key); }
  template <typename Other>
  void on(const Other&) {}
  void mark(sim::PlayerKey key);
  void note_move(sim::PlayerKey key, content::ItemRef item, std::int64_t uid, std::int64_t amount, sim::Source source);
  void note_gotten(sim::PlayerKey key, Holding what);
  void note_exchange(sim::PlayerKey from, sim::PlayerKey to, const Holding& what);

  bool is_behind() const;
  std::vector<std::uint8_t> sheet_bytes(const KeptCharacter* character, sim::EntityIndex index, bool with_place) const;
  void capture(KeptCharacter& character);
  void leave_now(KeptCharacter& character);
  void look_at_arrivals();
  void look_at_checkpoints();
  void hand_over();
  bool fill_cut(Cut& cut);
  void explain_rest(KeptCharacter& character);
  void add_save(Cut& cut, KeptCharacter& character);
  void add_moves(Cut& cut) const;
  void taken();
  void taken(KeptCharacter& character);
  void committed(KeptCharacter& character);
  void tell(sim::PlayerKey key, std::vector<HeldNews> news);
  void refused(const std::string& why);
  CheckpointMark mark_of(const KeptCharacter& character) const;
  Tick ticks(int ms) const { return sim::ticks_from_ms(static_cast<std::uint32_t>(ms), control_.def().tick_rate_hz); }

  RoomControl& control_;
  WorldMembers& members_;
  const sim::World& world_;
  WorldRows& rows_;
  std::vector<sim::Intent>& inbox_;

  std::vector<std::unique_ptr<KeptCharacter>> characters_;  // bound: kCharactersPerSeat for each seat
  std::unordered_map<sim::PlayerKey, KeptCharacter*> character_of_key_;
  PendingMoves moves_;
  /// Given in an exchange, by events that came earlier in this tick, and not gotten by anybody yet.
  struct Given {
    sim::PlayerKey key;
    Holding what;
  };
  std::vector<Given> given_;

  std::int64_t next_number_ = 1;
  std::int64_t under_way_ = 0;  // number of the cut that is; 0: none
  Tick under_way_since_;
  bool keeper_is_full_ = false;
  Tick retry_at_;
  std::vector<sim::PlayerKey> arrived_;  // in this tick
  Holdings difference_;                  // scratch
  std::vector<sim::PlayerKey> in_cut_;   // whom the cut that is under way holds
  std::vector<sim::PlayerKey> done_;     // scratch
};

}  // namespace throng::room
