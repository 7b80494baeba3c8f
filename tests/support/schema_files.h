#pragma once
// Compares a generated schema with the committed one.

#include <gtest/gtest.h>

#include <string>

#include "support/files.h"

namespace throng {

inline void expect_schema_is_committed(const std::string& name, const std::string& generated) {
  const std::string path = "config/schema/" + name + ".schema.json";
  EXPECT_EQ(shipped_file(path), generated) << path << " is stale: ./dev gen writes it";
}

}  // namespace throng
