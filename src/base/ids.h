#pragma once
// Ids that several layers name.

#include <cstdint>

#include "base/strong.h"

namespace throng {

/// An entity for as long as its room lives; never reused. What game code and players see.
using EntityId = Id<struct EntityIdTag, std::uint32_t>;

/// A person who can come back. 0: nobody (a guest).
using AccountId = Id<struct AccountIdTag, std::int64_t>;

/// Whoever can own things in the ledger. Sources and sinks lie below kOwnersBegin; a character's own number is its owner
/// number, and a mail that carries something has one too.
using OwnerId = Id<struct OwnerIdTag, std::int64_t>;
inline constexpr std::int64_t kOwnersBegin = 1000;

/// A character, for ever. 0: one that is not kept (a guest's).
using CharacterId = Id<struct CharacterIdTag, std::int64_t>;

/// A party of characters that are kept, for ever. 0: none.
using PartyId = Id<struct PartyIdTag, std::int64_t>;

}  // namespace throng
