#pragma once
// Texts that follow from the descriptions: the reference page and the client types. throng_schema_gen writes them;
// a test holds the committed files against them.

#include <string>
#include <string_view>
#include <vector>

#include "protocol/schema/description.h"

namespace throng::protocol {

struct GeneratedFile {
  std::string_view path;  ///< below the repository's root
  std::string text;
};

/// The states of all room kinds, in the order of the reference page.
std::vector<StateInfo> all_states();

/// Pure; for tools and tests.
std::vector<GeneratedFile> generated_files();

/// The three texts.
std::string generate_reference_page();
std::string generate_typescript();
std::string generate_csharp();

}  // namespace throng::protocol
