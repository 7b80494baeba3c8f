#include "sim/save/rows.h"

#include <gtest/gtest.h>

#include "sim/scenario/playable_content.h"

namespace throng::sim {
namespace {

/// Every change of a member gives a digest and a save that were not there before, and comes back.
class RowsTest : public testing::Test {
 protected:
  RowsTest() : map(test::playable_map(1, 40)), state(test::make_state(map, {}, 1, test::playable(map, 3))) {
    state.now = Tick{50};
    player = *state.add_entity(EntityKind::Player, {units(200), units(200)});
    monster = *state.add_entity(EntityKind::Monster, {units(210), units(200)});
    drop = *state.add_entity(EntityKind::Drop, {units(210), units(200)});
    npc = *state.add_entity(EntityKind::Npc, {units(210), units(200)});
    state.monster(monster).kind = content::MonsterRef{0};
    state.npc(npc).npc = content::NpcRef{0};
    state.spawners.push_back({content::SpawnRef{0}, 0, {}});
    state.parties.emplace_back();
    state.journal(player).quests.push_back({.quest = content::QuestRef{0}});
    state.journal(player).deeds.push_back({.achievement = content::AchievementRef{0}});
    for (const EntityIndex index : {player, monster}) {
      state.fighter(index).status_count = 1;
      state.statuses[index.value][0].status = content::StatusRef{0};
    }
    state.player(player).skill_count = 1;
    state.player(player).skills[0].skill = content::SkillRef{0};
    state.monster(monster).path_length = 2;
    state.threat(monster).count = 1;
    seen.push_back(state.digest());
  }

  void expect_new(const char* what) {
    const std::uint64_t digest = state.digest();
    EXPECT_EQ(std::count(seen.begin(), seen.end(), digest), 0) << what;
    seen.push_back(digest);
    ByteWriter out;
    SaveArchive save(out);
    visit_rows(save, std::as_const(state));
    WorldState again = state;
    const NumberMap numbers = map_numbers(names_of(*state.content), *state.content);
    ByteReader in(out.view());
    RestoreArchive restore(in, numbers, state.entities.high_water());
    visit_rows(restore, again);
    EXPECT_FALSE(restore.damaged()) << what << " in " << restore.subject();
    EXPECT_EQ(in.remaining(), 0u);
    EXPECT_EQ(again.digest(), digest) << what;
  }

  content::MapDef map;
  WorldState state;
  EntityIndex player, monster, drop, npc;
  std::vector<std::uint64_t> seen;
};

TEST_F(RowsTest, EveryMemberOfABodyAndAFighterCounts) {
  state.positions[0].y.value += 1, expect_new("position");
  state.motions[0].carried_y = 9, expect_new("carried");
  state.motions[0].stalled = 1, expect_new("stalled");
  Fighter& fighter = state.fighter(player);
  fighter.level = 9, expect_new("level");
  fighter.hp = 90, expect_new("hp");
  fighter.mana = 9, expect_new("mana");
  fighter.shield = 9, expect_new("shield");
  for (auto& value : fighter.stats.values) value += 500, expect_new("stat");
  fighter.combat_until.value = 9, expect_new("combat_until");
  fighter.global_ready.value = 9, expect_new("global_ready");
  fighter.attack_ready.value = 9, expect_new("attack_ready");
  fighter.stunned_until.value = 9, expect_new("stunned_until");
  fighter.rooted_until.value = 9, expect_new("rooted_until");
  fighter.silenced_until.value = 9, expect_new("silenced_until");
  fighter.regen_hp_part = 9, expect_new("regen_hp_part");
  fighter.regen_mana_part = 9, expect_new("regen_mana_part");
  fighter.cast.skill = content::SkillRef{1}, expect_new("cast.skill");
  fighter.cast.target = state.ref(monster), expect_new("cast.target");
  fighter.cast.aim.x.value = 9, expect_new("cast.aim");
  fighter.cast.done.value = 9, expect_new("cast.done");
}

TEST_F(RowsTest, EveryMemberOfAStatusCounts) {
  ActiveStatus& status = state.statuses[player.value][0];
  status.status = content::StatusRef{1}, expect_new("status");
  status.kind = StatusKind::Shield, expect_new("kind");
  status.stat = content::Stat::Speed, expect_new("stat");
  status.element = content::Element::Fire, expect_new("element");
  status.harmful = true, expect_new("harmful");
  status.stacks = 3, expect_new("stacks");
  status.amount = -9, expect_new("amount");
  status.until.value = 9, expect_new("until");
  status.next_step.value = 9, expect_new("next_step");
  status.interval.value = 9, expect_new("interval");
  status.skill = content::SkillRef{2}, expect_new("skill");
  status.source = state.ref(monster), expect_new("source");
  state.fighter(player).status_count = 0, expect_new("status_count");
}

TEST_F(RowsTest, EveryMemberOfAPlayerCounts) {
  PlayerState& row = state.player(player);
  row.key.value = 5, expect_new("key");
  row.name.assign("x"), expect_new("name");
  row.activity = Activity::Moving, expect_new("activity");
  row.has_moved = true, expect_new("has_moved");
  row.direction_x.value = 9, expect_new("direction_x");
  row.direction_y.value = 9, expect_new("direction_y");
  row.move_seq = 9, expect_new("move_seq");
  row.experience = 9, expect_new("experience");
  row.auto_target = state.ref(monster), expect_new("auto_target");
  row.respawn_at.value = 9, expect_new("respawn_at");
  row.consumable_ready.value = 9, expect_new("consumable_ready");
  row.party = 0, expect_new("party");
  row.talked_to = content::NpcRef{0}, expect_new("talked_to");
  row.talk_line = 2, expect_new("talk_line");
  row.inside_portal = 0, expect_new("inside_portal");
  row.skills[0].skill = content::SkillRef{3}, expect_new("skill");
  row.skills[0].ready.value = 9, expect_new("ready");
  row.skill_count = 0, expect_new("skill_count");
}

TEST_F(RowsTest, EveryMemberOfWhatAPlayerHasAndDidCounts) {
  Inventory& inventory = state.inventory(player);
  inventory.bag[3] = {content::ItemRef{0}, 2, 0, false}, expect_new("bag");
  inventory.bag[3].item = content::ItemRef{1}, expect_new("item");
  inventory.bag[3].durability = 9, expect_new("durability");
  inventory.bag[3].bound = true, expect_new("bound");
  inventory.worn[2] = inventory.bag[3], expect_new("worn");
  inventory.coins = 9, expect_new("coins");
  inventory.buy_back.push_back({inventory.bag[3], 4}), expect_new("buy_back");
  inventory.buy_back[0].price = 9, expect_new("price");
  Journal& journal = state.journal(player);
  journal.quests[0].state = QuestState::Ready, expect_new("quest state");
  journal.quests[0].counts[3] = 9, expect_new("counts");
  journal.quests[0].times_completed = 9, expect_new("times_completed");
  journal.deeds[0].count = 9, expect_new("deed count");
  journal.deeds[0].earned = true, expect_new("earned");
  journal.deeds[0].achievement = content::AchievementRef{1}, expect_new("achievement");
}

TEST_F(RowsTest, EveryMemberOfAMonsterCounts) {
  MonsterState& row = state.monster(monster);
  row.kind = content::MonsterRef{1}, expect_new("kind");
  row.spawn = content::SpawnRef{1}, expect_new("spawn");
  row.ai = AiState::Chase, expect_new("ai");
  row.phase = 1, expect_new("phase");
  row.path_wanted = true, expect_new("path_wanted");
  row.fled = true, expect_new("fled");
  row.owner = state.ref(player), expect_new("owner");
  row.expires.value = 9, expect_new("expires");
  row.home.x.value = 9, expect_new("home");
  row.chase_from.x.value = 9, expect_new("chase_from");
  row.destination.y.value = 9, expect_new("destination");
  row.decide_at.value = 9, expect_new("decide_at");
  row.state_since.value = 9, expect_new("state_since");
  row.target = state.ref(player), expect_new("target");
  row.unreachable_since.value = 9, expect_new("unreachable_since");
  row.path_due.value = 9, expect_new("path_due");
  row.phase_cast_due = true, expect_new("phase_cast_due");
  row.waypoint = 9, expect_new("waypoint");
  row.route_back = true, expect_new("route_back");
  row.path[1].x.value = 9, expect_new("path");
  row.path_next = 1, expect_new("path_next");
  row.skill_ready[5].value = 9, expect_new("skill_ready");
  ThreatTable& threat = state.threat(monster);
  threat.entries[0].actor = state.ref(player), expect_new("actor");
  threat.entries[0].threat = 9, expect_new("threat");
  threat.entries[0].damage = 9, expect_new("damage");
  threat.taunted_until.value = 9, expect_new("taunted_until");
  threat.count = 0, expect_new("count");
}

TEST_F(RowsTest, EveryMemberOfThingsSpawnersAndPartiesCounts) {
  DropState& row = state.drop(drop);
  row.stack = {content::ItemRef{0}, 2, 0, false}, expect_new("stack");
  row.coins = 9, expect_new("coins");
  row.owner.value = 9, expect_new("owner");
  row.party = 9, expect_new("party");
  row.free_at.value = 9, expect_new("free_at");
  row.gone_at.value = 9, expect_new("gone_at");
  state.spawners[0].alive = 1, expect_new("alive");
  state.spawners[0].due.push_back(Tick{9}), expect_new("due");
  state.spawners[0].spawn = content::SpawnRef{1}, expect_new("spawn");
  state.parties[0].members.push_back({7}), expect_new("member");
  state.parties[0].invited.push_back({8}), expect_new("invited");
  state.parties[0].loot_rule = LootRule::RoundRobin, expect_new("loot_rule");
  state.parties[0].next_looter = 1, expect_new("next_looter");
}

TEST_F(RowsTest, OnlyTheLivingCount) {
  state.remove_entity(monster);
  const std::uint64_t digest = state.digest();
  state.monster(monster).home.x.value = 77;
  state.positions[monster.value].x.value = 77;
  EXPECT_EQ(state.digest(), digest);
}

}  // namespace
}  // namespace throng::sim
