#include "content/map/raster.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace throng::content {
namespace {

constexpr double kTurnScale = 1 << 30;
constexpr double kRadiansPerDegree = 0.017453292519943295;

/// Taylor series; |x| at most pi/4. Sums and products of doubles are the same on every machine (IEEE 754, and
/// contraction is switched off).
double sine(double x) {
  const double q = x * x;
  return x * (1 - q / 6 * (1 - q / 20 * (1 - q / 42 * (1 - q / 72 * (1 - q / 110 * (1 - q / 156))))));
}
double cosine(double x) {
  const double q = x * x;
  return 1 - q / 2 * (1 - q / 12 * (1 - q / 30 * (1 - q / 56 * (1 - q / 90 * (1 - q / 132 * (1 - q / 182))))));
}

std::int64_t scaled(double value) { return static_cast<std::int64_t>(std::floor(value * kTurnScale + 0.5)); }

std::int64_t divide_down(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }
std::int64_t divide_up(std::int64_t a, std::int64_t b) { return -divide_down(-a, b); }

/// An edge that goes down, or along: from.y <= to.y.
struct Edge {
  std::int64_t from_x, from_y, to_x, to_y;
};

Edge edge_between(Position a, Position b) {
  if (a.y > b.y) std::swap(a, b);
  return {a.x.value, a.y.value, b.x.value, b.y.value};
}

/// x of the edge at height y, as a fraction: numerator over (to_y - from_y), which is above 0.
std::int64_t x_numerator(const Edge& edge, std::int64_t y) {
  return edge.from_x * (edge.to_y - edge.from_y) + (edge.to_x - edge.from_x) * (y - edge.from_y);
}

struct Rows {
  std::int64_t first;
  std::int64_t last;  ///< included
};

Rows rows_of(const WalkGrid& grid, std::int64_t top, std::int64_t bottom) {
  const std::int64_t cell = grid.cell_size().value;
  return {std::max<std::int64_t>(0, divide_down(top, cell)),
          std::min<std::int64_t>(grid.height_cells() - 1, divide_up(bottom, cell) - 1)};
}

void block_columns(WalkGrid& grid, std::int64_t row, std::int64_t first, std::int64_t last) {
  const std::int64_t from = std::clamp<std::int64_t>(first, 0, grid.width_cells());
  const std::int64_t to = std::clamp<std::int64_t>(last, -1, grid.width_cells() - 1);
  if (from <= to) grid.block_run(static_cast<int>(row), static_cast<int>(from), static_cast<int>(to));
}

void block_level_edge(WalkGrid& grid, const Edge& edge) {
  const std::int64_t cell = grid.cell_size().value;
  if (edge.from_y < 0 || edge.from_y % cell == 0 || edge.from_y / cell >= grid.height_cells()) return;
  const std::int64_t left = std::min(edge.from_x, edge.to_x);
  const std::int64_t right = std::max(edge.from_x, edge.to_x);
  block_columns(grid, edge.from_y / cell, divide_down(left, cell), divide_up(right, cell) - 1);
}

/// Every cell through whose inside the edge goes.
void block_edge(WalkGrid& grid, const Edge& edge) {
  if (edge.from_y == edge.to_y) return block_level_edge(grid, edge);
  const std::int64_t cell = grid.cell_size().value;
  const std::int64_t height = edge.to_y - edge.from_y;
  const Rows rows = rows_of(grid, edge.from_y, edge.to_y);
  for (std::int64_t row = rows.first; row <= rows.last; ++row) {
    const std::int64_t top = x_numerator(edge, std::max(edge.from_y, row * cell));
    const std::int64_t bottom = x_numerator(edge, std::min(edge.to_y, (row + 1) * cell));
    // Cell borders are whole milliunits, so rounding outward to whole ones keeps every answer exact.
    const std::int64_t left = divide_down(std::min(top, bottom), height);
    const std::int64_t right = divide_up(std::max(top, bottom), height);
    const bool on_border = left == right && left % cell == 0;
    if (!on_border)
      block_columns(grid, row, divide_down(left, cell), std::max(divide_down(left, cell), divide_up(right, cell) - 1));
  }
}

/// Cells whose centre lies inside.
void fill(WalkGrid& grid, std::span<const Edge> edges, Rows rows) {
  const std::int64_t cell = grid.cell_size().value;
  std::vector<std::int64_t> crossings;
  for (std::int64_t row = rows.first; row <= rows.last; ++row) {
    const std::int64_t y = row * cell + cell / 2;
    crossings.clear();
    for (const Edge& edge : edges) {
      if (edge.from_y <= y && y < edge.to_y)
        crossings.push_back(divide_up(x_numerator(edge, y), edge.to_y - edge.from_y));
    }
    std::sort(crossings.begin(), crossings.end());
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
      const std::int64_t first = divide_up(crossings[i] - cell / 2, cell);
      const std::int64_t last = divide_up(crossings[i + 1] - cell / 2, cell) - 1;
      block_columns(grid, row, first, last);
    }
  }
}

Rows rows_of_corners(const WalkGrid& grid, std::span<const Position> corners) {
  const auto [top, bottom] =
      std::minmax_element(corners.begin(), corners.end(), [](Position a, Position b) { return a.y < b.y; });
  return rows_of(grid, top->y.value, bottom->y.value);
}

}  // namespace

Direction direction_of(double degrees) {
  const double quarters = std::floor(degrees / 90 + 0.5);
  const double rest = (degrees - quarters * 90) * kRadiansPerDegree;
  const std::int64_t c = scaled(cosine(rest));
  const std::int64_t s = scaled(sine(rest));
  switch (static_cast<std::int64_t>(quarters) & 3) {
    case 0: return {c, s};
    case 1: return {-s, c};
    case 2: return {-c, -s};
    default: return {s, -c};
  }
}

Position turned(Position at, Direction by) {
  const std::int64_t x = at.x.value * by.cos - at.y.value * by.sin;
  const std::int64_t y = at.x.value * by.sin + at.y.value * by.cos;
  constexpr std::int64_t kHalf = std::int64_t{1} << 29;
  return {{static_cast<std::int32_t>((x + kHalf) >> 30)}, {static_cast<std::int32_t>((y + kHalf) >> 30)}};
}

std::vector<Position> ellipse_corners(Milliunits width, Milliunits height) {
  std::vector<Position> corners;
  for (int i = 0; i < kEllipseCorners; ++i) {
    const Direction towards = direction_of(360.0 * i / kEllipseCorners);
    const std::int64_t whole = std::int64_t{1} << 31;
    const auto along = [&](Milliunits size, std::int64_t part) {
      return Milliunits{static_cast<std::int32_t>((size.value * (part + whole / 2)) / whole)};
    };
    corners.push_back({along(width, towards.cos), along(height, towards.sin)});
  }
  return corners;
}

std::int64_t polygon_work(const WalkGrid& grid, std::span<const Position> corners) {
  constexpr std::int64_t kStepsPerShape = 16;
  if (corners.empty()) return kStepsPerShape;
  const Rows rows = rows_of_corners(grid, corners);
  const std::int64_t height = std::max<std::int64_t>(0, rows.last - rows.first + 1);
  const auto [left, right] =
      std::minmax_element(corners.begin(), corners.end(), [](Position a, Position b) { return a.x < b.x; });
  const std::int64_t width = (std::int64_t{right->x.value} - left->x.value) / grid.cell_size().value;
  const std::int64_t words = std::min<std::int64_t>(width, grid.width_cells()) / 64;
  return height * (static_cast<std::int64_t>(corners.size()) * 4 + words) + kStepsPerShape;
}

void block_polygon(WalkGrid& grid, std::span<const Position> corners) {
  if (corners.size() < 3) return;
  std::vector<Edge> edges;
  edges.reserve(corners.size());
  for (std::size_t i = 0; i < corners.size(); ++i) {
    edges.push_back(edge_between(corners[i], corners[(i + 1) % corners.size()]));
  }
  for (const Edge& edge : edges) block_edge(grid, edge);
  fill(grid, edges, rows_of_corners(grid, corners));
}

void block_box(WalkGrid& grid, Position min, Position max) {
  if (min.x >= max.x || min.y >= max.y) return;
  const std::int64_t cell = grid.cell_size().value;
  const Rows rows = rows_of(grid, min.y.value, max.y.value);
  for (std::int64_t row = rows.first; row <= rows.last; ++row) {
    block_columns(grid, row, divide_down(min.x.value, cell), divide_up(max.x.value, cell) - 1);
  }
}

void block_polyline(WalkGrid& grid, std::span<const Position> corners) {
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) block_edge(grid, edge_between(corners[i], corners[i + 1]));
}

}  // namespace throng::content
