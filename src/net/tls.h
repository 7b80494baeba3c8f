#pragma once
// TLS for small installations that have no proxy in front. Certificates come as PEM files.

#include <memory>
#include <string>

#include "base/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace throng::net {

/// A certificate with its key, ready to serve. Immutable and shared by all workers.
class TlsContext {
 public:
  /// Takes ownership.
  explicit TlsContext(ssl_ctx_st* context) : context_(context) {}
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// A server session over `fd`, owned by the caller; null when memory is out. Any thread.
  ssl_st* new_session(int fd) const;

 private:
  ssl_ctx_st* context_;
};

/// TLS 1.2 and later. The error names the file. Ignores SIGPIPE for the whole process, because the library
/// writes to sockets in a way that raises it. Call at start-up.
/// @param cert_path  PEM, the server's certificate first, then the chain
/// @param key_path   PEM, not encrypted
Result<std::shared_ptr<const TlsContext>> load_tls(const std::string& cert_path, const std::string& key_path);

}  // namespace throng::net
