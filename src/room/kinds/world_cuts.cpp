// WorldKeeping, the half that makes cuts: what happened, what is handed over, and what comes of it.

#include <algorithm>

#include <fmt/format.h>

#include "base/assert.h"
#include "base/counters.h"
#include "base/log.h"
#include "protocol/codes.h"
#include "room/kinds/world_keeping.h"

namespace throng::room {
namespace {

constexpr std::string_view kTradeNote = "trade";
constexpr std::string_view kContentNote = "content";
constexpr std::string_view kFencedOff = "Your character is played from somewhere else now.";
constexpr std::string_view kRoomRefused = "This room could not be kept. Your character is as it was a moment ago.";

LedgerSource ledger_source(sim::Source source) {
  switch (source) {
    case sim::Source::Kill:
    case sim::Source::Loot: return LedgerSource::Loot;
    case sim::Source::Quest: return LedgerSource::Quest;
    case sim::Source::Achievement: return LedgerSource::Achievement;
    case sim::Source::Shop: return LedgerSource::Shop;
    case sim::Source::Use: return LedgerSource::Use;
    case sim::Source::Death: return LedgerSource::Death;
    case sim::Source::GameMaster: return LedgerSource::GameMaster;
    case sim::Source::Destroy: return LedgerSource::Destroy;
    case sim::Source::Start: return LedgerSource::Start;
    case sim::Source::Trade:  // these have a partner instead
    case sim::Source::Mail: break;
  }
  return LedgerSource::Unexplained;
}

/// An exchange is not tied to one tick of talk: only to what the two events say.
bool is_same(const Holding& a, const Holding& b) { return a.item == b.item && a.uid == b.uid; }

}  // namespace

// What happened

void WorldKeeping::note(const sim::Event& event) {
  if (characters_.empty()) return;
  std::visit([this](const auto& which) { on(which); }, event);
}

void WorldKeeping::mark(sim::PlayerKey key) {
  if (KeptCharacter* character = find(key)) character->changed = true;
}

void WorldKeeping::on(const sim::PlayerSpawned& event) {
  KeptCharacter* character = find(event.key);
  if (character == nullptr || character->stage != KeptStage::Arriving) return;
  character->stage = KeptStage::Here;
  character->index = event.index;
  rows_.show_level(event.index, character->is_shown ? character->shown.level() : character->at_rest.level);
  arrived_.push_back(event.key);
}

void WorldKeeping::on(const sim::ItemMoved& event) {
  note_move(event.key, event.item, event.uid, event.count, event.source);
}

void WorldKeeping::on(const sim::CoinsMoved& event) {
  note_move(event.key, content::ItemRef{content::kNoNumber}, 0, event.amount, event.source);
}

/// What it wore has worn out.
void WorldKeeping::on(const sim::Died& event) {
  if (event.kind == sim::EntityKind::Player && world_.state().exists(event.victim))
    mark(world_.player(event.victim.index).key);
}

void WorldKeeping::note_move(sim::PlayerKey key, content::ItemRef item, std::int64_t uid, std::int64_t amount,
                             sim::Source source) {
  const bool gets = amount > 0;
  const Holding what{item, uid, gets ? amount : -amount};
  if (source == sim::Source::Trade) return gets ? note_gotten(key, what) : given_.push_back({key, what});
  KeptCharacter* character = find(key);
  if (character == nullptr || amount == 0) return;
  const OwnerId self = owner_of(character->lease.character);
  const bool by_mail = source == sim::Source::Mail && character->mail.value != 0;
  const LedgerSource reason = by_mail ? LedgerSource::Mail : ledger_source(source);
  const OwnerId other = by_mail ? character->mail : owner_of(reason);
  const std::string_view note = by_mail ? kMailNote : std::string_view();
  moves_.add({gets ? other : self, gets ? self : other, item, uid, what.amount, reason, note},
             gets ? nullptr : &character->moves, gets ? &character->moves : nullptr);
  character->changed = true;
}

/// The events of one exchange follow one another, so the first that fits is the one.
void WorldKeeping::note_gotten(sim::PlayerKey key, Holding what) {
  for (Given& given : given_) {
    const std::int64_t amount = std::min(given.what.amount, what.amount);
    if (amount == 0 || given.key == key || !is_same(given.what, what)) continue;
    given.what.amount -= amount;
    what.amount -= amount;
    note_exchange(given.key, key, {what.item, what.uid, amount});
  }
}

void WorldKeeping::note_exchange(sim::PlayerKey from, sim::PlayerKey to, const Holding& what) {
  KeptCharacter* giver = find(from);
  KeptCharacter* getter = find(to);
  if (giver == nullptr && getter == nullptr) return;
  const OwnerId guests = owner_of(LedgerSource::Guests);
  const bool with_guest = giver == nullptr || getter == nullptr;
  moves_.add({giver != nullptr ? owner_of(giver->lease.character) : guests,
              getter != nullptr ? owner_of(getter->lease.character) : guests, what.item, what.uid, what.amount,
              with_guest ? LedgerSource::Guests : LedgerSource::Trade, kTradeNote},
             giver != nullptr ? &giver->moves : nullptr, getter != nullptr ? &getter->moves : nullptr);
  if (giver != nullptr) giver->changed = true;
  if (getter != nullptr) getter->changed = true;
}

/// What came with a character was committed where it comes from. Something more is committed before it is shown.
void WorldKeeping::look_at_arrivals() {
  for (const sim::PlayerKey key : arrived_) {
    KeptCharacter* character = find(key);
    if (character == nullptr || character->index == sim::kNoEntity) continue;
    character->mark = mark_of(*character);
    const Tick interval = ticks(control_.def().world->character_checkpoint_ms);
    character->checkpoint_at = world_.now() + interval + Tick{key.value % std::max(interval.value, 1u)};
    read_holdings(world_.state().inventory(character->index), character->now);
    const bool as_it_came = character->now == character->handed &&
                            world_.player(character->index).experience == character->arrived_experience;
    if (as_it_came && !character->is_shown) {
      character->shown.take(possessions_of(world_, character->index));
      character->is_shown = true;
    }
    if (!as_it_came || character->is_new) character->changed = true;
  }
  arrived_.clear();
}

CheckpointMark WorldKeeping::mark_of(const KeptCharacter& character) const {
  const sim::Fighter& fighter = world_.fighter(character.index);
  return {world_.positions()[character.index.value],
          fighter.hp,
          fighter.mana,
          fighter.status_count,
          fighter.attack_ready,
          fighter.global_ready};
}

void WorldKeeping::look_at_checkpoints() {
  for (const auto& character : characters_) {
    if (character->index == sim::kNoEntity || world_.now() < character->checkpoint_at) continue;
    character->checkpoint_at = world_.now() + ticks(control_.def().world->character_checkpoint_ms);
    if (mark_of(*character) != character->mark) character->changed = true;
  }
}

// What is handed over

std::vector<std::uint8_t> WorldKeeping::sheet_bytes(const KeptCharacter* character, sim::EntityIndex index,
                                                    bool with_place) const {
  sim::CharacterSheet sheet = world_.sheet(index);
  if (!with_place) sheet.place.reset();
  if (character != nullptr) sheet.bag.insert(sheet.bag.end(), character->unknown.begin(), character->unknown.end());
  return sim::save_sheet(sheet);
}

std::vector<std::uint8_t> WorldKeeping::travel_sheet(sim::PlayerKey key, sim::EntityIndex index) const {
  return sheet_bytes(find(key), index, false);
}

/// From now on it is what it is at the end of this tick.
void WorldKeeping::capture(KeptCharacter& character) {
  const bool travels = character.stage == KeptStage::Travelling;
  character.at_rest.sheet = sheet_bytes(&character, character.index, !travels);
  character.at_rest.level = world_.fighter(character.index).level;
  character.at_rest.map = travels ? character.travel_map : world_.map().name;
  character.at_rest.possessions.take(possessions_of(world_, character.index));
  read_holdings(world_.state().inventory(character.index), character.now);
  character.arrived_experience = world_.player(character.index).experience;
  character.index = sim::kNoEntity;
  character.changed = true;
}

void WorldKeeping::hand_over() {
  if (!control_.keeps() || under_way_ != 0) return;
  Cut cut;
  if (!fill_cut(cut)) {
    keeper_is_full_ = false;
    return;
  }
  keeper_is_full_ = !control_.keep(std::move(cut));
  if (!keeper_is_full_) return taken();
  retry_at_ = world_.now() + ticks(kRetryMs);
}

bool WorldKeeping::fill_cut(Cut& cut) {
  const auto is_changed = [](const auto& character) { return character->changed; };
  if (!control_.checkpoint_due() && std::none_of(characters_.begin(), characters_.end(), is_changed)) return false;
  cut.number = next_number_;
  cut.tick = world_.now().value;
  for (const auto& character : characters_) {
    if (!character->changed || character->stage == KeptStage::Lost) continue;
    explain_rest(*character);
    add_save(cut, *character);
  }
  add_moves(cut);
  return true;
}

/// What the events do not say: at first what came with it and was lost, since the content has changed, or what a new
/// character begins with; later it is our own mistake.
void WorldKeeping::explain_rest(KeptCharacter& character) {
  const OwnerId self = owner_of(character.lease.character);
  if (character.index != sim::kNoEntity) read_holdings(world_.state().inventory(character.index), character.now);
  difference_.clear();
  append_difference(character.handed, character.now, difference_);
  moves_.take_off(self, character.moves, difference_);
  for (const Holding& rest : difference_) {
    if (rest.amount == 0) continue;
    LedgerSource reason = LedgerSource::Unexplained;
    if (character.is_first && rest.amount > 0 && character.is_new) reason = LedgerSource::Start;
    if (character.is_first && rest.amount < 0) reason = LedgerSource::Destroy;
    if (reason == LedgerSource::Unexplained) {
      count(Counter::UnexplainedMoves);
      log_error(fmt::format("room {}: {} of {} of character {} in a way that no event tells", control_.room_id(),
                            rest.amount, content::is_set(rest.item) ? world_.content().item(rest.item).id : "coins",
                            character.lease.character.value));
    }
    const OwnerId other = owner_of(reason);
    const bool gets = rest.amount > 0;
    moves_.add({gets ? other : self, gets ? self : other, rest.item, rest.uid, gets ? rest.amount : -rest.amount,
                reason, reason == LedgerSource::Destroy ? kContentNote : std::string_view()},
               gets ? nullptr : &character.moves, gets ? &character.moves : nullptr);
  }
}

void WorldKeeping::add_save(Cut& cut, KeptCharacter& character) {
  const bool in_world = character.index != sim::kNoEntity;
  CharacterSave& save = cut.saves.emplace_back();
  save.lease = character.lease;
  save.release = character.stage == KeptStage::Leaving;
  save.acquaintances = character.acquaintances;
  cut.mails.insert(cut.mails.end(), character.posted.begin(), character.posted.end());
  if (in_world) {
    save.sheet = sheet_bytes(&character, character.index, true);
    save.level = world_.fighter(character.index).level;
    save.map = world_.map().name;
    character.in_cut_shown.take(possessions_of(world_, character.index));
  } else {
    save.sheet = character.at_rest.sheet;
    save.level = character.at_rest.level;
    save.map = character.at_rest.map;
    character.in_cut_shown = character.at_rest.possessions;
  }
}

void WorldKeeping::add_moves(Cut& cut) const {
  for (const PendingMove& move : moves_.all()) {
    if (move.amount == 0) continue;
    cut.moves.push_back(
        {.from = move.from,
         .to = move.to,
         .asset = content::is_set(move.item) ? std::string_view(world_.content().item(move.item).id) : kCoinsAsset,
         .amount = move.amount,
         .item_uid = move.uid,
         .reason = move.reason,
         .note = move.note});
  }
}

void WorldKeeping::taken() {
  under_way_ = next_number_++;
  under_way_since_ = world_.now();
  moves_.clear();
  in_cut_.clear();
  for (const auto& character : characters_) {
    if (character->changed && character->stage != KeptStage::Lost) taken(*character);
  }
}

void WorldKeeping::taken(KeptCharacter& character) {
  character.changed = false;
  character.in_cut = true;
  character.released = character.stage == KeptStage::Leaving;
  character.is_first = false;
  character.handed = character.now;
  character.moves.clear();
  character.posted.clear();
  character.acquaintances.reset();
  character.in_cut_held.swap(character.held);
  in_cut_.push_back(character.key);
  if (character.index == sim::kNoEntity) return;
  character.mark = mark_of(character);
  character.checkpoint_at = world_.now() + ticks(control_.def().world->character_checkpoint_ms);
}

// What comes of it

void WorldKeeping::cut_done(const CutOutcome& outcome) {
  if (outcome.number != under_way_) return;
  under_way_ = 0;
  count(Counter::RoomCuts);
  count(Counter::RoomCutTicks, (world_.now() - under_way_since_).value);
  if (!outcome.refused.empty()) return refused(outcome.refused);
  done_.swap(in_cut_);
  for (const CharacterId id : outcome.fenced_off) {
    for (const sim::PlayerKey key : done_) {
      const KeptCharacter* character = find(key);
      if (character != nullptr && character->lease.character == id) lose(key, kFencedOff);
    }
  }
  for (const sim::PlayerKey key : done_) {  // telling may end a session, and change who is there
    KeptCharacter* character = find(key);
    if (character != nullptr && character->in_cut) committed(*character);
  }
  done_.clear();
  if (world_.now() >= retry_at_) hand_over();
}

void WorldKeeping::committed(KeptCharacter& character) {
  character.in_cut = false;
  if (character.released) return forget(character);
  std::swap(character.shown, character.in_cut_shown);
  character.is_shown = true;
  if (character.index != sim::kNoEntity) rows_.show_level(character.index, character.shown.level());
  const sim::PlayerKey key = character.key;
  if (Member* member = members_.find(key)) member->dirty = true;
  tell(key, std::exchange(character.in_cut_held, {}));
  KeptCharacter* left = find(key);
  const bool may_go = left != nullptr && left->stage == KeptStage::Travelling && !left->changed && !left->sought &&
                      left->index == sim::kNoEntity;
  const std::optional<SessionSlot> slot = members_.slot_of(key);
  if (!may_go || !slot) return;
  left->sought = true;
  control_.seek_seat(*slot, left->travel_map, members_.at(*slot).travels);
}

void WorldKeeping::tell(sim::PlayerKey key, std::vector<HeldNews> news) {
  for (const HeldNews& one : news) {
    const std::optional<SessionSlot> slot = members_.slot_of(key);
    if (!slot) return;
    if (one.question) {
      control_.answer(*slot, *one.question, {});
    } else {
      control_.send(*slot, one.type, one.payload);
    }
  }
}

/// The store found that our books are wrong. Nobody is kept as this room has it.
void WorldKeeping::refused(const std::string& why) {
  log_error("a cut was refused, so the room's characters go back to the one before",
            {{"room", control_.room_id()}, {"reason", why}});
  done_.clear();
  for (const auto& character : characters_) done_.push_back(character->key);
  for (const sim::PlayerKey key : done_) lose(key, kRoomRefused);
  done_.clear();
  in_cut_.clear();
  moves_.clear();
}

}  // namespace throng::room
