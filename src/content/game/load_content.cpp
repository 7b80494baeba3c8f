// A load as a transaction: read every file, number, link, check; then all of it or nothing.
#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "content/game/checks/all_checks.h"
#include "content/game/content_hash.h"
#include "content/game/file_descriptions.h"
#include "content/game/link_set.h"
#include "content/game/numbering.h"
#include "content/game/references.h"
#include "content/map/map_parser.h"

namespace throng::content {
namespace {

constexpr std::string_view kMapFolder = "maps/";

/// The file's value as far as it could be read; what was wrong is noted.
template <typename T>
T read_content_file(const std::string& file, const ContentTexts& texts, const Description<T>& description,
                    SetProblems& problems) {
  const auto text = texts.find(file);
  if (text == texts.end()) {
    problems.note_unreadable(file, file + ": found no such file, expected one");
    return {};
  }
  const JsonDocument* const document = problems.read(file, text->second);
  if (document == nullptr) return {};
  JsonObject root = document->root_object();
  return read_described(root, description);
}

/// The definitions of a file. One with problems and without any definition is as good as unread.
template <typename Def>
std::vector<Def> read_defs(const std::string& file, const ContentTexts& texts, const Description<DefsFile<Def>>& about,
                           SetProblems& problems) {
  DefsFile<Def> read = read_content_file(file, texts, about, problems);
  if (read.defs.empty() && problems.any_in(file)) problems.note_unknown(file);
  return std::move(read.defs);
}

/// The same of a file that a set may do without.
template <typename Def>
std::vector<Def> read_optional_defs(const std::string& file, const ContentTexts& texts,
                                    const Description<DefsFile<Def>>& about, SetProblems& problems) {
  return texts.contains(file) ? read_defs(file, texts, about, problems) : std::vector<Def>{};
}

void read_files(const ContentTexts& texts, std::span<const EffectFormat> effects, GameContent& content,
                SetProblems& problems) {
  const Description<SkillDef> skill = skill_description(effects);
  content.skills = read_defs("skills.json", texts, skills_file(skill), problems);
  content.monsters = read_defs("monsters.json", texts, monsters_file(), problems);
  content.items = read_defs("items.json", texts, items_file(), problems);
  content.loot_tables = read_defs("loot_tables.json", texts, loot_tables_file(), problems);
  content.spawns = read_defs("spawns.json", texts, spawns_file(), problems);
  content.npcs = read_defs("npcs.json", texts, npcs_file(), problems);
  content.quests = read_defs("quests.json", texts, quests_file(), problems);
  content.achievements = read_defs("achievements.json", texts, achievements_file(), problems);
  content.balance = read_content_file("balance.json", texts, balance_description(), problems);
  content.chat = read_content_file("chat.json", texts, chat_description(), problems);
  content.world_events = read_optional_defs("events.json", texts, world_events_file(), problems);
}

/// `skill.json` would be a file that nobody reads.
void refuse_unknown_files(const ContentTexts& texts, SetProblems& problems) {
  const std::vector<std::string>& known = content_file_names();
  std::vector<std::string_view> names(known.begin(), known.end());
  for (const std::string& name : optional_content_file_names()) names.push_back(name);
  for (const auto& [file, text] : texts) {
    if (!file.ends_with(".json") || file.starts_with(kMapFolder)) continue;
    if (std::find(names.begin(), names.end(), file) != names.end()) continue;
    problems.add_line(fmt::format("{}: found a file of no known kind, expected {} and the like{}", file, known.front(),
                                  guess_of(file, names)));
  }
}

/// Files that maps name, by their path relative to the folder of the maps.
FileReader tileset_reader(const ContentTexts& texts) {
  return [&texts](std::string_view path) -> Result<std::string> {
    while (path.starts_with("./")) path.remove_prefix(2);
    const auto found = texts.find(std::string(kMapFolder) + std::string(path));
    if (found == texts.end()) return fail(fmt::format("found no file {} beside the map, expected one", path));
    return found->second;
  };
}

bool is_map(std::string_view file) {
  return file.starts_with(kMapFolder) && (file.ends_with(".tmj") || file.ends_with(".tmx"));
}

/// Maps that say the same as before are the same object as before, so that nothing is held twice.
std::shared_ptr<const MapDef> shared_map(MapDef map, const GameContent& previous) {
  const auto before = previous.maps.find(map.name);
  if (before != previous.maps.end() && *before->second == map) return before->second;
  return std::make_shared<const MapDef>(std::move(map));
}

ContentTexts map_texts_of(const ContentTexts& texts) {
  ContentTexts found;
  std::copy_if(texts.begin(), texts.end(), std::inserter(found, found.end()),
               [](const auto& file) { return file.first.starts_with(kMapFolder); });
  return found;
}

void read_maps(const ContentTexts& texts, const GameContent& previous, GameContent& content, SetProblems& problems) {
  ContentTexts read = map_texts_of(texts);
  if (previous.map_texts != nullptr && *previous.map_texts == read) {
    content.maps = previous.maps;
    content.map_texts = previous.map_texts;
    return;
  }
  content.map_texts = std::make_shared<const ContentTexts>(std::move(read));
  const FileReader reader = tileset_reader(texts);
  for (const auto& [file, text] : texts) {
    if (!is_map(file)) continue;
    Result<MapDef> map = parse_map(text, file, reader);
    if (!map) {
      problems.note_unreadable(file, map.error().message);
      continue;
    }
    std::string name = map->name;
    if (content.maps.count(name) > 0) {
      problems.add_line(
          fmt::format("{}: found a second map named {}, expected one file for it", file, json_quoted(name)));
      continue;
    }
    content.maps.emplace(std::move(name), shared_map(*std::move(map), previous));
  }
}

/// Retired definitions pile up in a process that is never restarted.
void check_numbers(GameContent& content, SetProblems& problems) {
  std::size_t most = content.statuses.size();
  for_each_kind(content, [&](const auto& defs) { most = std::max(most, defs.size()); });
  if (most <= kNumbersMax) return;
  problems.add_line(
      fmt::format("found {} definitions of one kind, gone ones included, expected at most {}: restart the server", most,
                  kNumbersMax));
}

void check_set(GameContent& content, SetProblems& problems) {
  const bool linked = !problems.any();
  check_places(content, problems);
  check_loot_tables(content, problems);
  check_skill_use(content, problems);
  check_levels(content, problems);
  check_quest_chains(content, problems);
  check_world_events(content, problems);
  if (linked) check_dead_ends(content, problems);
}

}  // namespace

const std::vector<std::string>& content_file_names() {
  static const std::vector<std::string> names = {"skills.json",  "monsters.json", "items.json",  "loot_tables.json",
                                                 "spawns.json",  "npcs.json",     "quests.json", "achievements.json",
                                                 "balance.json", "chat.json"};
  return names;
}

const std::vector<std::string>& optional_content_file_names() {
  static const std::vector<std::string> names = {"events.json"};
  return names;
}

Result<std::shared_ptr<const GameContent>> load_content(const ContentTexts& texts,
                                                        std::span<const EffectFormat> effects,
                                                        const GameContent* previous) {
  static const GameContent nothing;
  const GameContent& before = previous != nullptr ? *previous : nothing;
  GameContent content;
  SetProblems problems;
  read_files(texts, effects, content, problems);
  refuse_unknown_files(texts, problems);
  read_maps(texts, before, content, problems);
  number_content(content, before);
  link_set(content, effects, problems);
  check_numbers(content, problems);
  check_set(content, problems);
  THRONG_CHECK(problems.verdict());
  content.balance.level_at = level_table(content.balance.experience);
  content.in_force = events_in_force(content.world_events);
  content.hash = content_hash(content);
  return std::make_shared<const GameContent>(std::move(content));
}

}  // namespace throng::content
