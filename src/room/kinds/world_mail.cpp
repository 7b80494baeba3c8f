#include "room/kinds/world_mail.h"

#include <algorithm>
#include <iterator>

#include "room/kinds/accepted.h"
#include "sim/item/bag.h"

namespace throng::room {
namespace {

using protocol::MailNews;
using protocol::MailWish;

constexpr std::uint64_t kNobodyWaits = 0;

MessageVerdict mail_refusal(std::string_view code, std::string_view text) {
  return {MessageVerdict::Kind::Refused, code, std::string(text)};
}

MessageVerdict mail_field_missing(std::string_view field) {
  return mail_refusal(protocol::kRefusalMissing, std::string(field) + " is missing");
}

bool moves_by_mail(const sim::Event& event, sim::PlayerKey& key) {
  const auto* const item = std::get_if<sim::ItemMoved>(&event);
  const auto* const coins = std::get_if<sim::CoinsMoved>(&event);
  if (item != nullptr && item->source == sim::Source::Mail) key = item->key;
  if (coins != nullptr && coins->source == sim::Source::Mail) key = coins->key;
  return (item != nullptr && item->source == sim::Source::Mail) ||
         (coins != nullptr && coins->source == sim::Source::Mail);
}

protocol::MailRow mail_row(const Mail& mail, bool with_body) {
  protocol::MailRow row{.mail = mail.id.value,
                        .from = mail.sender_name,
                        .subject = mail.subject,
                        .sent_at_ms = mail.sent_at,
                        .expires_at_ms = mail.expires_at,
                        .read = mail.read,
                        .claimed = mail.claimed};
  if (with_body) row.body = mail.body;
  for (const MailAttachment& attached : mail.attachments) {
    if (attached.asset == kCoinsAsset) row.coins += attached.amount;
    if (attached.asset != kCoinsAsset) row.items.push_back({attached.asset, attached.amount});
  }
  return row;
}

}  // namespace

// What players wish

MessageVerdict WorldMail::message(SessionSlot slot, const protocol::ClientFrame& frame) {
  const auto message = protocol::decode_message<protocol::MailMessage>(frame, scratch_);
  if (!message) return verdict_of(message.refusal());
  return begin(slot, frame, *message);
}

MessageVerdict WorldMail::begin(SessionSlot slot, const protocol::ClientFrame& frame,
                                const protocol::MailMessage& message) {
  const Member& member = members_.at(slot);
  Step step;
  step.key = member.key;
  step.lease = member.lease;
  step.question = question_of(frame, protocol::kServerMail);
  step.wish = message.action;
  step.mail = {std::int64_t{message.mail.value_or(0)}};
  if (std::optional<MessageVerdict> no = why_not(step)) return *std::move(no);
  if (message.action == MailWish::Send) return send(std::move(step), slot, message);
  if (message.action == MailWish::List) return ask(std::move(step), ListMail{});
  if (!message.mail) return mail_field_missing("mailId");
  const MailId mail = step.mail;
  if (message.action == MailWish::Read) return ask(std::move(step), ReadMail{mail});
  if (message.action == MailWish::Delete) return ask(std::move(step), DeleteMail{mail});
  return ask(std::move(step), BeginClaim{mail});
}

std::optional<MessageVerdict> WorldMail::why_not(const Step& step) const {
  if (!step.lease.held()) return mail_refusal("no_mailbox", "Sign in to send and receive mail.");
  const auto own = [&](const Step& other) { return other.key == step.key && !other.only_count; };
  const auto moving = [&](const Step& other) {
    return own(other) && (other.wish == MailWish::Claim || other.wish == MailWish::Send);
  };
  const bool moves = step.wish == MailWish::Claim || step.wish == MailWish::Send;
  const bool full = std::count_if(steps_.begin(), steps_.end(), own) >= static_cast<std::ptrdiff_t>(kStepsPerPlayerMax);
  if (full || (moves && std::any_of(steps_.begin(), steps_.end(), moving)))
    return mail_refusal("mail_busy", "Your last wish at the mailbox is still being carried out.");
  if (moves && (!world_.state().economy_open || keeping_.holds_too_much(step.key)))
    return game_verdict(sim::Verdict::StoreBehind);
  return std::nullopt;
}

MessageVerdict WorldMail::send(Step step, SessionSlot slot, const protocol::MailMessage& message) {
  if (!message.to) return mail_field_missing("to");
  if (!message.subject) return mail_field_missing("subject");
  const auto items = protocol::read_mail_items(message);
  if (!items) return verdict_of(items.refusal());
  const Member& member = members_.at(slot);
  sim::MailParcel parcel;
  step.verdict = pack(member, message, *items, parcel);
  // With a key it may have been sent already, and its things are no longer here: the mailboxes know.
  if (step.verdict != sim::Verdict::Accepted && !message.key) return game_verdict(step.verdict);
  step.letter.sender = member.lease.character;
  step.letter.sender_name = member.name.view();
  step.letter.subject = *message.subject;
  step.letter.body = message.body.value_or("");
  step.letter.key = message.key.value_or("");
  SendMail wish{.to = *message.to,
                .sender_name = step.letter.sender_name,
                .subject = step.letter.subject,
                .body = step.letter.body,
                .key = step.letter.key,
                .attached = !items->empty() || parcel.coins > 0};
  step.parcel = std::make_shared<const sim::MailParcel>(std::move(parcel));
  return ask(std::move(step), std::move(wish));
}

/// What lies in the named slots now is what is meant, whatever the bag looks like when it is sent.
sim::Verdict WorldMail::pack(const Member& member, const protocol::MailMessage& message,
                             const std::vector<protocol::MailItemWish>& items, sim::MailParcel& parcel) const {
  parcel.coins = message.coins.value_or(0);
  if (items.empty() && parcel.coins == 0) return sim::Verdict::Accepted;
  if (member.index == sim::kNoEntity) return sim::Verdict::Busy;
  const sim::Inventory& inventory = world_.state().inventory(member.index);
  if (parcel.coins > inventory.coins) return sim::Verdict::NotEnoughCoins;
  for (const protocol::MailItemWish& item : items) {
    sim::TradeOffer thing{static_cast<sim::BagSlot>(item.slot), inventory.bag[item.slot]};
    if (thing.stack.empty()) return sim::Verdict::NothingThere;
    if (thing.stack.bound) return sim::Verdict::Bound;
    if (item.count > thing.stack.count) return sim::Verdict::NoSuchItem;
    thing.stack.count = static_cast<std::uint16_t>(item.count);
    parcel.things.push_back(thing);
  }
  return sim::Verdict::Accepted;
}

MessageVerdict WorldMail::ask(Step step, PostWish wish) {
  step.number = next_number_++;
  const CharacterLease lease = step.lease;
  steps_.push_back(std::move(step));  // the reply may come at once
  const std::uint64_t number = steps_.back().number;
  if (control_.ask_post({{}, number, lease, std::move(wish)})) return pending_verdict();
  forget(number);
  return mail_refusal("no_mailbox", "There is no mail here.");
}

void WorldMail::count_unread(SessionSlot slot) {
  const Member& member = members_.at(slot);
  const bool asks_already = std::any_of(steps_.begin(), steps_.end(),
                                        [&](const Step& step) { return step.key == member.key && step.only_count; });
  if (!member.lease.held() || asks_already) return;
  Step step;
  step.key = member.key;
  step.lease = member.lease;
  step.only_count = true;
  static_cast<void>(ask(std::move(step), CountUnread{}));
}

void WorldMail::arrived(CharacterId recipient) {
  std::optional<SessionSlot> here;
  members_.for_each([&](SessionSlot slot, const Member& member) {
    if (member.lease.held() && member.lease.character == recipient && !member.travels) here = slot;
  });
  if (here) count_unread(*here);
}

// What the mailboxes say

void WorldMail::replied(const PostReply& reply) {
  Step* const step = find(reply.number);
  if (step != nullptr) on_reply(*step, reply);
}

void WorldMail::on_reply(Step& step, const PostReply& reply) {
  if (step.stage == Stage::Ending) {
    tell(step, {.news = MailNews::Claimed, .mail_id = step.mail.value});
    return say(step, {});
  }
  if (!reply.problem.empty()) return say(step, mail_refusal(reply.problem, reply.text));
  if (step.only_count) {
    if (reply.unread > 0) tell(step, {.news = MailNews::Unread, .unread = reply.unread});
    return forget(step.number);
  }
  switch (step.wish) {
    case MailWish::Claim: return on_claim_begun(step, reply);
    case MailWish::Send: return on_mail_numbered(step, reply);
    case MailWish::Delete: tell(step, {.news = MailNews::Deleted, .mail_id = step.mail.value}); break;
    case MailWish::List:
    case MailWish::Read: tell_mails(step, reply); break;
  }
  say(step, {});
}

void WorldMail::on_claim_begun(Step& step, const PostReply& reply) {
  sim::MailParcel parcel;
  if (!unpack(reply.attachments, parcel)) {
    step.verdict = sim::Verdict::NoSuchItem;
    return give_up(step);
  }
  step.parcel = std::make_shared<const sim::MailParcel>(std::move(parcel));
  enter_world(step, sim::MailAction::Take);
}

/// False: something is of no kind that this world knows.
bool WorldMail::unpack(const std::vector<MailAttachment>& attachments, sim::MailParcel& parcel) const {
  const content::GameContent& content = world_.content();
  for (const MailAttachment& attached : attachments) {
    if (attached.asset == kCoinsAsset) {
      parcel.coins += attached.amount;
      continue;
    }
    const auto item = content.find_item(attached.asset);
    if (!item || attached.amount > 0xffff) return false;
    sim::TradeOffer thing{0, sim::fresh_stack(content, *item, static_cast<int>(attached.amount))};
    thing.stack.uid = attached.item_uid;
    if (attached.durability) thing.stack.durability = static_cast<std::uint16_t>(*attached.durability);
    parcel.things.push_back(thing);
  }
  return true;
}

void WorldMail::on_mail_numbered(Step& step, const PostReply& reply) {
  step.mail = reply.mail;
  if (reply.done) {
    tell(step, {.news = MailNews::Sent, .mail_id = step.mail.value});
    return say(step, {});
  }
  if (step.verdict != sim::Verdict::Accepted) return give_up(step);
  step.letter.mail = reply.mail;
  step.letter.recipient = reply.recipient;
  for (const sim::TradeOffer& thing : step.parcel->things) {
    if (thing.stack.uid != 0) step.letter.pieces.push_back({thing.stack.uid, thing.stack.durability});
  }
  enter_world(step, sim::MailAction::Send);
}

void WorldMail::enter_world(Step& step, sim::MailAction action) {
  step.stage = Stage::InWorld;
  keeping_.use_mail(step.key, step.mail);
  ready_.push_back({step.key, action, step.parcel, 0});
}

// What the world says

std::vector<sim::MailStep> WorldMail::take_ready() { return std::exchange(ready_, {}); }

void WorldMail::note(const sim::Event& event) {
  sim::PlayerKey key;
  if (steps_.empty() || !moves_by_mail(event, key)) return;
  if (Step* step = in_world(key)) step->moved = true;
}

void WorldMail::refused(sim::PlayerKey key, sim::Verdict verdict) {
  if (Step* step = in_world(key)) step->verdict = verdict;
}

/// Neither moved nor refused: the player had gone.
void WorldMail::applied(sim::PlayerKey key) {
  Step* const step = in_world(key);
  if (step == nullptr) return;
  if (!step->moved) return give_up(*step);
  step->stage = Stage::InCut;
  step->cut = keeping_.next_number();
  if (step->wish == MailWish::Send) keeping_.post_mail(key, std::move(step->letter));
}

void WorldMail::give_up(const Step& step) {
  PostWish wish = EndClaim{step.mail};
  if (step.wish == MailWish::Send) wish = GiveBackMail{step.mail};
  static_cast<void>(control_.ask_post({{}, kNobodyWaits, step.lease, std::move(wish)}));
  const bool gone = step.verdict == sim::Verdict::Accepted;
  say(step, game_verdict(gone ? sim::Verdict::NoSuchPlayer : step.verdict));
}

// What is committed

void WorldMail::cut_done(const CutOutcome& outcome) {
  std::vector<std::uint64_t> done;
  for (const Step& step : steps_) {
    if (step.stage == Stage::InCut && step.cut <= outcome.number) done.push_back(step.number);
  }
  for (const std::uint64_t number : done) {
    Step* const step = find(number);
    if (step == nullptr) continue;
    const auto& fenced_off = outcome.fenced_off;
    const bool lost = std::find(fenced_off.begin(), fenced_off.end(), step->lease.character) != fenced_off.end();
    if (lost || !outcome.refused.empty()) {
      forget(number);  // its session is over, and whoever plays the character next sees how it was
    } else {
      committed(*step);
    }
  }
}

void WorldMail::committed(Step& step) {
  if (step.wish == MailWish::Send) {
    tell(step, {.news = MailNews::Sent, .mail_id = step.mail.value});
    return say(step, {});
  }
  step.stage = Stage::Ending;
  static_cast<void>(control_.ask_post({{}, step.number, step.lease, EndClaim{step.mail}}));
}

// What players are told

void WorldMail::tell_mails(const Step& step, const PostReply& reply) {
  const bool lists = step.wish == MailWish::List;
  std::vector<protocol::MailRow> rows;
  for (const Mail& mail : reply.mails) rows.push_back(mail_row(mail, !lists));
  if (lists) return tell(step, {.news = MailNews::List, .unread = reply.unread, .mails = rows});
  if (!rows.empty()) tell(step, {.news = MailNews::Mail, .mail = &rows.front()});
}

void WorldMail::tell(const Step& step, const protocol::MailNotice& notice) {
  const std::optional<SessionSlot> slot = members_.slot_of(step.key);
  if (!slot) return;
  ByteWriter payload;
  protocol::MsgpackWriter writer(payload);
  protocol::encode(writer, notice);
  control_.send(*slot, protocol::kServerMail, payload.view());
}

/// The last word on a step: it is over.
void WorldMail::say(const Step& step, const MessageVerdict& verdict) {
  const std::optional<SessionSlot> slot = members_.slot_of(step.key);
  const Question question = step.question;
  const bool asked = !step.only_count;
  forget(step.number);
  if (!slot || !asked) return;
  const bool accepted = verdict.kind == MessageVerdict::Kind::Accepted;
  if (!accepted || question.request_id) control_.answer(*slot, question, verdict);
}

WorldMail::Step* WorldMail::find(std::uint64_t number) {
  const auto found =
      std::find_if(steps_.begin(), steps_.end(), [&](const Step& step) { return step.number == number; });
  return found == steps_.end() ? nullptr : &*found;
}

WorldMail::Step* WorldMail::in_world(sim::PlayerKey key) {
  const auto found = std::find_if(steps_.begin(), steps_.end(),
                                  [&](const Step& step) { return step.key == key && step.stage == Stage::InWorld; });
  return found == steps_.end() ? nullptr : &*found;
}

void WorldMail::forget(std::uint64_t number) {
  std::erase_if(steps_, [&](const Step& step) { return step.number == number; });
}

}  // namespace throng::room
