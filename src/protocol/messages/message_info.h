#pragma once
// What the messages are, as data: the reference page, the generated client types and the rate limits' defaults
// come from here.

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace throng::protocol {

/// EntityId: a whole number or its decimal text, as the keys of the state's maps are. Choice: one of `choices`. Map with
/// `shape`: what is in it, as a TypeScript type.
enum class PayloadType { Number, Integer, Text, Boolean, Map, EntityId, Choice };

struct PayloadFieldInfo {
  std::string_view name;
  PayloadType type = PayloadType::Number;
  double min = 0;  ///< of a number's value or a text's length in code points; equal to max where there is no limit
  double max = 0;
  bool optional = false;
  std::string_view help;
  std::vector<std::string_view> choices = {};
  std::string_view shape = {};
  bool lines = false;  ///< of a text: line feeds are allowed
};

/// One reason for which a message is refused. The code is stable; games may translate by it.
struct RefusalInfo {
  std::string_view code;
  std::string_view help;
};

/// Which rooms take a message.
enum class RoomKind { World, Mmo, Lobby };
std::string_view room_kind_name(RoomKind kind);

/// Something that a client may send.
struct MessageInfo {
  std::string_view name;
  std::string_view type_name;  ///< names the generated type; unique
  RoomKind room = RoomKind::World;
  std::string_view help;
  std::vector<PayloadFieldInfo> fields;
  double rate_per_s = 0;  ///< default of the limit per client; config/server may set another
  int burst = 0;
  std::vector<std::string_view> answers;  ///< messages that the server may send because of it
};

/// Why a client's message was not taken: play or a broken client, never our error.
struct Refusal {
  std::string_view code;  ///< one of message_refusals()
  std::string text;  ///< one sentence for the player or the game's developer
};

/// Codes that every message's decoder may give.
inline constexpr std::string_view kRefusalUndecodable = "payload_undecodable";
inline constexpr std::string_view kRefusalNotAMap = "payload_not_a_map";
inline constexpr std::string_view kRefusalMissing = "field_missing";
inline constexpr std::string_view kRefusalWrongType = "field_wrong_type";
inline constexpr std::string_view kRefusalOutOfRange = "field_out_of_range";
inline constexpr std::string_view kRefusalTextLength = "text_length";
inline constexpr std::string_view kRefusalTextInvalid = "text_invalid";

const std::vector<RefusalInfo>& message_refusals();

/// A message that was understood, or why not.
template <class Message>
class [[nodiscard]] Decoded {
 public:
  Decoded(Message message) : state_(std::in_place_index<0>, std::move(message)) {}  // NOLINT: implicit by design
  Decoded(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) {}  // NOLINT

  bool accepted() const { return state_.index() == 0; }
  explicit operator bool() const { return accepted(); }
  const Message& operator*() const { return *std::get_if<0>(&state_); }
  const Message* operator->() const { return std::get_if<0>(&state_); }
  const Refusal& refusal() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<Message, Refusal> state_;
};

}  // namespace throng::protocol
