#include "room/kinds/world_room.h"

#include <cmath>

#include "base/assert.h"
#include "base/counters.h"
#include "base/random_id.h"
#include "base/utf8.h"
#include "protocol/codes.h"
#include "protocol/messages/all_messages.h"
#include "protocol/messages/debug_why.h"
#include "protocol/messages/move.h"
#include "room/kinds/accepted.h"
#include "room/kinds/entity_views.h"
#include "room/kinds/tick_tallies.h"
#include "room/kinds/world_beginning.h"
#include "room/kinds/world_events.h"
#include "room/kinds/world_intents.h"
#include "room/kinds/world_keeping.h"
#include "room/kinds/world_mail.h"
#include "room/kinds/world_metrics.h"
#include "room/kinds/world_news.h"
#include "room/kinds/world_parties.h"
#include "room/kinds/world_people.h"
#include "room/kinds/world_private.h"
#include "room/kinds/world_recorder.h"
#include "room/kinds/world_rows.h"
#include "room/kinds/world_travel.h"
#include "sim/world.h"

namespace throng::room {
namespace {

using sim::EntityIndex;

/// Every so many patches a client's whole private structure is compared, in case something changed without an event.
constexpr std::uint32_t kPatchesPerLook = 20;
/// Every so many patches a member of a party is shown how the others are.
constexpr std::uint32_t kPatchesPerPartyLook = 5;

sim::WorldSettings world_settings(const RoomControl& control) {
  const content::RoomKindDef& def = control.def();
  sim::WorldSettings settings;
  settings.item_uid_base = control.saved().item_uids;
  settings.tick_rate_hz = def.tick_rate_hz;
  settings.player_speed = def.world->player_speed;
  settings.entities_max = static_cast<std::uint32_t>(def.entities_max);
  // An index must rest longer than the longest gap between two patches (SPEC 10.4).
  settings.index_quarantine_ms = std::max(2'000u, 3'000u / static_cast<std::uint32_t>(def.patch_rate_hz));
  return settings;
}

BasisPoints deflection(double axis) { return {static_cast<std::int32_t>(std::lround(axis * kBasisPointsWhole))}; }

/// One to 32 code points, none of them a control character.
bool fit_to_show(std::string_view name) {
  const std::optional<std::size_t> length = count_code_points(name);
  if (!length || *length == 0 || *length > 32) return false;
  while (const std::optional<char32_t> c = take_code_point(name)) {
    if (is_control(*c)) return false;
  }
  return true;
}

InlineString<32> nameless_guest() { return InlineString<32>("guest-" + random_id(4)); }

/// Whoever admitted somebody has judged the name; a server that knows no accounts takes what is fit to be shown.
InlineString<32> guest_name(const JoinOptions& options) {
  const std::string_view name =
      options.arrival ? std::string_view(options.arrival->name) : options.text("name").value_or("");
  return fit_to_show(name) ? InlineString<32>(name) : nameless_guest();
}

/// Whether such a wish, when it is granted, may change what a character has or has reached.
bool moves_things(std::string_view message) { return message != "attack" && message != "party"; }

class WorldRoom final : public RoomLogic {
 public:
  /// Intents that may wait for one tick; beyond it moves are dropped (joins and leaves never are: seats bound them).
  static constexpr std::size_t kInboxMax = 32'768;

  WorldRoom(RoomControl& control, const WorldRoomSettings& settings)
      : WorldRoom(control, settings, begin_world(control, settings, world_settings(control))) {}

  WorldRoom(RoomControl& control, const WorldRoomSettings& settings, WorldBeginning beginning)
      : control_(control),
        world_(std::move(beginning.world)),
        carried_on_(beginning.carried_on),
        recorder_(settings.recordings, control.room_id(), world_),
        members_(control, beginning.first_key),
        views_(control.def()),
        rows_(views_.sync(), world_),
        keeping_(control, members_, world_, rows_, inbox_),
        news_(control, members_, world_, views_, keeping_),
        events_(members_, world_, news_),
        people_(control, members_, world_, keeping_),
        mail_(control, members_, world_, keeping_),
        parties_(control, members_, world_, news_, inbox_),
        travel_(control, members_, world_, news_, keeping_, parties_, inbox_),
        metrics_(world_),
        reflection_(protocol::encode_reflection(protocol::describe_world_state())),
        inbox_(std::move(beginning.intents)) {}

  bool has_state() const override { return true; }
  ByteSpan reflection() const override { return reflection_; }
  std::vector<AcceptedMessage> accepted_messages() const override {
    std::vector<AcceptedMessage> messages;
    for (const protocol::MessageInfo& info : protocol::all_messages()) {
      if (info.room == protocol::RoomKind::World) messages.push_back(accepted(info));
    }
    return messages;
  }

  std::optional<Refusal> join(SessionSlot slot, const JoinOptions& options) override {
    const Arrival* arrival = options.arrival.get();
    const bool kept = arrival != nullptr && keeping_.takes(*arrival);
    const auto sheet = arrival == nullptr ? nullptr : sheet_from(*arrival);
    // To go on without it would be to write over it.
    if (kept && !sheet && !arrival->sheet.empty())
      return Refusal{protocol::kErrorApplication, "Your character cannot be read. Nothing of it was changed."};
    if (kept && keeping_.is_full())
      return Refusal{protocol::kErrorApplication, std::string(sim::verdict_text(sim::Verdict::StoreBehind))};
    // What a character is called is its own; guests are told apart from whoever is here.
    const bool named = arrival != nullptr && arrival->lease.held();
    Member& member =
        members_.open(slot, named ? InlineString<32>(arrival->name) : members_.distinct(guest_name(options)));
    views_.open(slot);
    sim::SpawnPlayer spawn{member.key, member.name, std::nullopt, {}, sheet};
    if (arrival != nullptr) {
      spawn.spawn_name = InlineString<32>(arrival->spawn);
      if (sheet && arrival->spawn.empty() && arrival->map == world_.map().name) spawn.at = sheet->place;
      member.circle = {arrival->friends, arrival->ignored};
      member.lease = arrival->lease;
      if (kept) member.party = arrival->party;
    }
    if (kept) keeping_.open(member.key, *arrival, sheet.get());
    inbox_.push_back(std::move(spawn));
    parties_.spawned(member);
    return std::nullopt;
  }

  void dropped(SessionSlot slot) override {  // the body stays, but stops
    Member& member = members_.at(slot);
    post(sim::Move{member.key, {0}, {0}, member.next_seq});
    post(sim::Attack{.key = member.key, .target = {0}, .aim = {}});
  }

  void leave(SessionSlot slot) override {
    const sim::PlayerKey key = members_.at(slot).key;
    if (keeping_.left(key, has_gone(slot))) {
      dropped(slot);  // its body may stay for a while
    } else {
      inbox_.push_back(sim::RemovePlayer{key});
    }
    members_.close(slot);
  }

  MessageVerdict message(SessionSlot slot, const protocol::ClientFrame& frame) override {
    const std::string_view type = frame.type.text;
    if (type == "move") return move(slot, frame);
    if (type == "chat") return chat(slot, frame);
    if (type == "friend") return people_.befriend(slot, frame);
    if (type == "leaderboard") return people_.leaderboard(slot, frame);
    if (type == "mail") return mail_.message(slot, frame);
    if (type == "debug_why") return debug_why(slot, frame);
    if (type == "party") return party(slot, frame);
    return ask_world(slot, frame);
  }

  void seat_found(SessionSlot slot, const TravelSeat* seat) override { travel_.seat_found(slot, seat); }
  bool has_gone(SessionSlot slot) const override { return travel_.has_gone(slot); }
  void entered(SessionSlot slot) override {
    travel_.tell_way(slot);
    mail_.count_unread(slot);
    if (!has_gone(slot)) events_.tell(slot);
  }
  void post_replied(const PostReply& reply) override { mail_.replied(reply); }
  void mail_arrived(CharacterId recipient) override { mail_.arrived(recipient); }
  void party_replied(const PartyReply& reply) override { parties_.replied(reply); }
  void party_told(const PartyTold& told) override { parties_.told(told); }

  void tick() override {
    keeping_.before_tick();
    take_mail_steps();
    inbox_.swap(applied_);  // what an event makes a session ask for belongs to the next tick
    asks_.swap(applied_asks_);
    first_applied_ask_ = next_ask_ - static_cast<std::uint32_t>(applied_asks_.size());
    TickTimer& timer = control_.tick_timer();
    const sim::TickOutput& output = world_.tick(applied_, &timer);
    timer.begin(RoomPhase::Events);
    timer.profile().intents = static_cast<std::uint32_t>(applied_.size());
    timer.profile().events = static_cast<std::uint32_t>(output.events.size());
    timer.profile().entities = world_.entities().alive_count();
    if (timer.watched()) tally(applied_, output.events, timer.profile());
    recorder_.record(applied_, world_);
    applied_.clear();
    for (const sim::Event& event : output.events) on_event(event);
    answer_asks();
    keeping_.end_tick();
    parties_.end_tick();
    travel_.dismiss_travellers();
  }

  void begin_patch() override {
    news_.begin_patch();
    rows_.encode(control_.unix_milliseconds(), [this](sim::PlayerKey key) { return members_.session_id(key); });
  }

  void before_patch(SessionSlot slot) override { news_.send_combat(slot); }

  bool can_show(SessionSlot slot) const override {
    const Member& member = members_.at(slot);
    return member.index != sim::kNoEntity && views_.shows(member.index) && keeping_.can_show(member.key);
  }

  void write_prune(SessionSlot slot, FrameBuffer& frame) override {
    views_.write_prune(slot, eye(slot), scene(), {rows_.links(), {}}, frame);
  }

  void write_snapshot(SessionSlot slot, FrameBuffer& frame) override {
    Member& member = members_.at(slot);
    const PossessionsView has = keeping_.shown(member.key, member.index);
    fill_private(world_, member.index, has, member.private_state);
    fill_party(world_, members_, keeping_, member, member.private_state);
    own_part_.clear();
    member.private_state.write_complete(own_part_);
    views_.write_snapshot(slot, eye(slot), scene(), {rows_.root_complete(), own_part_.view()}, frame);
  }

  void write_patch(SessionSlot slot, FrameBuffer& frame) override {
    Member& member = members_.at(slot);
    if (!can_show(slot)) return;
    const PossessionsView has = keeping_.shown(member.key, member.index);
    const std::uint32_t turn = views_.sync().patch() + slot.value;
    if (member.dirty || turn % kPatchesPerLook == 0) {
      fill_private(world_, member.index, has, member.private_state);
    } else {
      fill_me(world_, member.index, has, member.private_state.me);
    }
    if (member.dirty || turn % kPatchesPerPartyLook == 0)
      fill_party(world_, members_, keeping_, member, member.private_state);
    member.dirty = false;
    own_part_.clear();
    member.private_state.write_changes(own_part_);
    views_.write_patch(slot, eye(slot), scene(), {rows_.root_changes(), own_part_.view()}, frame,
                       control_.tick_timer());
  }

  void adopt_content(const SharedContent& content) override {
    const SharedContent before = world_.shared_content();
    const sim::TickOutput& output = world_.adopt(content);
    recorder_.record_content(world_);
    metrics_.content_changed();
    for (const sim::Event& event : output.events) on_event(event);
    members_.for_each([](SessionSlot, Member& member) { member.dirty = true; });
    events_.content_changed(*before);
  }

  std::optional<ContentStatus> content_status() const override {
    const content::GameContent& content = world_.content();
    std::vector<int> living(content.monsters.size());
    for (const EntityIndex index : world_.entities().indexes(sim::EntityKind::Monster)) {
      const sim::MonsterState& monster = world_.monster(index);
      if (world_.entities().alive(index) && monster.ai != sim::AiState::Dead) ++living[monster.kind.value];
    }
    ContentStatus status{content.version, content.hash, {}};
    for (std::size_t i = 0; i < living.size(); ++i) {
      if (living[i] > 0) status.monsters.emplace_back(content.monsters[i].id, living[i]);
    }
    return status;
  }

  bool carried_on() const override { return carried_on_; }
  std::vector<std::uint8_t> save_world() const override { return world_.save(); }

  void let_go(AccountId account) override { keeping_.let_go(account); }
  void cut_done(const CutOutcome& outcome) override {
    keeping_.cut_done(outcome);
    mail_.cut_done(outcome);
  }
  void dispose() override {
    keeping_.end();
    recorder_.finish();
  }
  bool finished() override { return keeping_.finished(); }

 private:
  /// Something that a member asked of the world, and how to answer.
  struct Ask {
    sim::PlayerKey key;
    Question question;
    bool refused = false;
  };

  static bool is_mail(const Ask& ask) { return ask.question.type == protocol::kServerMail; }

  MessageVerdict move(SessionSlot slot, const protocol::ClientFrame& frame) {
    const auto wanted = protocol::decode_message<protocol::MoveMessage>(frame, scratch_);
    if (!wanted) return verdict_of(wanted.refusal());
    Member& member = members_.at(slot);
    const std::uint32_t seq = wanted->seq.value_or(member.next_seq);
    member.next_seq = seq + 1;
    post(sim::Move{member.key, deflection(wanted->x), deflection(wanted->y), seq});
    return {};
  }

  MessageVerdict chat(SessionSlot slot, const protocol::ClientFrame& frame) {
    bool heard = false;
    MessageVerdict verdict = people_.chat(slot, frame, heard);
    if (heard) post(sim::NoteChat{members_.at(slot).key});
    return verdict;
  }

  MessageVerdict party(SessionSlot slot, const protocol::ClientFrame& frame) {
    std::optional<MessageVerdict> verdict = parties_.message(slot, frame);
    return verdict ? *std::move(verdict) : ask_world(slot, frame);
  }

  MessageVerdict debug_why(SessionSlot slot, const protocol::ClientFrame& frame) {
    if (!control_.def().world->debug)
      return {MessageVerdict::Kind::Refused, "debug_off", "This server does not answer questions about monsters."};
    const auto wish = protocol::decode_message<protocol::DebugWhyMessage>(frame, scratch_);
    if (!wish) return verdict_of(wish.refusal());
    const sim::WhyLog& log = world_.why();
    if (log.monster.id != EntityId{wish->monster}) {
      post(sim::ExplainMonster{{wish->monster}});
      news_.send(slot, protocol::kServerWhy, protocol::WhyAnswer{wish->monster, {}});
      return {};
    }
    const std::vector<protocol::WhyRow> rows = why_rows(log);
    news_.send(slot, protocol::kServerWhy, protocol::WhyAnswer{wish->monster, rows});
    return {};
  }

  /// The verdict comes with the tick that applies the intent.
  MessageVerdict ask_world(SessionSlot slot, const protocol::ClientFrame& frame) {
    const Member& member = members_.at(slot);
    auto read = read_intent({frame, world_, members_, member.key, next_ask_, scratch_});
    if (auto* verdict = std::get_if<MessageVerdict>(&read)) return std::move(*verdict);
    if (inbox_.size() >= kInboxMax) {
      count(Counter::InboxFull);
      return game_verdict(sim::Verdict::TooMany);
    }
    if (keeping_.holds_too_much(member.key)) return game_verdict(sim::Verdict::StoreBehind);
    inbox_.push_back(std::move(std::get<sim::Intent>(read)));
    asks_.push_back({member.key, question_of(frame, intent_message_name(frame.type.text))});
    ++next_ask_;
    return pending_verdict();
  }

  /// What the mailboxes have said can be sent or taken.
  void take_mail_steps() {
    for (sim::MailStep& step : mail_.take_ready()) {
      step.request = next_ask_++;
      asks_.push_back({step.key, {protocol::kServerMail, std::nullopt}});
      inbox_.push_back(std::move(step));
    }
  }

  void post(const sim::Intent& intent) {
    if (inbox_.size() >= kInboxMax) return count(Counter::InboxFull);
    inbox_.push_back(intent);
  }

  void on_event(const sim::Event& event) {
    keeping_.note(event);
    metrics_.note(event);
    mail_.note(event);
    if (const auto* spawned = std::get_if<sim::PlayerSpawned>(&event)) {
      if (Member* member = members_.find(spawned->key)) member->index = spawned->index;
    } else if (const auto* refused = std::get_if<sim::SpawnRefused>(&event)) {
      if (const auto slot = members_.slot_of(refused->key))
        control_.expel(*slot, protocol::kErrorApplication, "There is no room left in this world.");
    } else if (const auto* removed = std::get_if<sim::EntityRemoved>(&event)) {
      views_.sync().remove(removed->index);
      rows_.show_level(removed->index, 0);
    } else if (const auto* no = std::get_if<sim::IntentRefused>(&event)) {
      refuse(*no);
    } else if (const auto* portal = std::get_if<sim::PortalEntered>(&event)) {
      travel_.set_out(*portal);
    } else {
      news_.tell(event);
    }
  }

  /// A refusal of what was asked in this tick goes to that message; one of an older wish (a basic attack that goes on) is
  /// told as such.
  void refuse(const sim::IntentRefused& refused) {
    const std::uint32_t number = refused.request - first_applied_ask_;
    const std::optional<SessionSlot> slot = members_.slot_of(refused.key);
    if (number < applied_asks_.size() && applied_asks_[number].key == refused.key) {
      if (applied_asks_[number].refused) return;
      applied_asks_[number].refused = true;
      if (is_mail(applied_asks_[number])) return mail_.refused(refused.key, refused.verdict);
      if (slot) control_.answer(*slot, applied_asks_[number].question, game_verdict(refused.verdict));
    } else if (slot) {
      control_.answer(*slot, {"attack", std::nullopt}, game_verdict(refused.verdict));
    }
  }

  void answer_asks() {
    for (const Ask& ask : applied_asks_) {
      if (is_mail(ask)) {
        mail_.applied(ask.key);
        continue;
      }
      const std::optional<SessionSlot> slot = members_.slot_of(ask.key);
      if (!slot) continue;
      members_.at(*slot).dirty = true;  // not everything that changes a bag is an event
      if (ask.refused || (moves_things(ask.question.type) && keeping_.hold(ask.key, ask.question))) continue;
      if (ask.question.request_id) control_.answer(*slot, ask.question, {});
    }
    applied_asks_.clear();
  }

  protocol::Eye eye(SessionSlot slot) const {
    const EntityIndex self = members_.at(slot).index;
    return {world_.positions()[self.value], self};
  }
  EntityScene scene() const { return {world_.grid(), world_.positions()}; }

  RoomControl& control_;
  sim::World world_;
  const bool carried_on_;
  WorldRecorder recorder_;
  WorldMembers members_;
  EntityViews views_;
  WorldRows rows_;
  WorldKeeping keeping_;
  WorldNews news_;
  WorldEvents events_;
  WorldPeople people_;
  WorldMail mail_;
  WorldParties parties_;
  WorldTravel travel_;
  WorldMetrics metrics_;
  const std::vector<std::uint8_t> reflection_;
  std::vector<sim::Intent> inbox_;  // for the next tick; bound: kInboxMax, and two per seat
  std::vector<sim::Intent> applied_;  // those of the current tick
  std::vector<Ask> asks_;  // of `inbox_`, in order; their numbers end before next_ask_
  std::vector<Ask> applied_asks_;
  std::uint32_t next_ask_ = 1;
  std::uint32_t first_applied_ask_ = 1;
  FrameBuffer own_part_;
  protocol::MsgpackDocument scratch_;
};

}  // namespace

std::unique_ptr<RoomLogic> make_world_room(RoomControl& control, const WorldRoomSettings& settings) {
  return std::make_unique<WorldRoom>(control, settings);
}

}  // namespace throng::room
