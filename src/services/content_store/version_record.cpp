#include "services/content_store/version_record.h"

#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/iso_time.h"
#include "services/content_store/content_diff.h"
#include "services/content_store/content_folder.h"

namespace throng::services {
namespace {

constexpr std::size_t kNoteBytesMax = 1000;

std::string now_as_text() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return iso_time(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

}  // namespace

ContentVersion make_version(std::uint32_t number, const content::ContentTexts& texts,
                            const content::ContentTexts& before, std::uint64_t hash, const VersionNote& note) {
  ContentVersion version;
  version.version = number;
  version.texts_id = texts_id(texts);
  version.hash = fmt::format("{:016x}", hash);
  version.time = now_as_text();
  version.note = {note.author.substr(0, kNoteBytesMax), note.reason.substr(0, kNoteBytesMax)};
  if (number > 1) version.diff = json_patches(before, texts);
  return version;
}

Failure no_such_version(std::uint32_t version) {
  return fail(
      fmt::format("there is no version {} of the content; `throngd config list` shows those that are kept", version));
}

std::string write_record(const VersionRecord& record) {
  const ContentVersion& version = record.version;
  nlohmann::ordered_json root;
  root["version"] = version.version;
  root["time"] = version.time;
  root["author"] = version.note.author;
  root["reason"] = version.note.reason;
  root["hash"] = version.hash;
  root["texts_id"] = version.texts_id;
  root["files"] = record.text_ids;
  root["diff"] = nlohmann::ordered_json::parse(version.diff, nullptr, false);
  return root.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

Result<VersionRecord> read_record(const std::string& text, const std::string& file) {
  try {  // the library reports wrong types by throwing
    const auto root = nlohmann::ordered_json::parse(text);
    VersionRecord record;
    root.at("version").get_to(record.version.version);
    root.at("time").get_to(record.version.time);
    root.at("author").get_to(record.version.note.author);
    root.at("reason").get_to(record.version.note.reason);
    root.at("hash").get_to(record.version.hash);
    root.at("texts_id").get_to(record.version.texts_id);
    root.at("files").get_to(record.text_ids);
    record.version.diff = root.at("diff").dump();
    return record;
  } catch (const nlohmann::json::exception& problem) {
    return fail(fmt::format("{}: not a record of a version: {}", file, problem.what()));
  }
}

}  // namespace throng::services
