#pragma once
// A bot that plays for loot in a world: it fights the nearest monster and picks up what lies within reach.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "load/state_decoder.h"
#include "load/tally.h"

namespace throng::bench {

class Looter {
 public:
  static constexpr std::size_t kAskedMax = 16;  ///< pick-ups under way; more are not begun

  explicit Looter(StateTypes types);

  /// Body of a state or patch frame. Records faults, and the time from pick-up to shown, in `tally`.
  void on_state(ByteSpan body, MonotonicTime now, Tally& tally);

  /// What to send next; at most three messages, valid until the next call.
  const std::vector<std::vector<std::uint8_t>>& act(MonotonicTime now, Tally& tally);

 private:
  struct Place {
    double x = 0;
    double y = 0;
  };
  struct Asked {
    MonotonicTime sent;
    std::optional<MonotonicTime> gone;  ///< when it no longer lay there
  };
  struct Found {
    std::uint32_t id = 0;
    std::uint32_t index = 0;  ///< in the map
    Place place;
    double distance = 0;
  };

  const Structure* follow(const Structure& from, const char* field) const;
  double number(const Structure& of, const char* field) const;
  using Fits = std::function<bool(const Structure&)>;
  Found nearest(const char* map, Place from, const Fits& fits) const;
  Found target(Place from) const;
  double possessions(const Structure& me) const;
  /// @return whether anything that was asked for is gone
  bool note_gone(MonotonicTime now);
  void match_gain(MonotonicTime now, Tally& tally);
  void give_up_old(MonotonicTime now, Tally& tally);
  void go_towards(Place from, Place to);

  StateDecoder decoder_;
  std::map<std::uint32_t, Asked> asked_;  // by entity id of what lies there; bound: kAskedMax
  std::map<std::uint32_t, MonotonicTime> passed_over_;  // not to be had just now; bound: forgotten after kPatience
  std::vector<std::vector<std::uint8_t>> messages_;
  double owned_ = 0;  // when it last looked; only of use while something is asked for
  double own_id_ = 0;  // of its figure
  std::uint32_t target_ = 0;
  std::uint32_t target_index_ = 0;
  std::uint32_t sequence_ = 0;
  bool broken_ = false;
};

}  // namespace throng::bench
