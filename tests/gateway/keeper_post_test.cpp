#include "gateway/keeper_post.h"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

namespace throng::gateway {
namespace {

room::Cut cut_of(std::string room_id, std::int64_t number) {
  room::Cut cut;
  cut.room_id = std::move(room_id);
  cut.number = number;
  return cut;
}

class KeeperPostTest : public ::testing::Test {
 protected:
  KeeperPostTest() {
    surroundings.keep = [this](room::Cut cut, std::function<void(room::CutOutcome)> done) {
      if (full) return false;
      kept.emplace_back(std::move(cut), std::move(done));
      return true;
    };
    open();
  }
  void open() {
    post.emplace(surroundings, loop, [this](const room::CutOutcome& outcome) { delivered.push_back(outcome); });
  }
  /// The store's thread says that the cut is durable.
  void finish(std::size_t i) {
    std::thread([&] { kept[i].second({kept[i].first.room_id, kept[i].first.number, {}, {}}); }).join();
  }

  Surroundings surroundings;
  net::EventLoop loop{2};
  std::vector<std::pair<room::Cut, std::function<void(room::CutOutcome)>>> kept;
  std::vector<room::CutOutcome> delivered;
  bool full = false;
  std::optional<KeeperPost> post;
};

TEST_F(KeeperPostTest, OutcomesComeOnTheLoopsThread) {
  ASSERT_TRUE(post->keep(cut_of("a", 1)));
  ASSERT_TRUE(post->keep(cut_of("b", 7)));
  finish(1);
  EXPECT_TRUE(delivered.empty());
  finish(0);
  while (delivered.size() < 2) loop.run_once(std::chrono::milliseconds(10));
  EXPECT_EQ(delivered[0].room_id, "b");
  EXPECT_EQ(delivered[0].number, 7);
  EXPECT_EQ(delivered[1].room_id, "a");
}

TEST_F(KeeperPostTest, SaysThatTheStoreTakesNoMore) {
  full = true;
  EXPECT_FALSE(post->keep(cut_of("a", 1)));
}

TEST_F(KeeperPostTest, AnOutcomeThatFindsAFullMailboxIsDeliveredLater) {
  ASSERT_TRUE(post->keep(cut_of("a", 1)));
  while (loop.post([] {})) {
  }
  finish(0);
  while (delivered.empty()) loop.run_once(std::chrono::milliseconds(10));
  EXPECT_EQ(delivered[0].number, 1);
}

TEST_F(KeeperPostTest, AnOutcomeForAWorkerThatHasGoneIsDropped) {
  ASSERT_TRUE(post->keep(cut_of("a", 1)));
  post.reset();
  finish(0);
  EXPECT_TRUE(delivered.empty());
}

TEST(MailPost, RepliesComeOnTheLoopsThreadAlsoWhenTheyComeAtOnce) {
  Surroundings surroundings;
  net::EventLoop loop{2};
  surroundings.mail = [](room::PostRequest request, std::function<void(room::PostReply)> reply) {
    reply({.room_id = request.room_id, .number = request.number, .unread = 3});
  };
  std::vector<room::PostReply> delivered;
  MailPost post(surroundings, loop, [&](const room::PostReply& reply) { delivered.push_back(reply); });
  post.ask({"a", 9, {}, room::CountUnread{}});
  EXPECT_TRUE(delivered.empty());
  while (delivered.empty()) loop.run_once(std::chrono::milliseconds(10));
  EXPECT_EQ(delivered[0].room_id, "a");
  EXPECT_EQ(delivered[0].number, 9u);
  EXPECT_EQ(delivered[0].unread, 3);
}

}  // namespace
}  // namespace throng::gateway
