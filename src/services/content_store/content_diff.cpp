#include "services/content_store/content_diff.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "services/content_store/content_folder.h"

namespace throng::services {
namespace {

using Json = nlohmann::ordered_json;

std::string kind_of(const std::string& name) { return name.substr(0, name.find('.')); }

Json parsed(const content::ContentTexts& texts, const std::string& name) {
  const auto found = texts.find(name);
  if (found == texts.end()) {
    const std::vector<std::string>& optional = content::optional_content_file_names();
    if (std::find(optional.begin(), optional.end(), name) == optional.end()) return Json::value_t::discarded;
    return Json{{kind_of(name), Json::object()}};  // none is the same as an empty one
  }
  return Json::parse(found->second, nullptr, false);
}

std::string shown(const Json& value) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= kShownValueBytesMax) return text;
  std::size_t end = kShownValueBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // not within a character
  return text.substr(0, end) + "…";
}

/// Collects `path old → new` for every leaf that differs.
class Comparison {
 public:
  void compare(const std::string& path, const Json& before, const Json& after) {
    if (before == after) return;
    if (before.is_object() && after.is_object()) return compare_members(path, before, after);
    if (before.is_array() && after.is_array() && !holds_only_values(before, after))
      return compare_items(path, before, after);
    note(fmt::format("{} {} → {}", path, shown(before), shown(after)));
  }
  const std::string& words() const { return words_; }

 private:
  static bool holds_only_values(const Json& before, const Json& after) {
    const auto is_value = [](const Json& item) { return !item.is_structured(); };
    return std::all_of(before.begin(), before.end(), is_value) && std::all_of(after.begin(), after.end(), is_value);
  }

  void compare_members(const std::string& path, const Json& before, const Json& after) {
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const auto& [key, value] : before.items()) {
      if (after.contains(key)) {
        compare(prefix + key, value, after[key]);
      } else {
        note(fmt::format("{}{} gone (was {})", prefix, key, shown(value)));
      }
    }
    for (const auto& [key, value] : after.items()) {
      if (!before.contains(key)) note(fmt::format("{}{} {} (new)", prefix, key, shown(value)));
    }
  }

  void compare_items(const std::string& path, const Json& before, const Json& after) {
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
      const std::string item = fmt::format("{}[{}]", path, i);
      if (i >= after.size()) {
        note(fmt::format("{} gone (was {})", item, shown(before[i])));
      } else if (i >= before.size()) {
        note(fmt::format("{} {} (new)", item, shown(after[i])));
      } else {
        compare(item, before[i], after[i]);
      }
    }
  }

  void note(const std::string& difference) {
    if (!words_.empty()) words_ += ", ";
    words_ += difference;
  }

  std::string words_;
};

std::string differences(const Json& before, const Json& after) {
  Comparison comparison;
  comparison.compare("", before, after);
  return comparison.words();
}

/// The definitions of a file by id, when it has any.
const Json* definitions(const Json& root, const std::string& kind) {
  if (!root.is_object() || !root.contains(kind) || !root[kind].is_object()) return nullptr;
  return &root[kind];
}

void compare_definitions(const std::string& kind, const Json& before, const Json& after,
                         std::vector<ContentChange>& changes) {
  for (const auto& [id, value] : before.items()) {
    if (!after.contains(id)) {
      changes.push_back({kind, id, fmt::format("{}/{}: gone", kind, id)});
    } else if (value != after[id]) {
      changes.push_back({kind, id, fmt::format("{}/{}: {}", kind, id, differences(value, after[id]))});
    }
  }
  for (const auto& [id, value] : after.items()) {
    if (!before.contains(id)) changes.push_back({kind, id, fmt::format("{}/{}: new", kind, id)});
  }
}

void compare_file(const std::string& name, const Json& before, const Json& after, std::vector<ContentChange>& changes) {
  const std::string kind = kind_of(name);
  const Json* const old_definitions = definitions(before, kind);
  const Json* const new_definitions = definitions(after, kind);
  if (old_definitions != nullptr && new_definitions != nullptr)
    return compare_definitions(kind, *old_definitions, *new_definitions, changes);
  if (before.is_discarded() || after.is_discarded()) {
    changes.push_back({kind, "", fmt::format("{}: {}", kind, after.is_discarded() ? "gone" : "new")});
  } else if (before != after) {
    changes.push_back({kind, "", fmt::format("{}: {}", kind, differences(before, after))});
  }
}

std::string size_of(const content::ContentTexts& texts, const std::string& name) {
  const auto found = texts.find(name);
  return found == texts.end() ? "none" : fmt::format("{} bytes", found->second.size());
}

bool is_map(const std::string& name) { return name.starts_with("maps/"); }

std::set<std::string> differing_names(const content::ContentTexts& before, const content::ContentTexts& after) {
  std::set<std::string> names;
  for (const auto& [name, text] : before) {
    const auto found = after.find(name);
    if (found == after.end() || found->second != text) names.insert(name);
  }
  for (const auto& [name, text] : after) {
    if (!before.contains(name)) names.insert(name);
  }
  return names;
}

nlohmann::json id_of(const content::ContentTexts& texts, const std::string& name) {
  const auto found = texts.find(name);
  if (found == texts.end()) return nullptr;
  return text_id(found->second);
}

nlohmann::json patch_of(const std::string& name, const content::ContentTexts& before,
                        const content::ContentTexts& after) {
  if (!is_map(name) && before.contains(name) && after.contains(name)) {
    const nlohmann::json old_root = nlohmann::json::parse(before.at(name), nullptr, false);
    const nlohmann::json new_root = nlohmann::json::parse(after.at(name), nullptr, false);
    if (!old_root.is_discarded() && !new_root.is_discarded())
      return {{"patch", nlohmann::json::diff(old_root, new_root)}};
  }
  return {{"from", id_of(before, name)}, {"to", id_of(after, name)}};
}

}  // namespace

std::vector<ContentChange> content_changes(const content::ContentTexts& before, const content::ContentTexts& after) {
  std::vector<ContentChange> changes;
  for (const std::string& name : differing_names(before, after)) {
    if (is_map(name)) {
      changes.push_back(
          {"maps", name.substr(5), fmt::format("{}: {} → {}", name, size_of(before, name), size_of(after, name))});
    } else {
      compare_file(name, parsed(before, name), parsed(after, name), changes);
    }
  }
  if (changes.size() > kContentChangesMax) {
    const std::size_t more = changes.size() - kContentChangesMax + 1;
    changes.resize(kContentChangesMax - 1);
    changes.push_back({"", "", fmt::format("and {} more", more)});
  }
  return changes;
}

std::string json_patches(const content::ContentTexts& before, const content::ContentTexts& after) {
  nlohmann::json patches = nlohmann::json::object();
  for (const std::string& name : differing_names(before, after)) patches[name] = patch_of(name, before, after);
  return patches.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace throng::services
