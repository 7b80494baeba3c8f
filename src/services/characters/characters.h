#pragma once
// Characters as one thing: who may play which, what is kept of rooms, and the clock that renews what runs out.

#include <memory>

#include "base/clock.h"
#include "base/result.h"
#include "services/characters/alarm.h"
#include "services/characters/character_admission.h"
#include "services/characters/character_routes.h"
#include "services/characters/character_settings.h"
#include "services/characters/stored_rooms.h"
#include "services/characters/token_verifier.h"
#include "services/store/store.h"

namespace throng::services {

/// Made before the rooms. `stop` it when they are gone; it ends after the store and the verifier, which call back.
class Characters {
 public:
  /// Waits for the store. The error says what is wrong with the database.
  /// @param alone  nobody else can have the database open (SQLite): leases of an earlier run are void at once
  static Result<std::unique_ptr<Characters>> open(CharacterSettings settings, Store& store, TokenVerifier& verifier,
                                                  bool alone, const Clock& clock = system_clock());

  ~Characters() { alarm_.stop(); }
  Characters(const Characters&) = delete;
  Characters& operator=(const Characters&) = delete;

  CharacterAdmission& admission() { return admission_; }
  net::Routes& routes() { return routes_; }
  room::SavedRooms& rooms() { return rooms_; }

  /// The rooms are gone: ends the renewing, and the leases that are left. What that writes is durable after Store::flush.
  /// @param release  false: the leases stay, as after a crash
  void stop(bool release = true);

 private:
  Characters(CharacterSettings settings, Store& store, TokenVerifier& verifier, const Clock& clock);
  void renew_characters();
  void renew_rooms();
  void purge();

  const CharacterSettings settings_;
  Store& store_;
  const Clock& clock_;
  Alarm alarm_;
  CharacterAdmission admission_;
  CharacterRoutes routes_;
  StoredRooms rooms_;
};

}  // namespace throng::services
