#pragma once
// Rooms that do nothing but remember what they were told, and a loader that takes texts at their word.

#include <algorithm>
#include <mutex>
#include <vector>

#include "services/content_store/content_folder.h"
#include "services/reload/reloader.h"

namespace throng::services::test {

class PlayingRooms final : public LiveRooms {
 public:
  bool adopt(const room::SharedContent& content) override {
    const std::lock_guard lock(mutex_);
    if (refusals_ > 0) return --refusals_ < 0;
    versions_.push_back(content->version);
    return true;
  }
  std::vector<room::RoomContentStatus> status() override {
    const std::lock_guard lock(mutex_);
    return rooms_;
  }

  std::vector<std::uint32_t> versions() const {
    const std::lock_guard lock(mutex_);
    return versions_;
  }
  void refuse_next(int times) {
    const std::lock_guard lock(mutex_);
    refusals_ = times;
  }
  void add(const std::string& map, std::vector<std::pair<std::string, int>> monsters) {
    const std::lock_guard lock(mutex_);
    rooms_.push_back({"id" + std::to_string(rooms_.size() + 1), "world", map, {1, 2, std::move(monsters)}});
  }

 private:
  mutable std::mutex mutex_;
  int refusals_ = 0;
  std::vector<std::uint32_t> versions_;
  std::vector<room::RoomContentStatus> rooms_;
};

/// Refuses texts that have `broken` in them. The hash is made of skills.json's size.
inline Result<room::SharedContent> load_trustingly(const content::ContentTexts& texts, const content::GameContent*) {
  for (const auto& [name, text] : texts) {
    if (text.find("broken") != std::string::npos) return fail(name + ":1:1: broken");
  }
  auto content = std::make_shared<content::GameContent>();
  content->hash = texts.at("skills.json").size();
  return room::SharedContent(std::move(content));
}

/// All files of a set, `skills.json` holding one number.
inline content::ContentTexts set_with(int mana_cost) {
  content::ContentTexts texts;
  for (const std::string& name : content::content_file_names()) texts[name] = "{}";
  texts["skills.json"] = R"({"skills": {"fireball": {"mana_cost": )" + std::to_string(mana_cost) + "}}}";
  return texts;
}

}  // namespace throng::services::test
