#pragma once
// HTTP/1.x requests out of a byte stream, without sockets: bytes in, requests out, one at a time.

#include <cstddef>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "net/http/message.h"

namespace throng::net {

struct RequestReaderLimits {
  std::size_t header_bytes_max = 16 * 1024;
  std::size_t body_bytes_max = 64 * 1024;
};

/// What the bytes so far amount to.
struct ReadOutcome {
  enum class Kind { NeedMore, Request, Error };
  Kind kind = Kind::NeedMore;
  int status = 0;  ///< Error: 400 malformed, 413 body, 431 header, 501 transfer coding, 505 version
};

/// Reads the requests of one connection in order; pipelined ones wait in its buffer. After an Error the
/// connection is of no more use. Holds at most header and body limits plus what was fed last. One thread.
class RequestReader {
 public:
  explicit RequestReader(RequestReaderLimits limits);
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  /// Not while a finished request waits to be taken.
  ReadOutcome feed(ByteSpan bytes);
  /// Goes on with what was fed before; for pipelined requests.
  ReadOutcome next();

  /// The finished request (peer_address is left empty); the reader is then ready for the next one.
  HttpRequest take_request();
  /// Whether the request taken last lets the connection live on (its version and Connection header).
  bool keep_alive() const;

  /// True once per request whose header asks for "100 Continue" and whose body has not arrived yet.
  bool take_expect_continue();

  /// Origin header of the request that is being read, as far as it has come; also after an Error.
  std::string origin_so_far() const;

  /// Whether not a single byte of a next request has come.
  bool idle() const;
  /// Bytes behind the last request; for a change of protocol.
  std::string take_unread();

 private:
  struct Parser;

  ReadOutcome parse_on();
  ReadOutcome on_header_done();
  void skip_empty_lines();

  RequestReaderLimits limits_;
  std::string buffer_;  ///< fed and not parsed yet
  std::unique_ptr<Parser> parser_;
  bool keep_alive_ = false;
};

}  // namespace throng::net
