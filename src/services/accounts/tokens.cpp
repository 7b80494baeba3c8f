#include "services/accounts/tokens.h"

#include <algorithm>
#include <array>

#include <sodium.h>

#include "base/assert.h"

namespace throng::services {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kKeyHashBytes = 16;

void need_sodium() {
  static const int ready = sodium_init();  // 1: somebody was there before
  THRONG_ASSERT(ready >= 0, "libsodium starts");
}

std::string base64url(const unsigned char* bytes, std::size_t size) {
  std::string text(sodium_base64_encoded_len(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.resize(text.size() - 1);  // its zero
  return text;
}

}  // namespace

std::string make_auth_token() {
  need_sodium();
  std::array<unsigned char, kTokenBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return base64url(bytes.data(), bytes.size());
}

bool is_auth_token(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return text.size() == kAuthTokenLength && std::all_of(text.begin(), text.end(), allowed);
}

Blob auth_token_hash(std::string_view token) {
  need_sodium();
  Blob hash(crypto_generichash_BYTES);
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(token.data()), token.size(),
                     nullptr, 0);
  return hash;
}

std::string hashed_key(std::string_view what, std::string_view who) {
  need_sodium();
  std::array<unsigned char, kKeyHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(who.data()), who.size(), nullptr,
                     0);
  return std::string(what) + " " + base64url(hash.data(), hash.size());
}

}  // namespace throng::services
