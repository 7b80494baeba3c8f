#include "services/accounts/names.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include "base/assert.h"

namespace throng::services {
namespace {

/// More than any name: so much is looked at, not more.
constexpr std::size_t kNameInputBytesMax = 256;

/// Nobody is called exactly so, nor has one of these as a word of the name.
constexpr std::array<std::string_view, 28> kReservedWords{
    "admin",     "administrator", "moderator", "mod",   "gm",        "gamemaster", "game master",
    "system",    "server",        "throng",    "staff", "support",   "official",   "owner",
    "operator",  "developer",     "dev",       "root",  "nobody",    "everyone",   "guest",
    "anonymous", "deleted",       "erased",    "null",  "undefined", "unknown",    "someone"};
/// Not even as the beginning of a longer word.
constexpr std::array<std::string_view, 5> kReservedBeginnings{"admin", "moderator", "gamemaster", "throng", "system"};

NameRefusal refusal(NameProblem problem) {
  switch (problem) {
    case NameProblem::NotText: return {problem, "name_malformed", "the name is not UTF-8 text"};
    case NameProblem::TooShort: return {problem, "name_too_short", "a name has at least 3 letters"};
    case NameProblem::TooLong: return {problem, "name_too_long", "a name has at most 20 letters (32 bytes)"};
    case NameProblem::BadCharacter:
      return {problem, "name_malformed",
              "a name has letters and digits, with single spaces, hyphens or apostrophes between them"};
    case NameProblem::MixedScripts:
      return {problem, "name_mixes_scripts", "a name keeps to the letters of one writing system"};
    case NameProblem::Reserved: return {problem, "name_reserved", "this name is reserved"};
  }
  return {problem, "name_malformed", "the name is not allowed"};
}

/// Knows which characters look alike. Checks are const and may run on any thread.
const USpoofChecker& spoof_checker() {
  static const USpoofChecker* const checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker* const made = uspoof_open(&status);
    uspoof_setChecks(made, USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS, &status);
    uspoof_setRestrictionLevel(made, USPOOF_SINGLE_SCRIPT_RESTRICTIVE);
    THRONG_ASSERT(U_SUCCESS(status), "ICU has its data");
    return made;
  }();
  return *checker;
}

const icu::Normalizer2& nfkc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFKCInstance(status);
  THRONG_ASSERT(normalizer != nullptr, "ICU has its data");
  return *normalizer;
}

icu::UnicodeString skeleton(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  uspoof_getSkeletonUnicodeString(&spoof_checker(), 0, text, out, &status);
  return U_SUCCESS(status) ? out : text;
}

bool is_separator(UChar32 c) { return c == ' ' || c == '-' || c == '\'' || c == 0x2019; }

bool is_letter_or_digit(UChar32 c) {
  constexpr std::uint32_t kAllowed = U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK;
  return (U_GET_GC_MASK(c) & kAllowed) != 0 && !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/// Begins with a letter, and no separator is first, last, or beside another one.
bool is_well_formed(const icu::UnicodeString& text) {
  if ((U_GET_GC_MASK(text.char32At(0)) & U_GC_L_MASK) == 0) return false;
  bool after_separator = false;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const bool separator = is_separator(c);
    if (!separator && !is_letter_or_digit(c)) return false;
    if (separator && after_separator) return false;
    after_separator = separator;
  }
  return !after_separator;
}

/// The letter whose capital a capital of `c` could be taken for: `i` becomes `l` by way of `I`, Cyrillic `в` becomes `b`
/// by way of `В`. So names stay alike when somebody writes them in capitals.
UChar32 alike_in_capitals(UChar32 c) {
  const icu::UnicodeString alike = skeleton(icu::UnicodeString(u_toupper(c)));
  if (alike.length() != 1) return c;
  const UChar32 letter = alike.char32At(0);
  return letter < 0x80 && u_isalpha(letter) ? u_tolower(letter) : c;
}

/// Whether words end there: separators, and letters that look like a mark, such as the modifier apostrophe U+02BC.
bool parts_words(UChar32 c) {
  if (is_separator(c)) return true;
  if (c < 0x80 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0) return false;
  const icu::UnicodeString alike = skeleton(icu::UnicodeString(c));
  return alike.length() == 1 && !u_isalnum(alike.char32At(0));
}

icu::UnicodeString key_of(icu::UnicodeString text) {
  text.foldCase();
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    if (!parts_words(c)) out.append(alike_in_capitals(c));
  }
  return skeleton(out).foldCase();
}

std::string utf8_of(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::string key_of_word(std::string_view word) {
  return utf8_of(key_of(icu::UnicodeString::fromUTF8({word.data(), static_cast<std::int32_t>(word.size())})));
}

std::vector<std::string> keys_of_words(const auto& words) {
  std::vector<std::string> keys;
  for (const std::string_view word : words) keys.push_back(key_of_word(word));
  return keys;
}

bool is_reserved_word(const std::string& key) {
  static const std::vector<std::string> words = keys_of_words(kReservedWords);
  return std::find(words.begin(), words.end(), key) != words.end();
}

/// @param key  of the whole name
bool is_reserved(const icu::UnicodeString& shown, const std::string& key) {
  static const std::vector<std::string> beginnings = keys_of_words(kReservedBeginnings);
  if (is_reserved_word(key)) return true;
  for (const std::string& beginning : beginnings) {
    if (key.compare(0, beginning.size(), beginning) == 0) return true;
  }
  icu::UnicodeString word;
  for (std::int32_t i = 0; i < shown.length(); i = shown.moveIndex32(i, 1)) {
    const UChar32 c = shown.char32At(i);
    if (!parts_words(c)) {
      word.append(c);
      continue;
    }
    if (is_reserved_word(utf8_of(key_of(word)))) return true;
    word.remove();
  }
  return is_reserved_word(utf8_of(key_of(word)));
}

/// What one kind of name asks for.
struct NameRules {
  std::size_t length_min = kNameLengthMin;
  bool reserved_words = true;  ///< are looked at
};

std::optional<NameProblem> problem_of(const icu::UnicodeString& text, std::size_t length_min) {
  const std::int32_t length = text.countChar32();
  if (length < static_cast<std::int32_t>(length_min)) return NameProblem::TooShort;
  if (length > static_cast<std::int32_t>(kNameLengthMax)) return NameProblem::TooLong;
  if (!is_well_formed(text)) return NameProblem::BadCharacter;
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t failed = uspoof_checkUnicodeString(&spoof_checker(), text, nullptr, &status);
  if (U_FAILURE(status) || failed != 0) return NameProblem::MixedScripts;
  return std::nullopt;
}

NameVerdict judge_name(std::string_view text, const NameRules& rules) {
  if (text.size() > kNameInputBytesMax) return refusal(NameProblem::TooLong);
  if (text.find('\0') != std::string_view::npos) return refusal(NameProblem::BadCharacter);
  const auto given = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  if (given.indexOf(static_cast<UChar32>(0xFFFD)) >= 0) return refusal(NameProblem::NotText);
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString normal = nfkc().normalize(given, status);
  if (U_FAILURE(status)) return refusal(NameProblem::NotText);
  normal.trim();
  if (const std::optional<NameProblem> problem = problem_of(normal, rules.length_min)) return refusal(*problem);
  Name name{utf8_of(normal), utf8_of(key_of(normal))};
  if (name.shown.size() > kNameBytesMax) return refusal(NameProblem::TooLong);
  if (rules.reserved_words && is_reserved(normal, name.key)) return refusal(NameProblem::Reserved);
  return name;
}

}  // namespace

NameVerdict normalise_name(std::string_view text) { return judge_name(text, {}); }

NameVerdict normalise_staff_name(std::string_view text) { return judge_name(text, {.reserved_words = false}); }

NameVerdict normalise_guest_name(std::string_view text) { return judge_name(text, {.length_min = 1}); }

}  // namespace throng::services
