#pragma once
// The files of the maps under /maps/, as they are in the version of the content that is live.

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "net/routes.h"
#include "net/static_files.h"

namespace throng::app {

/// Answers at once, from memory. Outlives the workers.
class LiveMaps final : public net::Routes {
 public:
  /// @param folder   of the maps
  /// @param policy   Content-Security-Policy of the answers
  static Result<std::unique_ptr<LiveMaps>> open(std::string folder, std::string policy);

  /// Reads the folder again when a file in it is another one. What cannot be read is logged, and the files stay as they
  /// were. Any one thread.
  void refresh();

  bool takes(std::string_view path) const override;
  void handle(net::HttpRequest request, Reply reply) override;

 private:
  LiveMaps(std::string folder, std::string policy) : folder_(std::move(folder)), policy_(std::move(policy)) {}
  Result<void> read();
  std::shared_ptr<const net::StaticFiles> files() const;

  const std::string folder_;
  const std::string policy_;
  std::string seen_;  ///< name, size and time of every file that was read
  mutable std::mutex mutex_;
  std::shared_ptr<const net::StaticFiles> files_;  ///< under the mutex
};

}  // namespace throng::app
