#include "sim/space/line_of_sight.h"

#include <algorithm>
#include <utility>

namespace throng::sim {
namespace {

/// The x of a line at a y that goes south in equal steps, exact: whole + part / height. Divides twice, whatever the
/// length of the line.
class XOfLine {
 public:
  /// @param run,height  what the line goes east and south in all; height above 0
  XOfLine(std::int64_t run, std::int64_t height, std::int64_t x, std::int64_t down, std::int64_t step)
      : height_(height) {
    divide(down * run, whole_, part_);
    whole_ += x;
    divide(step * run, whole_step_, part_step_);
  }

  std::int64_t rounded_down() const { return whole_; }
  std::int64_t rounded_up() const { return whole_ + (part_ != 0 ? 1 : 0); }
  void go_on() {
    whole_ += whole_step_;
    part_ += part_step_;
    const std::int64_t carry = part_ >= height_ ? 1 : 0;
    whole_ += carry;
    part_ -= carry * height_;
  }

 private:
  void divide(std::int64_t sum, std::int64_t& whole, std::int64_t& part) const {
    whole = sum / height_;
    part = sum % height_;
    if (part >= 0) return;
    part += height_;
    --whole;
  }

  std::int64_t height_;
  std::int64_t whole_ = 0;
  std::int64_t part_ = 0;  // [0, height)
  std::int64_t whole_step_ = 0;
  std::int64_t part_step_ = 0;
};

/// The columns of a row under the piece of the way [west, east], for a body or a look.
bool row_blocked(const content::WalkGrid& walk, int row, std::int64_t west, std::int64_t east, std::int64_t half) {
  const std::int64_t low = west - half;
  const std::int64_t high = std::max(low, east + half - 1);
  const content::CellDivider& cells = walk.cells();
  return walk.run_blocked(row, cells.cell_of(static_cast<std::int32_t>(low)),
                          cells.cell_of(static_cast<std::int32_t>(high)));
}

}  // namespace

bool way_clear(const content::WalkGrid& walk, Position from, Position to, Milliunits half_size) {
  if (from.y > to.y) std::swap(from, to);
  const std::int64_t half = half_size.value;
  const std::int64_t west = std::min(from.x.value, to.x.value);
  const std::int64_t east = std::max(from.x.value, to.x.value);
  if (west < half || from.y.value < half) return false;
  const content::CellDivider& cells = walk.cells();
  const int first = cells.cell_of(from.y.value - half_size.value);
  const int last = std::max(first, cells.cell_of(std::max(0, to.y.value + half_size.value - 1)));
  const std::int64_t height = std::int64_t{to.y.value} - from.y.value;
  if (height == 0 || west == east) {
    for (int row = first; row <= last; ++row) {
      if (row_blocked(walk, row, west, east, half)) return false;
    }
    return true;
  }
  // The piece of the way on which the body overlaps a row lies between two lines of y, one row apart from those of the
  // next row; what is beyond the ends of the way counts as the end.
  const std::int64_t cell = walk.cell_size().value;
  const std::int64_t run = std::int64_t{to.x.value} - from.x.value;
  const std::int64_t enters = first * cell - half - from.y.value;
  XOfLine enter(run, height, from.x.value, enters, cell);
  XOfLine leave(run, height, from.x.value, enters + cell + 2 * half, cell);
  XOfLine& western = run > 0 ? enter : leave;
  XOfLine& eastern = run > 0 ? leave : enter;
  for (int row = first; row <= last; ++row) {
    const std::int64_t low = std::max(west, western.rounded_down());
    const std::int64_t high = std::min(east, eastern.rounded_up());
    if (row_blocked(walk, row, low, high, half)) return false;
    enter.go_on();
    leave.go_on();
  }
  return true;
}

}  // namespace throng::sim
