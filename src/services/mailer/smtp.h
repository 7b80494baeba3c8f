#pragma once
// Mail by SMTP, with libcurl.

#include <memory>
#include <string>

#include "services/mailer/mailer.h"

namespace throng::services {

enum class SmtpEncryption { StartTls, Tls, None };

struct SmtpSettings {
  std::string host;
  int port = 587;
  SmtpEncryption encryption = SmtpEncryption::StartTls;
  std::string user;      ///< empty: no login
  std::string password;  ///< in no error and no log
  std::string from;
  long timeout_s = 30;   ///< for one mail
};

/// Certificates are checked against the system's list. Without encryption where some is wanted, nothing is sent.
std::unique_ptr<MailTransport> make_smtp_transport(SmtpSettings settings);

}  // namespace throng::services
