#include "load/watcher.h"

#include <gtest/gtest.h>

namespace throng::bench {
namespace {

constexpr float kSpawnX = 10;
constexpr float kSpawnY = 20;

// Root {entities: map<Entity>}, Entity {x: float32, y: float32}.
StateTypes small_types() {
  StateTypes types;
  types.types.resize(2);
  types.types[0].fields = {
      {.name = "entities", .kind = ValueKind::Map, .child_kind = ValueKind::Structure, .child_type = 1}};
  types.types[1].fields = {{.name = "x", .kind = ValueKind::Float32}, {.name = "y", .kind = ValueKind::Float32}};
  return types;
}

struct Watched {
  explicit Watched(MoveStyle style) : watcher(small_types(), "me", style, kSpawnX, kSpawnY) {
    tally.measuring = true;
    stream.append("\x80\x01\xff\x01");  // entities is reference 1
    enter(0, 100, "me", kSpawnX, kSpawnY);
    show();
  }
  void enter(std::uint8_t index, std::uint8_t reference, std::string_view key, float x, float y) {
    for (std::uint8_t byte : {std::uint8_t{0x80}, index, static_cast<std::uint8_t>(0xa0 + key.size())})
      stream.put(byte);
    stream.append(key);
    stream.put(reference);
    place(reference, x, y);
  }
  void place(std::uint8_t reference, float x, float y) {
    stream.put(std::uint8_t{0xff});
    stream.put(reference);
    stream.put(std::uint8_t{0x80});
    stream.put(x);
    stream.put(std::uint8_t{0x81});
    stream.put(y);
  }
  void show() {
    watcher.on_state(stream.view(), clock.now(), tally);
    stream.clear();
  }
  void wait_ms(int span) { clock.advance(std::chrono::milliseconds(span)); }

  ManualClock clock;
  Tally tally;
  Watcher watcher;
  ByteWriter stream;
};

TEST(Watcher, MeasuresFromAMoveToThePatchThatShowsIt) {
  Watched own(MoveStyle::Absolute);
  own.watcher.on_move(16, 20, own.clock.now(), own.tally);
  own.wait_ms(30);
  own.place(100, 16, 20);
  own.show();
  EXPECT_EQ(own.tally.move_visible_us.count(), 1u);
  EXPECT_EQ(own.tally.move_visible_us.max(), 30'000);
  EXPECT_EQ(own.tally.watched_entities, 2u);  // one entity in each of two frames
}

TEST(Watcher, ForgetsMovesThatAnotherOvertook) {
  Watched own(MoveStyle::Absolute);
  own.watcher.on_move(16, 20, own.clock.now(), own.tally);
  own.wait_ms(20);
  own.watcher.on_move(22, 20, own.clock.now(), own.tally);
  own.wait_ms(10);
  own.place(100, 22, 20);
  own.show();
  own.show();
  EXPECT_EQ(own.tally.move_visible_us.count(), 1u);
  EXPECT_EQ(own.tally.move_visible_us.max(), 10'000);
}

TEST(Watcher, SeesADirectionOnceTheFigureGoesThatWay) {
  Watched own(MoveStyle::Direction);
  own.watcher.on_move(1, 0, own.clock.now(), own.tally);
  own.wait_ms(50);
  own.place(100, kSpawnX, kSpawnY + 5);  // still the old way
  own.show();
  EXPECT_EQ(own.tally.move_visible_us.count(), 0u);
  own.wait_ms(50);
  own.place(100, kSpawnX + 5, kSpawnY + 5);
  own.show();
  EXPECT_EQ(own.tally.move_visible_us.max(), 100'000);
}

TEST(Watcher, CountsMovesThatNeverShow) {
  Watched own(MoveStyle::Absolute);
  for (int i = 0; i < 40; ++i) own.watcher.on_move(static_cast<float>(500 + i), 0, own.clock.now(), own.tally);
  EXPECT_EQ(own.tally.moves_not_seen, 8u);
}

TEST(Watcher, ReportsAFaultyStreamOnceAndThenLooksAway) {
  Watched own(MoveStyle::Absolute);
  for (int i = 0; i < 2; ++i) {
    own.place(77, 1, 1);
    own.show();
  }
  EXPECT_EQ(own.tally.faults[static_cast<std::size_t>(Fault::UnknownReference)], 1u);
}

}  // namespace
}  // namespace throng::bench
