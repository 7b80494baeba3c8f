// Writes the files that follow from the sources: throng_schema_gen [root of the repository].

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "base/metrics_reference.h"
#include "content/game/generated_content.h"
#include "content/server/accounts_def.h"
#include "content/server/rooms_def.h"
#include "content/server/server_def.h"
#include "protocol/generate/generated_files.h"
#include "sim/ai/transitions_page.h"
#include "sim/skill/effects/effect_type.h"

namespace {

bool write_file(const std::filesystem::path& path, std::string_view text) {
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (out) return std::printf("%s\n", path.c_str()) > 0;
  std::fprintf(stderr, "%s cannot be written\n", path.c_str());
  return false;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Of the files that say how the server runs.
bool write_server_schemas(const std::filesystem::path& folder) {
  return write_file(folder / "server.schema.json", throng::content::json_schema_for_server()) &&
         write_file(folder / "rooms.schema.json", throng::content::json_schema_for_rooms()) &&
         write_file(folder / "accounts.schema.json", throng::content::json_schema_for_accounts());
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path root = argc > 1 ? argv[1] : ".";
  for (const throng::protocol::GeneratedFile& file : throng::protocol::generated_files()) {
    if (!write_file(root / file.path, file.text)) return 1;
  }
  for (const auto& file : throng::content::generated_content(throng::sim::effect_formats())) {
    if (!write_file(root / file.path, file.text)) return 1;
  }
  if (!write_server_schemas(root / "config/schema")) return 1;
  if (!write_file(root / throng::kMetricsReference, throng::metrics_reference())) return 1;
  const std::filesystem::path page = root / throng::sim::kTransitionsPage;
  return write_file(page, throng::sim::with_transitions(read_file(page))) ? 0 : 1;
}
