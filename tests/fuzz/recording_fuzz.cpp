// A replay takes any bytes behind the header of a recording: it ends with words or with a summary, and bounds its work
// by the bytes.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/assert.h"
#include "sim/recording.h"
#include "sim/scenario/random_game.h"

namespace {

using namespace throng;

struct Recorded {
  Recorded() : map(std::make_shared<const content::MapDef>(sim::test::playable_map(3, 30))) {
    const sim::World world = sim::test::make_world(*map, {.entities_max = 30}, 9, sim::test::playable(*map, 1));
    content = world.shared_content();
    const sim::RecordingWriter writer(world);
    header.assign(writer.pending().begin(), writer.pending().end());
  }

  std::shared_ptr<const content::MapDef> map;
  std::shared_ptr<const content::GameContent> content;
  std::vector<std::uint8_t> header;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Recorded recorded;
  if (size > 2'000) return 0;
  ByteWriter bytes;
  bytes.append(recorded.header);
  bytes.append(ByteSpan(data, size));
  const auto summary = sim::replay(bytes.view(), recorded.map, recorded.content);
  THRONG_ASSERT(summary.has_value() || !summary.error().message.empty(), "an error without words");
  return 0;
}
