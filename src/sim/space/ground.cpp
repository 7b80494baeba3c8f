#include "sim/space/ground.h"

#include <algorithm>
#include <cstdlib>

namespace throng::sim {

Ground::Ground(const content::MapDef& map, Milliunits body_half_size)
    : walk_(&map.walk),
      cells_(map.walk.cells()),
      cell_size_(map.walk.cell_size().value),
      half_(body_half_size.value),
      lanes_((2 * half_ + cell_size_ - 2) / cell_size_ + 1),
      last_x_(map.width.value - half_),
      last_y_(map.height.value - half_) {}

bool Ground::fits(Position at) const {
  if (at.x.value < half_ || at.y.value < half_ || at.x.value > last_x_ || at.y.value > last_y_) return false;
  const Milliunits half{half_};
  return !walk_->area_blocked({at.x - half, at.y - half}, {at.x + half, at.y + half});
}

Position Ground::inside(Position at) const {
  // On a map smaller than a body the low bound wins; `fits` is false there anyway.
  return {{std::max(half_, std::min(at.x.value, last_x_))}, {std::max(half_, std::min(at.y.value, last_y_))}};
}

/// Whether the cells [first, last] across the way are free in one line. Always looks at `lanes_` cells, so that the
/// processor need not guess how many there are: that guess costs more than the look.
template <typename Blocked>
bool Ground::line_free(int first, int last, Blocked blocked) const {
  bool any = false;
  for (int i = 0; i < lanes_; ++i) any |= blocked(std::min(first + i, last));
  return !any;
}

/// One axis. `free(n)` tells whether the body would touch no wall in the n-th line of cells across the way.
template <typename Free>
std::int32_t Ground::sweep(std::int32_t at, std::int32_t delta, std::int32_t last, Free free, bool& hit) const {
  const bool forward = delta > 0;
  const std::int32_t wanted = at + delta;
  std::int32_t to = std::max(half_, std::min(wanted, last));
  const std::int32_t front = forward ? half_ - 1 : -half_;
  const int step = forward ? 1 : -1;
  int line = cells_.cell_of(at + front);
  for (int left = (cells_.cell_of(to + front) - line) * step; left > 0; --left) {
    line += step;
    if (free(line)) continue;
    to = forward ? line * cell_size_ - half_ : (line + 1) * cell_size_ + half_;
    break;
  }
  hit = hit || to != wanted;
  return to;
}

void Ground::slide_piece(Slide& slide, std::int32_t dx, std::int32_t dy) const {
  Position& at = slide.position;
  if (dx != 0) {
    const int first = cells_.cell_of(at.y.value - half_);
    const int last = cells_.cell_of(at.y.value + half_ - 1);
    const auto free = [&](int column) {
      return line_free(first, last, [&](int row) { return walk_->blocked(column, row); });
    };
    at.x.value = sweep(at.x.value, dx, last_x_, free, slide.hit_x);
  }
  if (dy != 0) {
    const int first = cells_.cell_of(at.x.value - half_);
    const int last = cells_.cell_of(at.x.value + half_ - 1);
    const auto free = [&](int row) {
      return line_free(first, last, [&](int column) { return walk_->blocked(column, row); });
    };
    at.y.value = sweep(at.y.value, dy, last_y_, free, slide.hit_y);
  }
}

/// Nothing in the box round the way: most steps need no closer look.
bool Ground::all_free(Position from, Position to) const {
  const std::int32_t west = std::min(from.x.value, to.x.value);
  const std::int32_t east = std::max(from.x.value, to.x.value);
  const std::int32_t north = std::min(from.y.value, to.y.value);
  const std::int32_t south = std::max(from.y.value, to.y.value);
  if (west < half_ || north < half_ || east > last_x_ || south > last_y_) return false;
  const int first = cells_.cell_of(west - half_);
  const int last = cells_.cell_of(east + half_ - 1);
  const int last_row = cells_.cell_of(south + half_ - 1);
  for (int row = cells_.cell_of(north - half_); row <= last_row; ++row) {
    if (walk_->run_blocked(row, first, last)) return false;
  }
  return true;
}

Slide Ground::slide(Position from, std::int32_t dx, std::int32_t dy) const {
  const Position to{{from.x.value + dx}, {from.y.value + dy}};
  if (all_free(from, to)) return {.position = to};
  Slide slide{.position = from};
  const std::int32_t longest = std::max(std::abs(dx), std::abs(dy));
  if (longest <= cell_size_) {
    slide_piece(slide, dx, dy);
    return slide;
  }
  const std::int64_t pieces = (longest + cell_size_ - 1) / cell_size_;
  for (std::int64_t i = 0; i < pieces; ++i) {
    const auto part = [&](std::int64_t whole) {
      return static_cast<std::int32_t>(whole * (i + 1) / pieces - whole * i / pieces);
    };
    slide_piece(slide, part(dx), part(dy));
  }
  return slide;
}

}  // namespace throng::sim
