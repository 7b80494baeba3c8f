#include "room/kinds/world_news.h"

#include <algorithm>
#include <array>

#include "content/game/stats.h"
#include "room/kinds/world_metrics.h"
#include "sim/trade/trade.h"

namespace throng::room {
namespace {

std::string_view quest_state_word(sim::QuestState state) {
  constexpr std::array<std::string_view, 4> kWords = {"none", "active", "ready", "completed"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string_view cast_stage_word(sim::CastStage stage) {
  constexpr std::array<std::string_view, 3> kWords = {"started", "finished", "interrupted"};
  return kWords[static_cast<std::size_t>(stage)];
}

}  // namespace

std::string_view party_news_word(sim::PartyNews news) {
  constexpr std::array<std::string_view, 7> kWords = {"invited", "joined", "declined", "left",
                                                      "kicked",  "leader", "loot_rule"};
  return kWords[static_cast<std::size_t>(news)];
}

void WorldNews::tell(const sim::Event& event) {
  std::visit([this](const auto& which) { on(which); }, event);
}

void WorldNews::notice(SessionSlot slot, std::string_view text) {
  send(slot, protocol::kServerNotice, protocol::Notice{text});
}

std::string_view WorldNews::skill_id(content::SkillRef skill) const {
  return content::is_set(skill) ? std::string_view(world_.content().skill(skill).id) : std::string_view();
}

void WorldNews::mark(sim::PlayerKey key) {
  if (Member* member = members_.find(key)) member->dirty = true;
}

void WorldNews::mark(sim::ActorRef actor) {
  if (!world_.state().exists(actor) || world_.entities().kind(actor.index) != sim::EntityKind::Player) return;
  mark(world_.player(actor.index).key);
}

// Fights

/// Everybody near is asked whether they see one of the two; whoever is one of them always does.
void WorldNews::broadcast(const protocol::CombatEvent& event, sim::ActorRef source, sim::ActorRef target) {
  const sim::ActorRef where = world_.state().exists(target) ? target : source;
  if (!world_.state().exists(where)) return;
  const std::optional<std::uint32_t> number = feed_.add(event);
  if (!number) return;
  const Milliunits reach = units(control_.def().interest.radius_units + control_.def().interest.margin_units);
  world_.grid().visit_near(world_.positions()[where.index.value], reach, [&](const sim::SpatialGrid::Entry& near) {
    if (!world_.state().entities.alive(near.index)) return;
    if (world_.entities().kind(near.index) != sim::EntityKind::Player) return;
    const std::optional<SessionSlot> slot = members_.slot_of(world_.player(near.index).key);
    if (!slot || members_.at(*slot).index != near.index) return;
    const bool own = near.index == source.index || near.index == target.index;
    if (own || views_.sees(*slot, source.index) || views_.sees(*slot, target.index))
      feed_.hear(members_.at(*slot).combat, *number);
  });
}

void WorldNews::send_combat(SessionSlot slot) {
  bytes_.clear();
  if (feed_.write(members_.at(slot).combat, bytes_)) control_.send(slot, protocol::kServerCombat, bytes_.view());
}

void WorldNews::on(const sim::Damaged& event) {
  broadcast({.type = "damage",
             .source = event.source.id.value,
             .target = event.target.id.value,
             .amount = event.amount,
             .absorbed = event.absorbed,
             .id = skill_id(event.skill),
             .word = content::element_name(event.element),
             .critical = event.critical},
            event.source, event.target);
  if (event.absorbed > 0) mark(event.target);
}

void WorldNews::on(const sim::Healed& event) {
  broadcast({.type = "heal",
             .source = event.source.id.value,
             .target = event.target.id.value,
             .amount = event.amount,
             .id = skill_id(event.skill)},
            event.source, event.target);
}

void WorldNews::on(const sim::StatusChanged& event) {
  broadcast({.type = "status",
             .target = event.target.id.value,
             .amount = event.stacks,
             .id = world_.content().statuses[event.status.value]},
            {}, event.target);
  mark(event.target);
}

void WorldNews::on(const sim::CastTold& event) {
  broadcast({.type = "cast",
             .source = event.caster.id.value,
             .target = event.target.id.value,
             .id = skill_id(event.skill),
             .word = cast_stage_word(event.stage)},
            event.caster, event.target);
  mark(event.caster);
}

void WorldNews::on(const sim::Died& event) {
  broadcast({.type = "death", .source = event.killer.id.value, .target = event.victim.id.value}, event.killer,
            event.victim);
  mark(event.victim);
}

void WorldNews::on(const sim::BossPhaseBegan& event) {
  broadcast(
      {.type = "phase", .source = event.monster.id.value, .target = event.monster.id.value, .amount = event.phase},
      event.monster, event.monster);
  const content::MonsterDef& def = world_.content().monster(event.kind);
  if (event.phase == 0 || event.phase > def.phases.size() || def.phases[event.phase - 1u].shout.empty()) return;
  members_.for_each([&](SessionSlot slot, const Member&) {
    if (!views_.sees(slot, event.monster.index)) return;
    send(slot, protocol::kServerChat, protocol::ChatLine{"", def.name, def.phases[event.phase - 1u].shout, "system"});
  });
}

// Progress

void WorldNews::progress(sim::PlayerKey key, const protocol::Progress& progress) {
  mark(key);
  send_committed(key, protocol::kServerProgress, progress);
}

void WorldNews::on(const sim::KillCredited& event) {
  if (Member* member = members_.find(event.key); member != nullptr && event.own) ++member->kills;
  progress(event.key, {.type = "kill", .id = world_.content().monster(event.monster).id});
}

void WorldNews::on(const sim::PlayerRespawned& event) {
  mark(event.key);
  send(event.key, protocol::kServerProgress, protocol::Progress{.type = "respawn"});
}

void WorldNews::on(const sim::ExperienceGained& event) {
  progress(event.key, {.type = "experience", .amount = event.amount, .word = source_name(event.source)});
}

void WorldNews::on(const sim::LevelReached& event) { progress(event.key, {.type = "level", .amount = event.level}); }

void WorldNews::on(const sim::SkillLearned& event) {
  progress(event.key, {.type = "skill", .id = skill_id(event.skill)});
}

void WorldNews::on(const sim::QuestChanged& event) {
  progress(event.key,
           {.type = "quest", .id = world_.content().quest(event.quest).id, .word = quest_state_word(event.state)});
}

void WorldNews::on(const sim::AchievementEarned& event) {
  progress(event.key, {.type = "achievement", .id = world_.content().achievement(event.achievement).id});
}

// Things and people

void WorldNews::on(const sim::ItemMoved& event) {
  mark(event.key);
  send_committed(event.key, protocol::kServerLoot,
                 protocol::LootNotice{world_.content().item(event.item).id, event.count, source_name(event.source)});
}

void WorldNews::on(const sim::CoinsMoved& event) {
  send_committed(event.key, protocol::kServerLoot,
                 protocol::LootNotice{"coins", event.amount, source_name(event.source)});
}

void WorldNews::on(const sim::PartyChanged& event) {
  mark(event.key);
  const Member* other = members_.find(event.other);
  send(event.key, protocol::kServerParty,
       protocol::PartyNewsLine{party_news_word(event.news), members_.session_id(event.other),
                               other == nullptr ? std::string_view() : other->name.view()});
}

namespace {

using TradeRows = std::array<protocol::TradeItemRow, sim::kTradeOffersMax>;

/// `rows` is where the view points to.
protocol::TradeOfferView offer_view(const content::GameContent& content, const sim::TradeSide& side, TradeRows& rows) {
  for (std::size_t i = 0; i < side.count; ++i) {
    const sim::TradeOffer& offer = side.offers[i];
    rows[i] = {offer.slot, content.item(offer.stack.item).id, offer.stack.count, offer.stack.durability};
  }
  return {protocol::kTradeStageWords[static_cast<std::size_t>(side.stage)], side.coins, {rows.data(), side.count}};
}

}  // namespace

/// Of several changes within a tick each shows the last.
void WorldNews::on(const sim::TradeChanged& event) {
  const Member* other = members_.find(event.other);
  protocol::TradeNotice notice{.news = protocol::kTradeNewsWords[static_cast<std::size_t>(event.news)],
                               .session_id = members_.session_id(event.other),
                               .name = other == nullptr ? std::string_view() : other->name.view()};
  if (event.why != sim::Verdict::Accepted) notice.why = sim::verdict_code(event.why);
  TradeRows own;
  TradeRows others;
  if (event.news == sim::TradeNews::Begun || event.news == sim::TradeNews::Changed) {
    const sim::TradeState* const trade = sim::find_trade(world_.state(), event.key);
    if (trade == nullptr || !trade->involves(event.other)) return;  // it is over, which is told next
    const std::size_t place = trade->place_of(event.key);
    notice.own = offer_view(world_.content(), trade->sides[place], own);
    notice.other = offer_view(world_.content(), trade->sides[1 - place], others);
  }
  if (event.news == sim::TradeNews::Done) return send_committed(event.key, protocol::kServerTrade, notice);
  send(event.key, protocol::kServerTrade, notice);
}

/// Whether the quest can be taken now.
bool WorldNews::open_to(const content::QuestDef& quest, const sim::Journal& journal, std::int32_t level) const {
  if (quest.retired || level < quest.level) return false;
  if (!quest.after.named()) return true;
  return std::any_of(journal.quests.begin(), journal.quests.end(), [&](const sim::QuestEntry& entry) {
    return entry.quest == quest.after.ref && entry.times_completed > 0;
  });
}

std::vector<protocol::QuestOfferRow> WorldNews::quest_offers(content::NpcRef npc, sim::EntityIndex player) const {
  std::vector<protocol::QuestOfferRow> rows;
  const content::GameContent& content = world_.content();
  const sim::Journal& journal = world_.state().journal(player);
  for (std::size_t i = 0; i < content.quests.size(); ++i) {
    const content::QuestDef& quest = content.quests[i];
    const content::NpcRef receiver = quest.receiver.named() ? quest.receiver.ref : quest.giver.ref;
    const auto entry = std::find_if(journal.quests.begin(), journal.quests.end(),
                                    [&](const sim::QuestEntry& one) { return one.quest.value == i; });
    const sim::QuestState state = entry == journal.quests.end() ? sim::QuestState::None : entry->state;
    const bool again = state == sim::QuestState::None || (state == sim::QuestState::Completed && quest.repeatable);
    if (again && quest.giver.ref == npc && open_to(quest, journal, world_.fighter(player).level))
      rows.push_back({quest.id, quest.name, "open"});
    if (receiver != npc) continue;
    if (state == sim::QuestState::Active) rows.push_back({quest.id, quest.name, "active"});
    if (state == sim::QuestState::Ready) rows.push_back({quest.id, quest.name, "ready"});
  }
  return rows;
}

void WorldNews::on(const sim::Talked& event) {
  mark(event.key);
  const Member* member = members_.find(event.key);
  if (member == nullptr || member->index == sim::kNoEntity) return;
  const content::GameContent& content = world_.content();
  const content::NpcDef& npc = content.npc(event.npc);
  std::vector<protocol::ShopOfferRow> shop;
  for (const content::ShopOffer& offer : npc.shop) {
    if (!content::is_set(offer.item.ref)) continue;
    const content::ItemDef& item = content.item(offer.item.ref);
    shop.push_back({item.id, item.name, offer.price > 0 ? offer.price : item.price});
  }
  const std::vector<protocol::QuestOfferRow> quests = quest_offers(event.npc, member->index);
  const std::string_view text = event.line < npc.lines.size() ? std::string_view(npc.lines[event.line]) : "";
  send_committed(event.key, protocol::kServerTalk, protocol::TalkAnswer{npc.id, npc.name, text, shop, quests});
}

}  // namespace throng::room
