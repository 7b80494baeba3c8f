#pragma once
// Sets of content with one thing broken, made from a whole one, always the same ones. Each must be refused.

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "content/game/game_content.h"

namespace throng::content::test {

struct BrokenSet {
  std::string what;  ///< in words, for the golden file
  std::string file;  ///< the one that was changed
  ContentTexts texts;
};

/// Breaks one file in every way of one kind.
class SetBreaker {
 public:
  using Json = nlohmann::ordered_json;
  using Pointer = Json::json_pointer;

  explicit SetBreaker(const ContentTexts& whole) : whole_(whole) {
    std::vector<std::string> files = content_file_names();
    for (const std::string& file : optional_content_file_names()) files.push_back(file);
    for (const std::string& file : files) {
      Json json = Json::parse(whole.at(file));
      collect(json, Pointer(), file);
      files_.emplace_back(file, std::move(json));
    }
  }

  /// About `count` sets, the same number of each kind of break as far as there are so many.
  std::vector<BrokenSet> pick(std::size_t count) {
    const std::vector<std::function<void()>> kinds = {
        [&] { misspell_members(); }, [&] { change_types(); },  [&] { leave_ranges(); }, [&] { misspell_words(); },
        [&] { rename_used_ids(); },  [&] { drop_required(); }, [&] { add_members(); },  [&] { cut_files(); },
        [&] { repeat_members(); },   [&] { close_loops(); }};
    std::vector<std::vector<BrokenSet>> all;
    for (const std::function<void()>& kind : kinds) {
      kind();
      all.push_back(std::exchange(made_, {}));
    }
    std::vector<BrokenSet> picked;
    std::size_t kinds_left = all.size();
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    for (std::vector<BrokenSet>& kind : all) {
      const std::size_t share = std::min((count - picked.size()) / kinds_left--, kind.size());
      for (std::size_t i = 0; i < share; ++i) picked.push_back(std::move(kind[i * kind.size() / share]));
    }
    return picked;
  }

 private:
  struct Place {
    std::string file;
    Pointer at;
    bool member;   ///< of a structure: its key is a word of the format, not an id
    bool is_id;    ///< its key is an id
  };

  void collect(const Json& json, const Pointer& at, const std::string& file) {
    if (json.is_object()) {
      const bool ids = at.to_string() == "/" + file.substr(0, file.size() - 5) && file != "balance.json";
      for (const auto& [key, value] : json.items()) {
        if (key == "$schema") continue;
        places_.push_back({file, at / key, !ids, ids});
        if (!ids && value.is_string() && key != "name") words_.emplace(key, value.get<std::string>());
        collect(value, at / key, file);
      }
    } else if (json.is_array()) {
      for (std::size_t i = 0; i < json.size(); ++i) collect(json[i], at / i, file);
    }
  }

  const Json& value(const Place& place) const {
    for (const auto& [file, json] : files_) {
      if (file == place.file) return json.at(place.at);
    }
    return files_.front().second;
  }

  void make(const Place& place, std::string what, const std::function<void(Json&)>& change) {
    for (const auto& [file, json] : files_) {
      if (file != place.file) continue;
      Json changed = json;
      change(changed);
      make_text(file, place.at.to_string() + ": " + std::move(what), changed.dump(2));
    }
  }

  void make_text(const std::string& file, std::string what, std::string text) {
    ContentTexts texts = whole_;
    texts[file] = std::move(text);
    made_.push_back({file + " " + std::move(what), file, std::move(texts)});
  }

  /// The key changed, in the place where it stands.
  static void rename(Json& json, const Pointer& at, const std::string& key) {
    Json& parent = json.at(at.parent_pointer());
    Json renamed = Json::object();
    for (const auto& [old, value] : parent.items()) renamed[old == at.back() ? key : old] = value;
    parent = std::move(renamed);
  }

  void misspell_members() {
    for (const Place& place : places_) {
      const std::string& key = place.at.back();
      if (!place.member || key.size() < 4) continue;
      const std::string wrong = key.substr(0, 1) + key.substr(2);
      make(place, "called " + wrong, [&](Json& json) { rename(json, place.at, wrong); });
    }
  }

  void change_types() {
    for (const Place& place : places_) {
      const Json wrong = value(place).is_boolean() ? Json("yes") : value(place).is_array() ? Json(true) : Json::array();
      make(place, "becomes " + wrong.dump(), [&](Json& json) { json.at(place.at) = wrong; });
    }
  }

  void leave_ranges() {
    int sign = 1;
    for (const Place& place : places_) {
      if (!value(place).is_number()) continue;
      const std::int64_t wrong = (sign = -sign) * std::int64_t{1'000'000'000'000};
      make(place, "becomes " + std::to_string(wrong), [&](Json& json) { json.at(place.at) = wrong; });
    }
  }

  /// Words of choices and ids of references; other texts may say anything.
  void misspell_words() {
    static const std::set<std::string> keys = {
        "skill",   "item", "table",   "event",      "monster",  "loot", "npc",      "giver",    "receiver",  "after",
        "teaches", "map",  "area",    "route",      "on_enter", "type", "shape",    "target",   "patrol",    "slot",
        "rarity",  "deed", "element", "aggression", "binding",  "stat", "scale_by", "stacking", "route_mode"};
    for (const Place& place : places_) {
      if (!place.member || !value(place).is_string() || keys.count(place.at.back()) == 0) continue;
      const std::string wrong = value(place).get<std::string>() + "z";
      make(place, "becomes " + wrong, [&](Json& json) { json.at(place.at) = wrong; });
    }
  }

  void rename_used_ids() {
    static const std::vector<std::pair<std::string, std::string>> users = {
        {"skills.json", "skill"}, {"skills.json", "teaches"}, {"monsters.json", "monster"},
        {"items.json", "item"},   {"npcs.json", "giver"},     {"loot_tables.json", "loot"},
        {"npcs.json", "npc"},     {"quests.json", "after"},   {"loot_tables.json", "table"},
        {"events.json", "event"}};
    for (const Place& place : places_) {
      if (!place.is_id) continue;
      const bool used = std::any_of(users.begin(), users.end(), [&](const auto& user) {
        return user.first == place.file && words_.count({user.second, place.at.back()}) > 0;
      });
      if (used) make(place, "is gone", [&](Json& json) { json.at(place.at.parent_pointer()).erase(place.at.back()); });
    }
  }

  void drop_required() {
    static const std::set<std::string> keys = {"name",    "max_hp", "giver",   "objectives", "map",
                                               "effects", "one_of", "x_units", "y_units",    "monster",
                                               "item",    "deed",   "type",    "shape"};
    for (const Place& place : places_) {
      if (!place.member || keys.count(place.at.back()) == 0) continue;
      if (place.at.back() == "max_hp" && place.file != "monsters.json") continue;  // one of a block of stats
      make(place, "is missing", [&](Json& json) { json.at(place.at.parent_pointer()).erase(place.at.back()); });
    }
  }

  void add_members() {
    for (const Place& place : places_) {
      if (!value(place).is_object() ||
          (place.member && place.at.to_string() == "/" + place.file.substr(0, place.file.size() - 5)))
        continue;
      make(place, "has a comment", [&](Json& json) { json.at(place.at)["_comment"] = "balance this later"; });
    }
  }

  void cut_files() {
    for (const auto& [file, json] : files_) {
      const std::string text = json.dump(2);
      make_text(file, "ends early", text.substr(0, text.size() / 2));
      make_text(file, "begins with a comment", "// ours\n" + text);
      make_text(file, "has a comma too many", text.substr(0, text.rfind('}')) + ",}");
      make_text(file, "is of a later format", [&] {
        Json later = json;
        later["version"] = 2;
        return later.dump(2);
      }());
    }
  }

  void repeat_members() {
    for (const auto& [file, json] : files_) {
      const std::string text = json.dump(2);
      const std::size_t second = text.find("\n    \"");
      if (second == std::string::npos || file == "chat.json") continue;  // which has lists only
      const std::string key = text.substr(second + 5, text.find(':', second) - second - 5);
      make_text(file, "has " + key + " twice", text.substr(0, second) + "\n    " + key + ": {}," + text.substr(second));
    }
  }

  void close_loops() {
    for (const Place& place : places_) {
      if (place.file == "loot_tables.json" && place.is_id) {
        make(place, "contains itself",
             [&](Json& json) { json.at(place.at)["entries"].push_back({{"table", place.at.back()}}); });
      }
      if (place.file == "quests.json" && place.is_id) {
        make(place, "comes after itself", [&](Json& json) { json.at(place.at)["after"] = place.at.back(); });
      }
    }
  }

  const ContentTexts& whole_;
  std::vector<std::pair<std::string, Json>> files_;
  std::vector<Place> places_;
  std::set<std::pair<std::string, std::string>> words_;  ///< member and text
  std::vector<BrokenSet> made_;
};

}  // namespace throng::content::test
