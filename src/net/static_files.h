#pragma once
// A directory tree served from memory: read once at start, found by exact match, so that no path can lead outside.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "net/http/message.h"

namespace throng::net {

struct StaticFileLimits {
  std::size_t total_bytes_max = 64 * 1024 * 1024;
  std::size_t files_max = 2000;
};

/// Immutable once loaded; `serve` may be called on any thread.
class StaticFiles {
 public:
  /// Reads every regular file below `directory`. Names that begin with a dot are left out, and so are links that
  /// lead outside. The error names the directory or file and the limit.
  /// @param url_prefix  "" or "/" for the root, or such as "/panel"
  /// @param content_security_policy  sent with every file; no such header when empty
  static Result<StaticFiles> load(const std::string& directory, std::string_view url_prefix,
                                  StaticFileLimits limits = {}, std::string content_security_policy = {});

  /// The answer when the path names a file here, else nothing. GET and HEAD; other methods get 405.
  /// A directory's path without its last slash is redirected; with it, its index.html is meant.
  std::optional<HttpResponse> serve(const HttpRequest& request) const;

  std::size_t size() const { return files_.size(); }

 private:
  struct File {
    std::shared_ptr<const std::string> content;
    std::shared_ptr<const std::string> gzip;  ///< null when it saves less than a tenth
    std::string_view content_type;
    std::string etag;  ///< without quotes
    bool immutable = false;
  };

  Result<void> add(const std::string& file_path, const std::string& url_path, std::size_t& bytes,
                   StaticFileLimits limits);
  const File* find(std::string_view path) const;
  HttpResponse answer(const File& file, const HttpRequest& request) const;

  std::unordered_map<std::string, File> files_;  ///< by decoded URL path; at most StaticFileLimits::files_max
  std::string content_security_policy_;
};

}  // namespace throng::net
