#pragma once
// HTTP/1.1 as text: the two requests that a joining client makes, and their answers.

#include <cstddef>
#include <string>
#include <string_view>

namespace throng::bench {

/// POST with a JSON body, keep-alive.
/// @param bearer_token  of the Authorization header; empty: none
std::string post_request(std::string_view host, std::string_view path, std::string_view json,
                         std::string_view bearer_token = {});

/// The key every bot upgrades with, and what a server must answer to it (RFC 6455, section 1.3): no bot needs SHA-1.
inline constexpr std::string_view kUpgradeKey = "dGhlIHNhbXBsZSBub25jZQ==";
inline constexpr std::string_view kUpgradeAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
std::string upgrade_request(std::string_view host, std::string_view path);

struct HttpAnswer {
  static constexpr std::size_t kBytesMax = 1u << 20;  // a longer answer is Broken

  int status = 0;
  std::string head;  // status line and headers
  std::string body;
  bool keep_alive = true;

  /// Value of a header, blanks trimmed, name without regard to case; empty when absent.
  std::string_view header(std::string_view name) const;
};

enum class AnswerState { Complete, NeedMore, Broken };

/// Reads an answer with content-length or chunks from the front of `bytes`; `consumed` is what it took up. An answer
/// 101 ends with its head.
AnswerState parse_answer(std::string_view bytes, HttpAnswer& answer, std::size_t& consumed);

}  // namespace throng::bench
