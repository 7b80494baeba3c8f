#include "sim/space/line_of_sight.h"

#include <algorithm>
#include <utility>

namespace throng::sim {
namespace {

std::int64_t divide_down(std::int64_t a, std::int64_t by) { return a >= 0 ? a / by : -((by - 1 - a) / by); }
std::int64_t divide_up(std::int64_t a, std::int64_t by) { return -divide_down(-a, by); }

struct SpanOfWay {
  std::int64_t low;
  std::int64_t high;
};

/// The y that the line passes between two x of it, rounded outwards. `a` is the western end.
SpanOfWay y_between(Position a, Position b, std::int64_t from_x, std::int64_t to_x) {
  const std::int64_t width = std::int64_t{b.x.value} - a.x.value;
  const std::int64_t rise = std::int64_t{b.y.value} - a.y.value;
  if (width == 0) return {std::min(a.y.value, b.y.value), std::max(a.y.value, b.y.value)};
  const std::int64_t first = (from_x - a.x.value) * rise;
  const std::int64_t last = (to_x - a.x.value) * rise;
  return {a.y.value + divide_down(std::min(first, last), width), a.y.value + divide_up(std::max(first, last), width)};
}

bool rows_blocked(const content::WalkGrid& walk, int column, std::int64_t low, std::int64_t high) {
  const std::int64_t cell = walk.cell_size().value;
  const auto first = static_cast<int>(divide_down(low, cell));
  const auto last = static_cast<int>(std::max<std::int64_t>(divide_down(low, cell), divide_down(high - 1, cell)));
  for (int row = first; row <= last; ++row) {
    if (walk.blocked(column, row)) return true;
  }
  return false;
}

}  // namespace

bool way_clear(const content::WalkGrid& walk, Position from, Position to, Milliunits half_size) {
  if (from.x > to.x) std::swap(from, to);
  const std::int64_t half = half_size.value;
  const std::int64_t cell = walk.cell_size().value;
  const std::int64_t west = from.x.value - half;
  const std::int64_t east = to.x.value + half;
  const std::int64_t first = divide_down(west, cell);
  const std::int64_t last = std::max(first, divide_down(east - 1, cell));
  for (std::int64_t column = first; column <= last; ++column) {
    // The piece of the way on which the body overlaps this column, and the rows that it overlaps there.
    const std::int64_t from_x = std::max<std::int64_t>(from.x.value, column * cell - half);
    const std::int64_t to_x = std::min<std::int64_t>(to.x.value, (column + 1) * cell + half);
    const SpanOfWay y = y_between(from, to, from_x, std::max(from_x, to_x));
    if (rows_blocked(walk, static_cast<int>(column), y.low - half, y.high + half)) return false;
  }
  return true;
}

}  // namespace throng::sim
