#pragma once
// Compares a generated schema with the committed one; with THRONG_UPDATE_GOLDEN set it writes it instead.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "support/files.h"
#include "support/source_dir.h"

namespace throng {

inline void expect_schema_is_committed(const std::string& name, const std::string& generated) {
  const std::string path = "config/schema/" + name + ".schema.json";
  if (std::getenv("THRONG_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(source_dir() + "/" + path, std::ios::binary) << generated;
  }
  EXPECT_EQ(shipped_file(path), generated) << path << " is stale: run the content tests with THRONG_UPDATE_GOLDEN=1";
}

}  // namespace throng
