#include "sim/intent_codec.h"

#include <algorithm>

#include "sim/text_codec.h"

namespace throng::sim {
namespace {

enum class IntentTag : std::uint8_t { SpawnPlayer = 1, RemovePlayer = 2, Move = 3 };

void put_part(ByteWriter& out, const SpawnPlayer& intent) {
  out.put(IntentTag::SpawnPlayer);
  out.put(intent.key.value);
  put_short_text(out, intent.name.view());
  out.put(static_cast<std::uint8_t>(intent.at.has_value()));
  if (intent.at) {
    out.put(intent.at->x.value);
    out.put(intent.at->y.value);
  }
  put_short_text(out, intent.spawn_name.view());
}

void put_part(ByteWriter& out, const RemovePlayer& intent) {
  out.put(IntentTag::RemovePlayer);
  out.put(intent.key.value);
}

std::int16_t direction_part(BasisPoints part) {
  return static_cast<std::int16_t>(std::clamp(part.value, -kBasisPointsWhole, kBasisPointsWhole));
}

void put_part(ByteWriter& out, const Move& intent) {
  out.put(IntentTag::Move);
  out.put(intent.key.value);
  out.put(direction_part(intent.dx));
  out.put(direction_part(intent.dy));
  out.put(intent.seq);
}

PlayerKey get_key(ByteReader& in) { return {in.get<std::uint32_t>().value_or(0)}; }

SpawnPlayer get_spawn_player(ByteReader& in) {
  SpawnPlayer intent{.key = get_key(in), .name = get_short_text(in), .at = {}, .spawn_name = {}};
  if (in.get<std::uint8_t>().value_or(0) != 0) {
    const auto x = in.get<std::int32_t>().value_or(0);
    const auto y = in.get<std::int32_t>().value_or(0);
    intent.at = Position{{x}, {y}};
  }
  intent.spawn_name = get_short_text(in);
  return intent;
}

Move get_move(ByteReader& in) {
  Move intent{.key = get_key(in), .dx = {}, .dy = {}, .seq = 0};
  intent.dx.value = in.get<std::int16_t>().value_or(0);
  intent.dy.value = in.get<std::int16_t>().value_or(0);
  intent.seq = in.get<std::uint32_t>().value_or(0);
  return intent;
}

}  // namespace

void put_intent(ByteWriter& out, const Intent& intent) {
  std::visit([&](const auto& which) { put_part(out, which); }, intent);
}

std::optional<Intent> get_intent(ByteReader& in) {
  std::optional<Intent> intent;
  switch (static_cast<IntentTag>(in.get<std::uint8_t>().value_or(0))) {
    case IntentTag::SpawnPlayer: intent = get_spawn_player(in); break;
    case IntentTag::RemovePlayer: intent = RemovePlayer{get_key(in)}; break;
    case IntentTag::Move: intent = get_move(in); break;
  }
  if (in.failed()) return std::nullopt;
  return intent;
}

}  // namespace throng::sim
