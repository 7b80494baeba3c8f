// A character's sheet takes any bytes: it is refused with words, or it is whole, and any world can take it in.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/assert.h"
#include "sim/scenario/random_game.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace throng;
  const Result<sim::CharacterSheet> sheet = sim::restore_sheet(ByteSpan(data, size));
  if (!sheet) {
    THRONG_ASSERT(!sheet.error().message.empty(), "an error without words");
    return 0;
  }
  const Result<sim::CharacterSheet> again = sim::restore_sheet(sim::save_sheet(*sheet));
  THRONG_ASSERT(again.has_value() && *again == *sheet, "a sheet does not survive a save");
  static const content::MapDef map = sim::test::playable_map(3, 30);
  static const content::GameContent game = sim::test::playable(map, 1);
  sim::World world = sim::test::make_world(map, {.entities_max = 20}, 9, game);
  sim::SpawnPlayer spawn = sim::test::spawn_at(1, {});
  spawn.sheet = std::make_shared<const sim::CharacterSheet>(*sheet);
  const std::vector<sim::Intent> intents{spawn};
  world.tick(intents);
  world.tick({});
  THRONG_ASSERT(world.find_player({1}).has_value(), "a sheet keeps its player out");
  const auto restored = sim::World::restore(world.save(), world.state().map, world.shared_content());
  THRONG_ASSERT(restored.has_value(), "a world with this character cannot be saved");
  return 0;
}
