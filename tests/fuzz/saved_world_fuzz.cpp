// A saved world takes any bytes: it is refused with words, or it is a world that goes on. The bytes are the part of a
// save behind what says which map and content it is of, so that the fuzzer need not guess a hash or a seal. An odd first
// byte means edits of a real save instead: a place of three bytes and the new value, again and again.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/assert.h"
#include "sim/save/content_names.h"
#include "sim/save/seal.h"
#include "sim/scenario/random_game.h"

namespace {

using namespace throng;

struct Setting {
  Setting() : map(sim::test::playable_map(3, 60)) {
    sim::World world = sim::test::make_world(map, {.entities_max = 90}, 9, sim::test::playable(map, 3));
    content = world.shared_content();
    const std::vector<std::uint8_t> save = world.save();
    ByteWriter names;
    sim::put_names(names, *content);
    const std::size_t head_size = 4 + 2 + 1 + map.name.size() + 8 + 8 + names.size();
    head.assign(save.begin(), save.begin() + static_cast<std::ptrdiff_t>(head_size));
    body.assign(save.begin() + static_cast<std::ptrdiff_t>(head_size),
                save.end() - static_cast<std::ptrdiff_t>(sizeof(std::uint64_t)));
  }

  content::MapDef map;
  std::shared_ptr<const content::GameContent> content;
  std::vector<std::uint8_t> head;
  std::vector<std::uint8_t> body;  // of a real save, without its seal
};

std::vector<std::uint8_t> body_of(const Setting& setting, ByteSpan data) {
  if (data.empty() || data[0] % 2 == 0) return {data.begin(), data.end()};
  std::vector<std::uint8_t> body = setting.body;
  for (std::size_t at = 1; at + 4 <= data.size(); at += 4) {
    const std::size_t place = data[at] | std::size_t{data[at + 1]} << 8 | std::size_t{data[at + 2]} << 16;
    body[place % body.size()] = data[at + 3];
  }
  return body;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Setting setting;
  ByteWriter save;
  save.append(setting.head);
  save.append(body_of(setting, ByteSpan(data, size)));
  sim::put_seal(save);
  Result<sim::World> world =
      sim::World::restore(save.view(), std::make_shared<const content::MapDef>(setting.map), setting.content);
  if (!world) {
    THRONG_ASSERT(!world.error().message.empty(), "an error without words");
    return 0;
  }
  if (world->settings().entities_max > 1'000) return 0;
  Result<sim::World> again = sim::World::restore(world->save(), world->state().map, setting.content);
  THRONG_ASSERT(again.has_value() && again->digest() == world->digest(), "a restored world does not survive a save");
  sim::test::RandomGame game(size);
  for (int i = 0; i < 5; ++i) world->tick(game.next(*world));
  return 0;
}
