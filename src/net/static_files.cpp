#include "net/static_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "base/digest.h"
#include "net/gzip.h"
#include "net/http/header_text.h"

namespace throng::net {
namespace {

namespace fs = std::filesystem;

struct ContentType {
  std::string_view extension;
  std::string_view type;
};

constexpr std::array kContentTypes{
    ContentType{".html", "text/html; charset=utf-8"},
    ContentType{".js", "text/javascript; charset=utf-8"},
    ContentType{".mjs", "text/javascript; charset=utf-8"},
    ContentType{".css", "text/css; charset=utf-8"},
    ContentType{".json", "application/json"},
    ContentType{".map", "application/json"},
    ContentType{".webmanifest", "application/manifest+json"},
    ContentType{".txt", "text/plain; charset=utf-8"},
    ContentType{".md", "text/plain; charset=utf-8"},
    ContentType{".xml", "application/xml"},
    ContentType{".yaml", "application/yaml"},
    ContentType{".svg", "image/svg+xml"},
    ContentType{".png", "image/png"},
    ContentType{".jpg", "image/jpeg"},
    ContentType{".jpeg", "image/jpeg"},
    ContentType{".gif", "image/gif"},
    ContentType{".webp", "image/webp"},
    ContentType{".ico", "image/x-icon"},
    ContentType{".woff2", "font/woff2"},
    ContentType{".woff", "font/woff"},
    ContentType{".ttf", "font/ttf"},
    ContentType{".wasm", "application/wasm"},
    ContentType{".mp3", "audio/mpeg"},
    ContentType{".ogg", "audio/ogg"},
    ContentType{".wav", "audio/wav"},
};

std::string_view content_type_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  const std::string extension = dot == std::string_view::npos ? std::string() : lower_case(path.substr(dot));
  for (const ContentType& known : kContentTypes)
    if (known.extension == extension) return known.type;
  return "application/octet-stream";
}

/// "assets/index-B3xYz9Aq.js": a bundler's name with a hash of eight or more characters, which never changes its
/// content.
bool has_hashed_name(std::string_view url_path) {
  if (url_path.find("/assets/") == std::string_view::npos) return false;
  const std::string_view name = url_path.substr(url_path.rfind('/') + 1);
  const std::size_t dash = name.find('-');
  const std::size_t dot = name.find('.', dash == std::string_view::npos ? 0 : dash);
  if (dash == std::string_view::npos || dot == std::string_view::npos) return false;
  const std::string_view hash =
      name.substr(0, dot).substr(name.substr(0, dot).size() - std::min<std::size_t>(dot - dash - 1, 8));
  const auto is_hash_character = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return hash.size() == 8 && std::all_of(hash.begin(), hash.end(), is_hash_character);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Nothing for a broken escape, and for a NUL or a slash that is hidden in one.
std::optional<std::string> percent_decode(std::string_view path) {
  std::string decoded;
  decoded.reserve(path.size());
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%') {
      decoded += path[i];
      continue;
    }
    if (path.size() - i < 3) return std::nullopt;
    const int high = hex_value(path[i + 1]);
    const int low = hex_value(path[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    const char c = static_cast<char>(high * 16 + low);
    if (c == '\0' || c == '/' || c == '\\') return std::nullopt;
    decoded += c;
    i += 2;
  }
  return decoded;
}

std::string etag_of(std::string_view content) {
  Digest digest;
  digest.add_bytes(as_bytes(content));
  return fmt::format("{:016x}-{:x}", digest.value(), content.size());
}

/// Weak comparison over the list (RFC 9110 section 13.1.2).
bool names_etag(std::string_view if_none_match, std::string_view quoted) {
  bool found = false;
  for_each_element(if_none_match, [&](std::string_view element) {
    if (element.starts_with("W/")) element.remove_prefix(2);
    found = found || element == "*" || element == quoted;
  });
  return found;
}

bool is_hidden(const fs::path& relative) {
  return std::any_of(relative.begin(), relative.end(),
                     [](const fs::path& part) { return part.string().starts_with('.'); });
}

bool is_inside(const fs::path& file, const fs::path& directory) {
  const auto [end, rest] = std::mismatch(directory.begin(), directory.end(), file.begin(), file.end());
  return end == directory.end();
}

std::string normal_prefix(std::string_view url_prefix) {
  while (url_prefix.ends_with('/')) url_prefix.remove_suffix(1);
  return std::string(url_prefix);
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const std::string& directory, std::string_view url_prefix,
                                      StaticFileLimits limits, std::string content_security_policy) {
  StaticFiles files;
  files.content_security_policy_ = std::move(content_security_policy);
  std::error_code problem;
  const fs::path root = fs::canonical(directory, problem);
  if (problem) return fail(fmt::format("{}: {}", directory, problem.message()));
  const std::string prefix = normal_prefix(url_prefix);
  std::size_t bytes = 0;
  fs::recursive_directory_iterator at(root, problem);
  for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
    const fs::path relative = at->path().lexically_relative(root);
    std::error_code file_problem;
    const fs::path real = fs::canonical(at->path(), file_problem);
    if (file_problem || !fs::is_regular_file(real, file_problem)) continue;
    if (is_hidden(relative) || !is_inside(real, root)) continue;
    THRONG_CHECK(files.add(real.string(), prefix + "/" + relative.generic_string(), bytes, limits));
  }
  if (problem) return fail(fmt::format("{}: {}", directory, problem.message()));
  return files;
}

Result<void> StaticFiles::add(const std::string& file_path, const std::string& url_path, std::size_t& bytes,
                              StaticFileLimits limits) {
  if (files_.size() >= limits.files_max)
    return fail(fmt::format("{}: more than {} files to serve", file_path, limits.files_max));
  std::error_code problem;
  bytes += fs::file_size(file_path, problem);
  if (problem) return fail(fmt::format("{}: {}", file_path, problem.message()));
  if (bytes > limits.total_bytes_max)
    return fail(fmt::format("{}: more than {} bytes to serve", file_path, limits.total_bytes_max));
  std::ifstream stream(file_path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream.good() && !stream.eof()) return fail(fmt::format("{}: cannot be read", file_path));
  File file;
  file.content_type = content_type_of(url_path);
  file.etag = etag_of(content);
  file.immutable = has_hashed_name(url_path);
  std::optional<std::string> packed = gzip(content);
  if (packed && packed->size() < content.size() - content.size() / 10)
    file.gzip = std::make_shared<const std::string>(*std::move(packed));
  file.content = std::make_shared<const std::string>(std::move(content));
  files_.emplace(url_path, std::move(file));
  return {};
}

const StaticFiles::File* StaticFiles::find(std::string_view path) const {
  std::string name(path);
  if (name.ends_with('/')) name += "index.html";
  const auto found = files_.find(name);
  return found == files_.end() ? nullptr : &found->second;
}

std::optional<HttpResponse> StaticFiles::serve(const HttpRequest& request) const {
  const std::optional<std::string> path = percent_decode(request.path);
  if (!path) return std::nullopt;
  const File* file = find(*path);
  const bool is_directory = file == nullptr && !path->ends_with('/') && find(*path + "/") != nullptr;
  if (file == nullptr && !is_directory) return std::nullopt;
  HttpResponse response;
  if (request.method != "GET" && request.method != "HEAD") {
    response.status = 405;
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  if (!is_directory) return answer(*file, request);
  response.status = 308;
  response.headers.emplace_back("Location", request.path + "/" + (request.query.empty() ? "" : "?" + request.query));
  return response;
}

HttpResponse StaticFiles::answer(const File& file, const HttpRequest& request) const {
  const bool packed = file.gzip && accepts_gzip(request.header("accept-encoding"));
  const std::string etag = fmt::format("\"{}{}\"", file.etag, packed ? "-gz" : "");
  HttpResponse response;
  auto& headers = response.headers;
  headers.emplace_back("ETag", etag);
  headers.emplace_back("Cache-Control", file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (file.gzip) headers.emplace_back("Vary", "Accept-Encoding");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  if (!content_security_policy_.empty()) headers.emplace_back("Content-Security-Policy", content_security_policy_);
  if (names_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  headers.emplace_back("Content-Type", file.content_type);
  if (packed) headers.emplace_back("Content-Encoding", "gzip");
  response.shared_body = packed ? file.gzip : file.content;
  return response;
}

}  // namespace throng::net
