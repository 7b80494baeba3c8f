#pragma once
// A copy of the configuration that we ship, to be changed and broken by a test.

#include <filesystem>
#include <string>

#include "support/files.h"
#include "support/source_dir.h"
#include "support/temporary_folder.h"

namespace throng::app::test {

class ShippedConfiguration {
 public:
  ShippedConfiguration() {
    const auto everything =
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing;
    std::filesystem::copy(source_dir() + "/config", folder_.path(), everything);
  }

  std::string path(const std::string& name = "") const { return folder_.path(name); }
  void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }
  std::string read(const std::string& name) const { return folder_.read(name); }
  /// Replaces the first occurrence; false when there is none.
  bool replace(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = read(name);
    const std::size_t at = text.find(from);
    if (at == std::string::npos) return false;
    write(name, text.replace(at, from.size(), to));
    return true;
  }

 private:
  TemporaryFolder folder_;
};

}  // namespace throng::app::test
