#include "protocol/generate/generated_files.h"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "support/source_dir.h"

namespace throng::protocol {
namespace {

TEST(GeneratedFiles, AreTheCommittedOnes) {
  for (const GeneratedFile& file : generated_files()) {
    std::ifstream in(source_dir() + "/" + std::string(file.path), std::ios::binary);
    std::stringstream committed;
    committed << in.rdbuf();
    EXPECT_TRUE(committed.str() == file.text) << file.path << " is old: run throng_schema_gen";
  }
}

TEST(GeneratedFiles, TypesHaveDifferentNamesInAllStates) {
  std::set<std::string_view> names;
  for (const StateInfo& state : all_states()) {
    for (const TypeInfo& type : state.types) EXPECT_TRUE(names.insert(type.name).second) << type.name;
  }
}

TEST(GeneratedFiles, NameEveryField) {
  for (const StateInfo& state : all_states()) {
    for (const TypeInfo& type : state.types) {
      for (const FieldInfo& field : type.fields) {
        EXPECT_FALSE(field.help.empty()) << type.name << "." << field.name;
        for (const GeneratedFile& file : generated_files()) {
          EXPECT_NE(file.text.find(field.name), std::string::npos) << field.name << " in " << file.path;
        }
      }
    }
  }
}

}  // namespace
}  // namespace throng::protocol
