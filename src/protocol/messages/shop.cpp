#include "protocol/messages/shop.h"

namespace throng::protocol {

MessageInfo shop_message() {
  return {.name = "shop",
          .type_name = "ShopMessage",
          .room = RoomKind::World,
          .help = "Buy, sell, buy back or repair at somebody who trades.",
          .fields = describe_fields<ShopMessage>(),
          .rate_per_s = 5,
          .burst = 10,
          .answers = {"loot", "error"}};
}

}  // namespace throng::protocol
