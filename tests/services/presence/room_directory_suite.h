#pragma once
// What every room::RoomDirectory must do. An implementation's test includes this and instantiates RoomDirectorySuite
// with a type that has `std::unique_ptr<room::RoomDirectory> directory` (fresh and empty) and `void settle()`, which
// returns when every call so far has been answered and every change has been told.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "room/ports.h"

namespace throng::services::test {

inline room::RoomListing listing(const std::string& id, const std::string& name = "world") {
  room::RoomListing made;
  made.room_id = id;
  made.name = name;
  made.process_id = "process";
  made.max_clients = 10;
  made.created_at_ms = 1000;
  return made;
}

template <typename Subject>
class RoomDirectorySuite : public ::testing::Test {
 protected:
  void list(const room::RoomListing& one) { subject.directory->apply({one.room_id, one}); }
  void remove(const std::string& id) { subject.directory->apply({id, std::nullopt}); }

  /// Id of the room that is found; empty when there is none.
  std::string find(const std::string& name, const std::string& filter = "") {
    std::optional<std::string> found;
    subject.directory->find({name, filter},
                            [&](std::optional<room::RoomListing> one) { found = one ? one->room_id : ""; });
    subject.settle();
    EXPECT_TRUE(found) << "the directory did not answer";
    return found.value_or("(no answer)");
  }
  std::optional<room::RoomListing> get(const std::string& id) {
    std::optional<room::RoomListing> found;
    subject.directory->get(id, [&](std::optional<room::RoomListing> one) { found = std::move(one); });
    subject.settle();
    return found;
  }
  std::vector<std::string> all() {
    std::vector<std::string> ids;
    subject.directory->list([&](const std::vector<room::RoomListing>& rooms) {
      for (const room::RoomListing& one : rooms) ids.push_back(one.room_id);
    });
    subject.settle();
    std::sort(ids.begin(), ids.end());
    return ids;
  }

  Subject subject;
};

TYPED_TEST_SUITE_P(RoomDirectorySuite);

TYPED_TEST_P(RoomDirectorySuite, IsEmptyAtFirst) {
  EXPECT_EQ(this->find("world"), "");
  EXPECT_FALSE(this->get("a"));
  EXPECT_TRUE(this->all().empty());
}

TYPED_TEST_P(RoomDirectorySuite, GivesBackWhatWasSaidLast) {
  room::RoomListing one = listing("a");
  one.metadata = R"({"title":"The \"meadow\""})";
  one.filter = "meadow";
  this->list(one);
  one.clients = 3;
  this->list(one);
  EXPECT_EQ(this->get("a"), one);
}

TYPED_TEST_P(RoomDirectorySuite, FindsARoomByNameAndFilter) {
  room::RoomListing meadow = listing("a");
  meadow.filter = "meadow";
  this->list(meadow);
  this->list(listing("b", "arena"));
  EXPECT_EQ(this->find("world", "meadow"), "a");
  EXPECT_EQ(this->find("world", "caves"), "");
  EXPECT_EQ(this->find("world"), "");
  EXPECT_EQ(this->find("arena"), "b");
}

TYPED_TEST_P(RoomDirectorySuite, PrefersTheOldestRoom) {
  for (const char* id : {"a", "b", "c"}) {
    room::RoomListing one = listing(id);
    one.created_at_ms = id[0] == 'b' ? 1 : 2;
    this->list(one);
  }
  EXPECT_EQ(this->find("world"), "b");
}

TYPED_TEST_P(RoomDirectorySuite, FindsNoRoomThatTakesNobody) {
  room::RoomListing locked = listing("a");
  locked.locked = true;
  room::RoomListing hidden = listing("b");
  hidden.is_private = true;
  room::RoomListing full = listing("c");
  full.clients = full.max_clients;
  for (const room::RoomListing& one : {locked, hidden, full}) this->list(one);
  EXPECT_EQ(this->find("world"), "");
  locked.locked = false;
  this->list(locked);
  EXPECT_EQ(this->find("world"), "a");
}

TYPED_TEST_P(RoomDirectorySuite, GivesPrivateAndLockedRoomsByTheirId) {
  room::RoomListing hidden = listing("a");
  hidden.is_private = hidden.locked = true;
  this->list(hidden);
  EXPECT_EQ(this->get("a"), hidden);
}

TYPED_TEST_P(RoomDirectorySuite, ListsEveryRoomAndForgetsTheGone) {
  for (const char* id : {"c", "a", "b"}) this->list(listing(id));
  this->remove("b");
  this->remove("never-was");
  EXPECT_EQ(this->all(), (std::vector<std::string>{"a", "c"}));
  EXPECT_FALSE(this->get("b"));
}

TYPED_TEST_P(RoomDirectorySuite, TellsItsWatcherOfEveryChangeInOrder) {
  this->list(listing("before"));
  this->subject.settle();
  std::vector<std::string> told;
  this->subject.directory->watch([&](const room::DirectoryChange& change) {
    told.push_back(change.listing ? "+" + change.room_id + std::to_string(change.listing->clients)
                                  : "-" + change.room_id);
  });
  room::RoomListing one = listing("a");
  this->list(one);
  one.clients = 2;
  this->list(one);
  this->remove("a");
  this->remove("a");
  this->subject.settle();
  EXPECT_EQ(told, (std::vector<std::string>{"+a0", "+a2", "-a"}));
}

REGISTER_TYPED_TEST_SUITE_P(RoomDirectorySuite, IsEmptyAtFirst, GivesBackWhatWasSaidLast, FindsARoomByNameAndFilter,
                            PrefersTheOldestRoom, FindsNoRoomThatTakesNobody, GivesPrivateAndLockedRoomsByTheirId,
                            ListsEveryRoomAndForgetsTheGone, TellsItsWatcherOfEveryChangeInOrder);

}  // namespace throng::services::test
