#include "content/game/catalogue.h"

#include <gtest/gtest.h>

#include "content/json.h"

namespace throng::content {
namespace {

GameContent two_of_each() {
  GameContent game;
  SkillDef bolt;
  bolt.id = bolt.name = "bolt";
  bolt.mana_cost = 7;
  SkillDef bite = bolt;
  bite.id = "bite";
  bite.monsters_only = true;
  game.skills = {bolt, bite};
  ItemDef potion;
  potion.id = "potion";
  potion.name = "Potion \"red\"";
  potion.price = 12;
  ItemDef gone = potion;
  gone.id = "gone";
  gone.retired = true;
  game.items = {potion, gone};
  NpcDef smith;
  smith.id = smith.name = "smith";
  smith.lines = {"Well met."};
  smith.shop.resize(1);
  smith.shop[0].item.id = "potion";
  game.npcs = {smith};
  return game;
}

TEST(Catalogue, HoldsWhatPlayersMayKnowOfWhatIsInUse) {
  const std::string text = player_catalogue(*link_by_hand(two_of_each()));
  const Result<JsonDocument> document = parse_json(text, "catalogue.json");
  ASSERT_TRUE(document.has_value()) << document.error().message;
  JsonObject root = document->root_object();
  JsonObject skills = root.object("skills");
  EXPECT_TRUE(skills.has("bolt"));
  EXPECT_FALSE(skills.has("bite"));
  JsonObject items = root.object("items");
  EXPECT_EQ(items.object("potion").text("name"), "Potion \"red\"");
  EXPECT_FALSE(items.has("gone"));
}

TEST(Catalogue, OffersCarryThePriceThatIsAsked) {
  const std::string text = player_catalogue(*link_by_hand(two_of_each()));
  const Result<JsonDocument> document = parse_json(text, "catalogue.json");
  ASSERT_TRUE(document.has_value());
  JsonObject shop = document->root_object().object("npcs").object("smith").object("shop");
  EXPECT_EQ(shop.integer("potion"), 12);
}

}  // namespace
}  // namespace throng::content
