#pragma once
// What may be said: length, repetition, words. Pure.

#include <string>
#include <string_view>

#include "content/game/chat.h"
#include "room/kinds/world_members.h"

namespace throng::room {

/// `text` with the listed words replaced by `***`: whole words, whatever their case (Latin, Greek and Cyrillic).
/// @param text  valid UTF-8
std::string filter_words(std::string_view text, const content::ChatDef& chat);

/// Refuses a line that is too long, or said too often in a row; otherwise remembers it in `last`.
MessageVerdict check_line(std::string_view text, const content::ChatDef& chat, LastLine& last);

}  // namespace throng::room
