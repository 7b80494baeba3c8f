// Writes the files that follow from src/protocol: throng_schema_gen [root of the repository].

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "protocol/generate/generated_files.h"

int main(int argc, char** argv) {
  const std::filesystem::path root = argc > 1 ? argv[1] : ".";
  for (const throng::protocol::GeneratedFile& file : throng::protocol::generated_files()) {
    const std::filesystem::path path = root / file.path;
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << file.text;
    out.close();
    if (!out) {
      std::fprintf(stderr, "%s cannot be written\n", path.c_str());
      return 1;
    }
    std::printf("%s\n", path.c_str());
  }
  return 0;
}
