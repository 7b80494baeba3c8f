#include "gateway/keeper_post.h"

#include <utility>

namespace throng::gateway {

bool KeeperPost::keep(room::Cut cut) {
  if (!surroundings_.keep(std::move(cut), outcomes_.receiver())) return false;
  outcomes_.expect();
  return true;
}

void MailPost::ask(room::PostRequest request) {
  replies_.expect();
  surroundings_.mail(std::move(request), replies_.receiver());
}

void PartyPost::ask(room::PartyRequest request) {
  replies_.expect();
  surroundings_.parties(std::move(request), replies_.receiver());
}

}  // namespace throng::gateway
