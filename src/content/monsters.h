#pragma once
// config/content/monsters.json: the kinds of monsters.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"

namespace throng::content {

struct MonsterDef {
  std::string id;    ///< the key in the file, for instance `slime`; [A-Za-z0-9_-]{1,64}
  std::string name;  ///< shown to players
  int level = 1;     ///< 1..100
  int max_hp = 10;   ///< 1..1'000'000
  Milliunits wander_speed = units(40);    ///< per second, 0..1,000 units
  Milliunits wander_radius = units(160);  ///< how far from its home it strolls, 0..10,000 units
  int idle_ms_min = 1000;  ///< pause between two strolls, 0..600'000, at most idle_ms_max
  int idle_ms_max = 4000;
  friend bool operator==(const MonsterDef&, const MonsterDef&) = default;
};

struct MonstersDef {
  std::vector<MonsterDef> kinds;  ///< in the order of the file; 1..kMonsterKindsMax

  /// The kind with this id, or null.
  const MonsterDef* find(std::string_view id) const;
  friend bool operator==(const MonstersDef&, const MonstersDef&) = default;
};

inline constexpr int kMonsterKindsMax = 1000;

/// Fingerprint of everything that changes how a world behaves; recordings carry it.
std::uint64_t content_hash(const MonstersDef& monsters);

/// @return the kinds, or every problem of the file, one per line. Any thread.
Result<MonstersDef> parse_monsters(std::string_view text, std::string_view file);

/// The draft-07 JSON Schema of the file, as committed in config/schema/monsters.schema.json.
std::string json_schema_for_monsters();

}  // namespace throng::content
