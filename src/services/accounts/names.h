#pragma once
// Names that accounts and characters may have: one form for the eye, one for telling them apart.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/shown_name.h"

namespace throng::services {

/// A name that is fit to be shown, and its key: names that look alike, or differ only in case, accents of writing or
/// spaces, have the same key. Keys are compared for equality only, and stored; nobody reads them.
struct Name {
  std::string shown;  ///< NFKC, at most kNameBytesMax bytes
  std::string key;
};

enum class NameProblem : std::uint8_t {
  NotText,       ///< not UTF-8
  TooShort,
  TooLong,
  BadCharacter,  ///< only letters, digits, and single spaces, hyphens and apostrophes between them
  MixedScripts,  ///< letters of more than one writing system
  Reserved,      ///< could be taken for somebody who speaks for the game
};

struct NameRefusal {
  NameProblem problem;
  std::string_view code;  ///< for programs: `name_too_short` …
  std::string_view text;  ///< for people
};

inline constexpr std::size_t kNameLengthMin = 3;    ///< code points
inline constexpr std::size_t kNameLengthMax = kShownNameLettersMax;
inline constexpr std::size_t kNameBytesMax = kShownNameBytesMax;  ///< what rooms have room for

using NameVerdict = std::variant<Name, NameRefusal>;

/// Any thread, any bytes. Unicode 15, by ICU.
NameVerdict normalise_name(std::string_view text);
/// The same for whoever may be called Admin: only reserved words are not looked at.
NameVerdict normalise_staff_name(std::string_view text);
/// The same for guests, who have a name for a moment only: one letter is enough.
NameVerdict normalise_guest_name(std::string_view text);

}  // namespace throng::services
