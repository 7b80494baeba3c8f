#pragma once
// The way of a worker's cuts to whoever keeps them, and of what its rooms ask of mailboxes and parties; and of the answers
// back to the worker's thread.

#include <functional>

#include "gateway/answer_post.h"
#include "gateway/surroundings.h"
#include "net/event_loop.h"
#include "room/keeping.h"
#include "room/party_registry.h"
#include "room/post_office.h"

namespace throng::gateway {

/// One per worker, on its thread.
class KeeperPost final : public room::Keeper {
 public:
  /// @param surroundings  with `keep`; outlives this, as the loop does
  /// @param deliver       called on the loop's thread for each outcome
  KeeperPost(const Surroundings& surroundings, net::EventLoop& loop,
             std::function<void(const room::CutOutcome&)> deliver)
      : surroundings_(surroundings), outcomes_(loop, std::move(deliver)) {}

  bool keep(room::Cut cut) override;

 private:
  const Surroundings& surroundings_;
  AnswerPost<room::CutOutcome> outcomes_;  // one cut of a room is under way at most
};

/// The same for mail.
class MailPost final : public room::PostOffice {
 public:
  /// @param surroundings  with `mail`; outlives this, as the loop does
  MailPost(const Surroundings& surroundings, net::EventLoop& loop, std::function<void(const room::PostReply&)> deliver)
      : surroundings_(surroundings), replies_(loop, std::move(deliver)) {}

  void ask(room::PostRequest request) override;

 private:
  const Surroundings& surroundings_;
  AnswerPost<room::PostReply> replies_;  // a few for each seat at most
};

/// The same for parties.
class PartyPost final : public room::PartyRegistry {
 public:
  /// @param surroundings  with `parties`; outlives this, as the loop does
  PartyPost(const Surroundings& surroundings, net::EventLoop& loop,
            std::function<void(const room::PartyReply&)> deliver)
      : surroundings_(surroundings), replies_(loop, std::move(deliver)) {}

  void ask(room::PartyRequest request) override;

 private:
  const Surroundings& surroundings_;
  AnswerPost<room::PartyReply> replies_;  // one for each seat, and a look of each room
};

}  // namespace throng::gateway
