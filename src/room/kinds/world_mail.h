#pragma once
// Mail in a world room: from a player's wish over the mailboxes, the world and the commit to what the player is told.
//
// What moves nothing is asked of the post office and told when it answers. A claim: the mail is set aside; the world takes the
// things into the bag; their cut is committed; the mailbox looks what is left. Sending with things: the mail gets its number;
// the world takes the things out of the bag; the cut brings the mail into being. Whatever ends in between leaves each thing
// with exactly one owner, the one that the last commit says.

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/messages/mail.h"
#include "protocol/wire/msgpack.h"
#include "room/kinds/world_keeping.h"
#include "room/kinds/world_members.h"
#include "room/post_office.h"
#include "sim/trade/parcel.h"
#include "sim/world.h"

namespace throng::room {

/// Room's thread; what it refers to outlives it.
class WorldMail {
 public:
  /// Wishes of one player that wait for their answer; of those that move things one.
  static constexpr std::size_t kStepsPerPlayerMax = 4;

  WorldMail(RoomControl& control, WorldMembers& members, const sim::World& world, WorldKeeping& keeping)
      : control_(control), members_(members), world_(world), keeping_(keeping) {}

  MessageVerdict message(SessionSlot slot, const protocol::ClientFrame& frame);
  /// Tells the player when there is mail that was not read.
  void count_unread(SessionSlot slot);
  void arrived(CharacterId recipient);
  void replied(const PostReply& reply);

  /// Steps for the next tick. For each of them `applied` follows, after `note` and `refused`.
  std::vector<sim::MailStep> take_ready();
  void note(const sim::Event& event);
  void refused(sim::PlayerKey key, sim::Verdict verdict);
  void applied(sim::PlayerKey key);
  /// After WorldKeeping has dealt with it.
  void cut_done(const CutOutcome& outcome);

 private:
  enum class Stage : std::uint8_t { Asked, InWorld, InCut, Ending };
  struct Step {
    std::uint64_t number = 0;
    sim::PlayerKey key;
    CharacterLease lease;
    Question question;
    protocol::MailWish wish = protocol::MailWish::List;
    bool only_count = false;  ///< nobody asked: it is told when there is something
    Stage stage = Stage::Asked;
    MailId mail;
    PostedMail letter;  ///< Send
    std::shared_ptr<const sim::MailParcel> parcel;
    bool moved = false;
    sim::Verdict verdict = sim::Verdict::Accepted;
    std::int64_t cut = 0;  ///< InCut: the number of the cut that it is in
  };

  MessageVerdict begin(SessionSlot slot, const protocol::ClientFrame& frame, const protocol::MailMessage& message);
  MessageVerdict send(Step step, SessionSlot slot, const protocol::MailMessage& message);
  MessageVerdict ask(Step step, PostWish wish);
  std::optional<MessageVerdict> why_not(const Step& step) const;
  sim::Verdict pack(const Member& member, const protocol::MailMessage& message,
                    const std::vector<protocol::MailItemWish>& items, sim::MailParcel& parcel) const;
  bool unpack(const std::vector<MailAttachment>& attachments, sim::MailParcel& parcel) const;

  void on_reply(Step& step, const PostReply& reply);
  void on_claim_begun(Step& step, const PostReply& reply);
  void on_mail_numbered(Step& step, const PostReply& reply);
  void enter_world(Step& step, sim::MailAction action);
  /// What was set aside is free again, and the player is told why nothing came of it.
  void give_up(const Step& step);
  void committed(Step& step);
  void say(const Step& step, const MessageVerdict& verdict);
  void tell(const Step& step, const protocol::MailNotice& notice);
  void tell_mails(const Step& step, const PostReply& reply);
  Step* find(std::uint64_t number);
  Step* in_world(sim::PlayerKey key);
  void forget(std::uint64_t number);

  RoomControl& control_;
  WorldMembers& members_;
  const sim::World& world_;
  WorldKeeping& keeping_;
  std::vector<Step> steps_;  // bound: kStepsPerPlayerMax for each seat, and what those leave behind who have gone
  std::vector<sim::MailStep> ready_;
  std::uint64_t next_number_ = 1;  // 0: nobody waits for the reply
  protocol::MsgpackDocument scratch_;
};

}  // namespace throng::room
