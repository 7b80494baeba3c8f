#include "net/tls.h"

#include <array>
#include <csignal>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace throng::net {
namespace {

std::string last_tls_error() {
  std::array<char, 256> text{};
  const unsigned long code = ERR_get_error();
  ERR_error_string_n(code, text.data(), text.size());
  ERR_clear_error();
  return code == 0 ? "unknown reason" : text.data();
}

void harden(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

}  // namespace

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

ssl_st* TlsContext::new_session(int fd) const {
  SSL* session = SSL_new(context_);
  if (session == nullptr) return nullptr;
  if (SSL_set_fd(session, fd) != 1) {
    SSL_free(session);
    return nullptr;
  }
  SSL_set_accept_state(session);
  return session;
}

Result<std::shared_ptr<const TlsContext>> load_tls(const std::string& cert_path, const std::string& key_path) {
  ERR_clear_error();
  std::signal(SIGPIPE, SIG_IGN);
  SSL_CTX* raw = SSL_CTX_new(TLS_server_method());
  if (raw == nullptr) return fail(fmt::format("TLS cannot be set up: {}", last_tls_error()));
  auto context = std::make_shared<const TlsContext>(raw);
  harden(raw);
  if (SSL_CTX_use_certificate_chain_file(raw, cert_path.c_str()) != 1)
    return fail(fmt::format("{}: no usable PEM certificate: {}", cert_path, last_tls_error()));
  if (SSL_CTX_use_PrivateKey_file(raw, key_path.c_str(), SSL_FILETYPE_PEM) != 1)
    return fail(fmt::format("{}: no usable PEM private key: {}", key_path, last_tls_error()));
  if (SSL_CTX_check_private_key(raw) != 1)
    return fail(fmt::format("{}: the key does not belong to the certificate {}", key_path, cert_path));
  return context;
}

}  // namespace throng::net
