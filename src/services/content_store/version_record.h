#pragma once
// What stores share: how a version comes about, and how it is written down.

#include <map>
#include <string>

#include "services/reload/ports.h"

namespace throng::services {

/// The version after one with the texts `before`, made now.
ContentVersion make_version(std::uint32_t number, const content::ContentTexts& texts,
                            const content::ContentTexts& before, std::uint64_t hash, const VersionNote& note);

Failure no_such_version(std::uint32_t version);

/// A version and where its texts are: by name of the file, the text's id.
struct VersionRecord {
  ContentVersion version;
  std::map<std::string, std::string> text_ids;
};

/// JSON, one member a line.
std::string write_record(const VersionRecord& record);
/// The error says what `file` lacks.
Result<VersionRecord> read_record(const std::string& text, const std::string& file);

}  // namespace throng::services
