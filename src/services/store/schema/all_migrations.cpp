#include "services/store/schema/all_migrations.h"

#include <array>

#include "services/store/schema/accounts_1.h"
#include "services/store/schema/characters_2.h"
#include "services/store/schema/content_8.h"
#include "services/store/schema/fences_11.h"
#include "services/store/schema/mail_5.h"
#include "services/store/schema/moves_6.h"
#include "services/store/schema/names_9.h"
#include "services/store/schema/parties_10.h"
#include "services/store/schema/pieces_7.h"
#include "services/store/schema/rooms_3.h"
#include "services/store/schema/social_4.h"

namespace throng::services {

std::span<const Migration> all_migrations() {
  static constexpr std::array kMigrations{kAccounts1, kCharacters2, kRooms3, kSocial4,   kMail5,   kMoves6,
                                          kPieces7,   kContent8,    kNames9, kParties10, kFences11};
  return kMigrations;
}

}  // namespace throng::services
