#include "sim/space/ground.h"

#include <algorithm>
#include <cstdlib>

namespace throng::sim {

Ground::Ground(const content::MapDef& map, Milliunits body_half_size)
    : walk_(&map.walk),
      cells_(map.walk.cell_size()),
      cell_size_(map.walk.cell_size().value),
      half_(body_half_size.value),
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

/// One axis. `line_blocked(n)` tells whether the body would touch a wall in the n-th line of cells across the way.
template <typename LineBlocked>
std::int32_t Ground::sweep(std::int32_t at, std::int32_t delta, std::int32_t last, LineBlocked line_blocked,
                           bool& hit) const {
  const std::int32_t wanted = at + delta;
  std::int32_t to = std::max(half_, std::min(wanted, last));
  if (delta > 0) {
    const int end = cells_.cell_of(to + half_ - 1);
    for (int line = cells_.cell_of(at + half_ - 1) + 1; line <= end; ++line) {
      if (!line_blocked(line)) continue;
      to = line * cell_size_ - half_;
      break;
    }
  } else {
    const int end = cells_.cell_of(to - half_);
    for (int line = cells_.cell_of(at - half_) - 1; line >= end; --line) {
      if (!line_blocked(line)) continue;
      to = (line + 1) * cell_size_ + half_;
      break;
    }
  }
  hit = hit || to != wanted;
  return to;
}

void Ground::slide_piece(Slide& slide, std::int32_t dx, std::int32_t dy) const {
  Position& at = slide.position;
  if (dx != 0) {
    at.x.value = sweep(at.x.value, dx, last_x_, [&](int column) {
      const int last_row = cells_.cell_of(at.y.value + half_ - 1);
      for (int row = cells_.cell_of(at.y.value - half_); row <= last_row; ++row) {
        if (walk_->blocked(column, row)) return true;
      }
      return false;
    }, slide.hit_x);
  }
  if (dy != 0) {
    at.y.value = sweep(at.y.value, dy, last_y_, [&](int row) {
      const int last_column = cells_.cell_of(at.x.value + half_ - 1);
      for (int column = cells_.cell_of(at.x.value - half_); column <= last_column; ++column) {
        if (walk_->blocked(column, row)) return true;
      }
      return false;
    }, slide.hit_y);
  }
}

Slide Ground::slide(Position from, std::int32_t dx, std::int32_t dy) const {
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
