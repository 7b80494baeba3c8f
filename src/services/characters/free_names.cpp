#include "services/characters/free_names.h"

#include <utility>
#include <variant>

#include "base/rng.h"
#include "services/store/characters_repository.h"

namespace throng::services {
namespace {

/// Numbers behind a name that is taken; so many are tried.
constexpr int kNumbersTried = 8;

}  // namespace

Result<std::optional<Name>> free_name_like(Connection& connection, const Name& base, std::int64_t now) {
  Rng rng(secure_random_u64());
  for (int i = 0; i < kNumbersTried; ++i) {
    NameVerdict verdict = normalise_name(numbered_name(base.shown, rng));
    Name* const next = std::get_if<Name>(&verdict);
    if (next == nullptr) continue;
    THRONG_TRY(const bool free, is_name_free(connection, next->key, now));
    if (free) return std::optional(std::move(*next));
  }
  return std::optional<Name>();
}

Result<std::string> guest_name(Connection& connection, std::string_view wish, std::int64_t now) {
  const NameVerdict verdict = normalise_guest_name(wish);
  const Name* const wished = std::get_if<Name>(&verdict);
  if (wished == nullptr) return std::string();
  THRONG_TRY(const bool free, is_name_free(connection, wished->key, now));
  if (free) return wished->shown;
  THRONG_TRY(const std::optional<Name> other, free_name_like(connection, *wished, now));
  return other ? other->shown : std::string();
}

}  // namespace throng::services
