#include "room/kinds/world_keeping.h"

#include <algorithm>

#include "base/assert.h"
#include "protocol/codes.h"
#include "sim/combat/status.h"
#include "sim/progress/experience.h"

namespace throng::room {
namespace {

constexpr std::string_view kPlayedElsewhere = "Your character is played from somewhere else now.";

/// What the content does not know stays in the sheet as it is.
std::vector<sim::SavedStack> unknown_stacks(const sim::CharacterSheet& sheet, const content::GameContent& content) {
  std::vector<sim::SavedStack> unknown;
  for (const auto* stacks : {&sheet.bag, &sheet.equipment}) {
    for (const sim::SavedStack& stack : *stacks) {
      if (!content.find_item(stack.item) && unknown.size() < content::kBagCapacityMax) unknown.push_back(stack);
    }
  }
  return unknown;
}

}  // namespace

// Who comes and goes

bool WorldKeeping::is_full() const {
  return characters_.size() >= kCharactersPerSeat * static_cast<std::size_t>(control_.def().max_clients);
}

void WorldKeeping::open(sim::PlayerKey key, const Arrival& arrival, const sim::CharacterSheet* sheet) {
  std::optional<sim::PlayerKey> older;
  for (const auto& character : characters_) {
    if (character->lease.character == arrival.lease.character) older = character->key;
  }
  if (older) lose(*older, kPlayedElsewhere);
  auto character = std::make_unique<KeptCharacter>();
  character->key = key;
  character->lease = arrival.lease;
  character->is_new = sheet == nullptr;
  character->at_rest = {arrival.sheet, 1, arrival.map, {}};
  if (sheet != nullptr) {
    character->arrived_experience = sheet->experience;
    character->at_rest.level = sim::level_for(world_.content().balance, sheet->experience);
    character->handed = holdings_of(*sheet, world_.content());
    character->now = character->handed;
    character->unknown = unknown_stacks(*sheet, world_.content());
  }
  character_of_key_[key] = character.get();
  characters_.push_back(std::move(character));
}

bool WorldKeeping::left(sim::PlayerKey key, bool has_gone) {
  KeptCharacter* character = find(key);
  if (character == nullptr) return false;
  switch (character->stage) {
    case KeptStage::Arriving:
      inbox_.push_back(sim::RemovePlayer{key});
      character->stage = KeptStage::Leaving;
      character->changed = true;  // to be released as it came
      break;
    case KeptStage::Here: {
      const int linger_ms = control_.def().world->combat_logout_ms;
      const bool fights = sim::in_combat(world_.state(), character->index);
      character->stage = fights && linger_ms > 0 ? KeptStage::Lingering : KeptStage::Leaving;
      character->linger_until = world_.now() + ticks(linger_ms);
      break;
    }
    case KeptStage::Travelling:
      if (has_gone || character->sought) {
        forget(*character);  // whoever has the seat has the character
      } else {
        character->stage = KeptStage::Leaving;
        character->changed = true;
      }
      break;
    case KeptStage::Lost:
      inbox_.insert(inbox_.begin(), sim::RemovePlayer{key});
      forget(*character);
      break;
    case KeptStage::Lingering:
    case KeptStage::Leaving: break;
  }
  return true;
}

bool WorldKeeping::set_out(sim::PlayerKey key, const std::string& map) {
  KeptCharacter* character = find(key);
  if (character == nullptr) return false;
  character->stage = KeptStage::Travelling;
  character->travel_map = map;
  character->sought = false;
  return true;
}

void WorldKeeping::turned_back(sim::PlayerKey key) {
  if (KeptCharacter* character = find(key)) {
    character->stage = KeptStage::Arriving;
    character->at_rest.map = world_.map().name;
  }
}

void WorldKeeping::let_go(AccountId account) {
  for (const auto& character : characters_) {
    if (character->lease.account == account && character->stage == KeptStage::Lingering)
      character->stage = KeptStage::Leaving;
  }
}

void WorldKeeping::forget(KeptCharacter& character) {
  character_of_key_.erase(character.key);
  std::erase_if(characters_, [&](const auto& one) { return one.get() == &character; });
}

/// Nothing of it is saved from here on, nor of those who exchanged something with it that is not committed.
void WorldKeeping::lose(sim::PlayerKey key, std::string_view why) {
  KeptCharacter* character = find(key);
  if (character == nullptr || character->stage == KeptStage::Lost) return;
  character->stage = KeptStage::Lost;
  std::vector<sim::PlayerKey> partners;
  for (const std::uint32_t place : character->moves) {
    const PendingMove move = moves_.all()[place];
    moves_.cancel(place);
    for (const auto& other : characters_) {
      const OwnerId owner = owner_of(other->lease.character);
      if (other.get() != character && (owner == move.from || owner == move.to)) partners.push_back(other->key);
    }
  }
  if (const std::optional<SessionSlot> slot = members_.slot_of(key)) {
    control_.expel(*slot, protocol::kErrorAuthRefused, why);
  } else {
    left(key, false);
  }
  for (const sim::PlayerKey partner : partners) lose(partner, why);
}

KeptCharacter* WorldKeeping::find(sim::PlayerKey key) {
  if (characters_.empty()) return nullptr;
  const auto found = character_of_key_.find(key);
  return found == character_of_key_.end() ? nullptr : found->second;
}

const KeptCharacter* WorldKeeping::find(sim::PlayerKey key) const {
  if (characters_.empty()) return nullptr;
  const auto found = character_of_key_.find(key);
  return found == character_of_key_.end() ? nullptr : found->second;
}

// The tick

void WorldKeeping::leave_now(KeptCharacter& character) {
  capture(character);
  inbox_.insert(inbox_.begin(), sim::RemovePlayer{character.key});  // before anything that could still change it
}

void WorldKeeping::before_tick() {
  if (!control_.keeps()) return;
  for (const auto& character : characters_) {
    KeptCharacter& one = *character;
    const bool in_world = one.index != sim::kNoEntity;
    if (one.stage == KeptStage::Lingering && (world_.now() >= one.linger_until || world_.fighter(one.index).dead()))
      one.stage = KeptStage::Leaving;
    if (one.stage == KeptStage::Leaving && in_world) leave_now(one);
  }
  const bool open = !is_behind();
  if (open != world_.state().economy_open) inbox_.insert(inbox_.begin(), sim::SetEconomyOpen{open});
}

void WorldKeeping::end_tick() {
  if (!control_.keeps()) return;
  given_.clear();  // what nobody got is unexplained
  look_at_arrivals();
  for (const auto& character : characters_) {
    if (character->stage == KeptStage::Travelling && character->index != sim::kNoEntity) capture(*character);
  }
  look_at_checkpoints();
  if (world_.now() >= retry_at_) hand_over();
}

void WorldKeeping::end() {
  std::vector<KeptCharacter*> sought;
  for (const auto& character : characters_) {
    if (character->index != sim::kNoEntity) capture(*character);
    if (character->stage == KeptStage::Travelling && character->sought) sought.push_back(character.get());
    character->stage = KeptStage::Leaving;
    character->changed = true;
  }
  for (KeptCharacter* character : sought) forget(*character);
}

bool WorldKeeping::finished() {
  if (!control_.keeps()) return true;
  hand_over();
  return characters_.empty() && under_way_ == 0 && !control_.checkpoint_due();
}

// What goes with the next cut

void WorldKeeping::keep_acquaintances(sim::PlayerKey key, const Acquaintances& acquaintances) {
  KeptCharacter* character = find(key);
  if (character == nullptr) return;
  character->acquaintances = acquaintances;
  character->changed = true;
}

void WorldKeeping::use_mail(sim::PlayerKey key, MailId mail) {
  if (KeptCharacter* character = find(key)) character->mail = owner_of(mail);
}

void WorldKeeping::post_mail(sim::PlayerKey key, PostedMail mail) {
  KeptCharacter* character = find(key);
  if (character == nullptr) return;
  character->posted.push_back(std::move(mail));
  character->changed = true;
}

bool WorldKeeping::is_behind() const {
  return keeper_is_full_ || (under_way_ != 0 && world_.now() > under_way_since_ + ticks(kBehindAfterMs));
}

// What players may know

PossessionsView WorldKeeping::shown(sim::PlayerKey key, sim::EntityIndex index) const {
  const KeptCharacter* character = find(key);
  if (character != nullptr && character->is_shown) return character->shown.view();
  return possessions_of(world_, index);
}

bool WorldKeeping::can_show(sim::PlayerKey key) const {
  const KeptCharacter* character = find(key);
  return character == nullptr || character->is_shown;
}

bool WorldKeeping::hold(sim::PlayerKey key, std::string_view type, ByteSpan payload) {
  KeptCharacter* character = find(key);
  if (character == nullptr) return false;
  push_news(*character, {type, {payload.begin(), payload.end()}, std::nullopt});
  return true;
}

bool WorldKeeping::hold(sim::PlayerKey key, const Question& question) {
  KeptCharacter* character = find(key);
  if (character == nullptr) return false;
  character->changed = true;
  if (question.request_id) push_news(*character, {question.type, {}, question});
  return true;
}

bool WorldKeeping::holds_too_much(sim::PlayerKey key) const {
  const KeptCharacter* character = find(key);
  return character != nullptr && character->held.size() >= KeptCharacter::kHeldMax;
}

/// Messages may be lost when the store is away for long; answers are not, for questions are refused before.
void WorldKeeping::push_news(KeptCharacter& character, HeldNews news) {
  character.changed = true;
  std::vector<HeldNews>& held = character.held;
  if (held.size() >= KeptCharacter::kHeldMax) {
    const auto oldest = std::find_if(held.begin(), held.end(), [](const HeldNews& one) { return !one.question; });
    if (oldest != held.end()) held.erase(oldest);
    if (oldest == held.end() && !news.question) return;
  }
  held.push_back(std::move(news));
}

}  // namespace throng::room
