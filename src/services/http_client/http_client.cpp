#include "services/http_client/http_client.h"

#include <algorithm>

#include <curl/curl.h>
#include <fmt/format.h>

namespace throng::services {
namespace {

using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

/// An answer while it comes in.
struct Incoming {
  const std::atomic<bool>& cancelled;
  std::string body = {};
  std::size_t bytes = 0;
};

std::size_t read_answer(const char* data, std::size_t size, std::size_t count, void* to) {
  auto& answer = *static_cast<Incoming*>(to);
  const std::size_t bytes = size * count;
  answer.bytes += bytes;
  if (answer.bytes > 16 * kAnswerBytesMax) return 0;  // breaks it off
  answer.body.append(data, std::min(bytes, kAnswerBytesMax - answer.body.size()));
  return bytes;
}

int is_cancelled(void* of, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Incoming*>(of)->cancelled.load() ? 1 : 0;
}

HeaderList header_list(const HttpPost& request) {
  HeaderList list(nullptr, curl_slist_free_all);
  const auto add = [&list](const std::string& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) return;
    static_cast<void>(list.release());
    list.reset(longer);
  };
  add("Expect:");  // no round trip before the body
  for (const auto& [name, value] : request.headers) add(value.empty() ? name + ";" : name + ": " + value);
  return list;
}

/// A collector on this machine is never behind a proxy, whatever the environment says for the world outside.
bool is_loopback(const std::string& url) {
  const std::string shown = shown_url(url);
  const std::size_t host = shown.find("://") + 3;
  for (const char* const name : {"localhost", "127.", "[::1]"}) {
    if (shown.compare(host, std::char_traits<char>::length(name), name) == 0) return true;
  }
  return false;
}

void set_request(CURL* curl, const HttpPost& request, const curl_slist* headers) {
  curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  if (is_loopback(request.url)) curl_easy_setopt(curl, CURLOPT_PROXY, "");
  if (!request.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, request.ca_file.c_str());
}

void set_answer(CURL* curl, Incoming& answer) {
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, read_answer);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_cancelled);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &answer);
}

}  // namespace

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(started);
}

struct HttpClient::Handle {
  std::unique_ptr<CURL, void (*)(CURL*)> curl{nullptr, curl_easy_cleanup};
};

HttpClient::HttpClient() : handle_(std::make_unique<Handle>()) {
  start_curl();
  handle_->curl.reset(curl_easy_init());
}

HttpClient::~HttpClient() = default;

Result<HttpAnswer> HttpClient::post(const HttpPost& request) {
  CURL* const curl = handle_->curl.get();
  if (curl == nullptr) return fail("libcurl does not start");
  curl_easy_reset(curl);  // keeps the connections
  Incoming incoming{cancelled_};
  const HeaderList headers = header_list(request);
  set_request(curl, request, headers.get());
  set_answer(curl, incoming);
  const CURLcode done = curl_easy_perform(curl);
  if (done != CURLE_OK) return fail(fmt::format("{}: {}", shown_url(request.url), curl_easy_strerror(done)));
  HttpAnswer answer;
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  answer.status = static_cast<int>(status);
  answer.body = std::move(incoming.body);
  curl_off_t retry_after = 0;
  if (curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after) == CURLE_OK && retry_after > 0)
    answer.retry_after = std::chrono::seconds(retry_after);
  return answer;
}

std::string shown_url(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return url.substr(0, url.find_first_of("?#@"));
  const std::size_t host = scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
  const std::size_t at = url.rfind('@', end);
  const std::size_t shown_from = at == std::string::npos || at < host || at >= end ? host : at + 1;
  const std::size_t query = std::min(url.find_first_of("?#"), url.size());
  return url.substr(0, host) + url.substr(shown_from, std::max(query, shown_from) - shown_from);
}

bool is_http_url(const std::string& url) {
  for (const std::string_view scheme : {std::string_view("http://"), std::string_view("https://")}) {
    if (url.compare(0, scheme.size(), scheme) != 0) continue;
    const std::string shown = shown_url(url);
    const char first = shown.size() > scheme.size() ? shown[scheme.size()] : '/';
    const bool clean = std::none_of(url.begin(), url.end(), [](unsigned char c) { return c <= ' ' || c == 0x7f; });
    return clean && first != '/' && first != ':' && first != '?';
  }
  return false;
}

}  // namespace throng::services
