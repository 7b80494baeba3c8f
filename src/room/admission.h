#pragma once
// Who may come in, and with which character. The port of match-making; accounts and characters are above.

#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "room/arrival.h"
#include "room/join_options.h"

namespace throng::room {

struct AdmissionRequest {
  std::string bearer_token;  ///< of the Authorization header; empty: a guest
  std::string address;       ///< of the peer, for limits
  bool to_world = false;     ///< a room with characters; others only need to know who it is
  JoinOptions options;       ///< `character` (number or name) chooses; none: the one that played last, or a new one
};

struct Admitted {
  std::shared_ptr<const Arrival> arrival;  ///< of a guest without a lease; null: nothing is known of them
};
struct NotAdmitted {
  int code = 525;
  std::string text;
};
using AdmissionReply = std::variant<Admitted, NotAdmitted>;

class Admission {
 public:
  virtual ~Admission() = default;
  /// Any thread; never blocks. The reply is called once, from any thread.
  virtual void admit(AdmissionRequest request, std::function<void(AdmissionReply)> reply) = 0;
  /// A character that was admitted and did not get a seat, or did not take it: its lease ends. Any thread. Null, or
  /// somebody without a lease, is no matter.
  virtual void give_back(const std::shared_ptr<const Arrival>& arrival) = 0;
};

}  // namespace throng::room
