#include "sim/space/spawn_spot.h"

#include <algorithm>
#include <limits>

namespace throng::sim {
namespace {

constexpr int kSpotDraws = 32;

/// Keeps the best of the places that are tried.
struct NearestSpot {
  const Ground& ground;
  Position wanted;
  Position best{};
  std::int64_t best_distance = std::numeric_limits<std::int64_t>::max();

  void consider(Position at) {
    const std::int64_t distance = distance_squared(at, wanted);
    if (distance >= best_distance || !ground.fits(at)) return;
    best = at;
    best_distance = distance;
  }
};

std::int32_t draw_coordinate(Milliunits min, Milliunits max, Rng& rng) {
  return rng.between(min.value, std::max(min.value, max.value - 1));
}

}  // namespace

std::optional<Position> nearest_spot(const Ground& ground, Milliunits cell_size, Position wanted) {
  const Position start = ground.inside(wanted);
  if (ground.fits(start)) return start;
  const std::int32_t pitch = std::max(1, cell_size.value / 2);
  const std::int32_t column = start.x.value / pitch;
  const std::int32_t row = start.y.value / pitch;
  NearestSpot nearest{.ground = ground, .wanted = start};
  const auto consider = [&](int dx, int dy) { nearest.consider({{(column + dx) * pitch}, {(row + dy) * pitch}}); };
  for (int ring = 0; ring <= kNearestSpotRings; ++ring) {
    // What lies in this ring or beyond is at least this far away.
    const std::int64_t ring_distance = std::int64_t{std::max(0, ring - 1)} * pitch;
    if (ring_distance * ring_distance > nearest.best_distance) break;
    for (int along = -ring; along <= ring; ++along) {
      consider(along, -ring);
      consider(along, ring);
      consider(-ring, along);
      consider(ring, along);
    }
  }
  if (nearest.best_distance == std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return nearest.best;
}

std::optional<Position> spot_in_area(const Ground& ground, Milliunits cell_size, const content::MapArea& area,
                                     Rng& rng) {
  for (int i = 0; i < kSpotDraws; ++i) {
    const std::int32_t x = draw_coordinate(area.min.x, area.max.x, rng);
    const std::int32_t y = draw_coordinate(area.min.y, area.max.y, rng);
    const Position at = ground.inside({{x}, {y}});
    if (ground.fits(at)) return at;
  }
  const Position middle{area.min.x + (area.max.x - area.min.x) / 2, area.min.y + (area.max.y - area.min.y) / 2};
  return nearest_spot(ground, cell_size, middle);
}

}  // namespace throng::sim
