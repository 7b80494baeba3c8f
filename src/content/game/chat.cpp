#include "content/game/chat.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "content/game/file_descriptions.h"

namespace throng::content {
namespace {

constexpr std::array<std::string_view, 4> kChatChannels = {"say", "zone", "party", "whisper"};

void check_channels(JsonObject& object, ChatDef& chat) {
  for (const std::string& channel : chat.channels) {
    if (std::find(kChatChannels.begin(), kChatChannels.end(), channel) != kChatChannels.end()) continue;
    const std::optional<JsonValue> member = object.optional("channels");
    const std::string_view meant = nearest_word(channel, kChatChannels);
    (member ? *member : object.value())
        .report(fmt::format("found {}, expected some of \"say\", \"zone\", \"party\", \"whisper\"{}",
                            json_quoted(channel),
                            meant.empty() ? "" : fmt::format("; did you mean {}?", json_quoted(meant))));
  }
}

}  // namespace

const Description<ChatDef>& chat_description() {
  using C = ChatDef;
  static const Description<C> description{
      .help = "Throng: what may be said, how often and how long",
      .fields = {schema_reference_field<C>(), version_field<C>(),
                 field("code_points_max", &C::code_points_max,
                       {.min = 1, .max = 200, .help = "Unicode characters of one line"}),
                 field("repeats_max", &C::repeats_max,
                       {.min = 1, .max = 100, .help = "How often in a row the same line may be said"}),
                 field("say_range_units", &C::say_range, {.min = 1, .max = 100'000, .help = "How far `say` is heard"}),
                 field("words", &C::words,
                       {.size_min = 0,
                        .size_max = 5000,
                        .each = {.bytes_min = 1, .bytes_max = 64},
                        .help = "Shown as ***, whole words, whatever their case"}),
                 field("channels", &C::channels,
                       {.size_min = 0,
                        .size_max = kChatChannels.size(),
                        .each = {.form = TextForm::Name},
                        .help = "The channels that are open: say, zone, party, whisper"})},
      .check = check_channels};
  return description;
}

Result<ChatDef> parse_chat(std::string_view text, std::string_view file) {
  return parse_described(text, file, chat_description());
}

std::string json_schema_for_chat() { return schema_of(chat_description()); }

}  // namespace throng::content
