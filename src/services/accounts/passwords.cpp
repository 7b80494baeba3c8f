#include "services/accounts/passwords.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>
#include <sodium.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace throng::services {
namespace {

/// The longest password in bytes that is looked at, whatever it turns out to be.
constexpr std::size_t kPasswordBytesMax = 1024;
/// What people put behind a word when a digit is asked for.
constexpr std::size_t kUsualTailMax = 4;

constexpr std::string_view kCommonPasswords =
#include "services/accounts/common_passwords.txt"
    ;

icu::UnicodeString nfkc_password(std::string_view password) {
  const std::string_view bounded = password.substr(0, kPasswordBytesMax);
  const auto given = icu::UnicodeString::fromUTF8({bounded.data(), static_cast<std::int32_t>(bounded.size())});
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString normal = icu::Normalizer2::getNFKCInstance(status)->normalize(given, status);
  return U_SUCCESS(status) ? normal : given;
}

std::string utf8_password(std::string_view password) {
  std::string text;
  nfkc_password(password).toUTF8String(text);
  return text;
}

std::string folded(std::string_view password) {
  std::string text;
  nfkc_password(password).foldCase().toUTF8String(text);
  return text;
}

const std::unordered_set<std::string_view>& common_passwords() {
  static const std::unordered_set<std::string_view> words = [] {
    std::unordered_set<std::string_view> all;
    for (std::size_t at = 0; at < kCommonPasswords.size();) {
      const std::size_t end = std::min(kCommonPasswords.find_first_of(" \n", at), kCommonPasswords.size());
      if (end > at) all.insert(kCommonPasswords.substr(at, end - at));
      at = end + 1;
    }
    return all;
  }();
  return words;
}

bool is_usual_tail(char c) {
  return (c >= '0' && c <= '9') || c == '!' || c == '.' || c == '?' || c == '*' || c == '#';
}

bool is_one_character(std::string_view text) { return text.find_first_not_of(text.front()) == std::string_view::npos; }

std::size_t memory_bytes(const content::PasswordDef& cost) { return static_cast<std::size_t>(cost.memory_kib) * 1024; }

}  // namespace

bool is_common_password(std::string_view password) {
  const std::string whole = folded(password);
  if (whole.empty() || is_one_character(whole)) return true;
  std::string_view word = whole;
  for (std::size_t tail = 0; tail <= kUsualTailMax && !word.empty(); ++tail) {
    if (common_passwords().contains(word)) return true;
    if (!is_usual_tail(word.back())) return false;
    word.remove_suffix(1);
  }
  return false;
}

std::optional<PasswordRefusal> refuse_password(std::string_view password, const content::PasswordDef& rules,
                                               std::string_view email, std::string_view name) {
  const std::int32_t length = nfkc_password(password).countChar32();
  if (length < rules.length_min)
    return PasswordRefusal{"password_too_short",
                           fmt::format("a password has at least {} characters", rules.length_min)};
  if (length > rules.length_max || password.size() > kPasswordBytesMax)
    return PasswordRefusal{"password_too_long", fmt::format("a password has at most {} characters", rules.length_max)};
  if (rules.refuse_common && is_common_password(password))
    return PasswordRefusal{"password_too_common", "this password is among the first that somebody else would try"};
  const std::string plain = folded(password);
  for (const std::string& own : {folded(email), folded(email.substr(0, email.find('@'))), folded(name)}) {
    if (!own.empty() && plain == own)
      return PasswordRefusal{"password_too_common", "a password is neither the e-mail address nor the name"};
  }
  return std::nullopt;
}

Result<std::string> hash_password(std::string_view password, const content::PasswordDef& cost) {
  if (sodium_init() < 0) return fail("libsodium does not start");
  const std::string text = utf8_password(password);
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), text.data(), text.size(), static_cast<unsigned long long>(cost.passes),
                            memory_bytes(cost), crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail(fmt::format("there is no memory for a password: {} KiB are needed", cost.memory_kib));
  return std::string(hash.data());  // up to the first zero
}

bool verify_password(const std::string& hash, std::string_view password) {
  if (sodium_init() < 0 || hash.size() >= crypto_pwhash_STRBYTES) return false;
  const std::string text = utf8_password(password);
  std::array<char, crypto_pwhash_STRBYTES> padded{};
  std::copy(hash.begin(), hash.end(), padded.begin());
  return crypto_pwhash_str_verify(padded.data(), text.data(), text.size()) == 0;
}

bool is_outdated_hash(const std::string& hash, const content::PasswordDef& cost) {
  if (hash.size() >= crypto_pwhash_STRBYTES) return true;
  std::array<char, crypto_pwhash_STRBYTES> padded{};
  std::copy(hash.begin(), hash.end(), padded.begin());
  return crypto_pwhash_str_needs_rehash(padded.data(), static_cast<unsigned long long>(cost.passes),
                                        memory_bytes(cost)) != 0;
}

}  // namespace throng::services
