#pragma once
// A store with accounts whose tokens are their numbers, for the tests of characters.

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/characters/characters.h"
#include "services/store/characters_repository.h"
#include "services/store/store.h"
#include "support/postgres_server.h"
#include "support/temporary_folder.h"

namespace throng::services::test {

/// Token `17` is account 17's.
class NumberVerifier final : public TokenVerifier {
 public:
  void verify(std::string token, std::function<void(TokenHolder)> done) override {
    TokenHolder holder;
    holder.verdict = verdict;
    holder.text = text;
    if (token.find_first_not_of("0123456789") != std::string::npos) holder.verdict = TokenVerdict::Unknown;
    if (holder.verdict == TokenVerdict::Valid) {
      holder.account = {std::stoll(token)};
      holder.name = "Player" + token;
    }
    done(std::move(holder));
  }
  TokenVerdict verdict = TokenVerdict::Valid;
  std::string text;
};

/// One process of a server.
struct Node {
  Node(const std::string& url, const std::string& name, CharacterSettings settings, bool alone = false) {
    settings.node_id = name;
    StoreSettings store_settings;
    store_settings.url = url;
    store_settings.node_id = name;
    Result<std::unique_ptr<Store>> opened = open_store(store_settings);
    EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
    store = *std::move(opened);
    Result<std::unique_ptr<Characters>> made = Characters::open(settings, *store, verifier, alone);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    characters = *std::move(made);
  }
  /// As a server that ends: what waits is written, then everything goes.
  ~Node() {
    characters->stop(!killed);
    store->flush(std::chrono::seconds(10));
    store.reset();
    characters.reset();
  }

  room::AdmissionReply admit(const std::string& token, room::JoinOptions options = {}, bool to_world = true) {
    return ask(token, std::move(options), to_world).get();
  }
  std::future<room::AdmissionReply> ask(const std::string& token, room::JoinOptions options = {},
                                        bool to_world = true) {
    auto promise = std::make_shared<std::promise<room::AdmissionReply>>();
    characters->admission().admit({token, "10.0.0.1", to_world, std::move(options)},
                                  [promise](room::AdmissionReply reply) { promise->set_value(std::move(reply)); });
    return promise->get_future();
  }
  /// The arrival; null, with a failed expectation, when nobody was admitted.
  std::shared_ptr<const room::Arrival> arrive(const std::string& token, room::JoinOptions options = {}) {
    const room::AdmissionReply reply = admit(token, std::move(options));
    if (const auto* no = std::get_if<room::NotAdmitted>(&reply)) {
      ADD_FAILURE() << no->code << " " << no->text;
      return nullptr;
    }
    return std::get<room::Admitted>(reply).arrival;
  }
  /// What a room does: a cut with this one character.
  room::CutOutcome save(const room::CharacterLease& lease, std::vector<std::uint8_t> sheet, const std::string& map,
                        bool release, std::optional<room::RoomCheckpoint> checkpoint = {}) {
    room::Cut cut;
    cut.room_id = "room-of-" + std::to_string(lease.character.value);
    cut.number = ++cuts;
    cut.tick = cuts;
    cut.saves.push_back({.lease = lease, .sheet = std::move(sheet), .level = 2, .map = map, .release = release});
    cut.checkpoint = std::move(checkpoint);
    std::promise<room::CutOutcome> done;
    const KeepCut keep =
        characters->admission().watching([this](room::Cut kept, std::function<void(room::CutOutcome)> then) {
          return store->keep(std::move(kept), then);
        });
    EXPECT_TRUE(keep(std::move(cut), [&](room::CutOutcome outcome) { done.set_value(std::move(outcome)); }));
    return done.get_future().get();
  }

  NumberVerifier verifier;
  std::unique_ptr<Store> store;
  std::unique_ptr<Characters> characters;
  std::int64_t cuts = 0;
  bool killed = false;  ///< ends without a word, as a crash
};

inline room::JoinOptions option(const std::string& key, room::JoinOptions::Value value) {
  room::JoinOptions options;
  options.add(key, std::move(value));
  return options;
}

inline auto engines() { return ::testing::Values(Engine::Sqlite, Engine::Postgres); }
inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
  return info.param == Engine::Sqlite ? "Sqlite" : "Postgres";
}

/// On both engines.
class CharacterTest : public ::testing::TestWithParam<Engine> {
 protected:
  CharacterTest() {
    if (GetParam() == Engine::Postgres) {
      url_ = postgres_.emplace().url();
    } else {
      url_ = "sqlite:" + folder_.path("throng.db");
    }
  }
  void open_node(const std::string& name = "node-a", bool alone = false) {
    node.reset();
    node = std::make_unique<Node>(url_, name, settings, alone);
  }
  /// An account that can be named by its token.
  std::string new_account() {
    std::int64_t id = 0;
    const Result<void> made = write_and_wait(*node->store, [&](Connection& connection) -> Result<void> {
      THRONG_TRY(const Rows rows, connection.run("INSERT INTO account (name, created_at, last_seen_at) "
                                                 "VALUES ('somebody', 1, 1) RETURNING id"));
      id = rows.integer(0, 0);
      return {};
    });
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return std::to_string(id);
  }

  CharacterSettings settings = [] {
    CharacterSettings quick;
    quick.hand_over_max = std::chrono::milliseconds(300);
    quick.node_lease = std::chrono::milliseconds(600);
    return quick;
  }();
  TemporaryFolder folder_;
  std::optional<PostgresDatabase> postgres_;
  std::string url_;
  std::unique_ptr<Node> node;
};

}  // namespace throng::services::test
