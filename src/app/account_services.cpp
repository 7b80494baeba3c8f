#include "app/account_services.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>

#include "app/files.h"
#include "base/log.h"
#include "services/mailer/outbox.h"
#include "services/mailer/smtp.h"

namespace throng::app {
namespace {

constexpr std::size_t kSecretBytesMax = 1024;

std::string from_environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

services::SmtpEncryption encryption_of(content::SmtpSecurity security) {
  switch (security) {
    case content::SmtpSecurity::StartTls: return services::SmtpEncryption::StartTls;
    case content::SmtpSecurity::Tls: return services::SmtpEncryption::Tls;
    case content::SmtpSecurity::None: return services::SmtpEncryption::None;
  }
  return services::SmtpEncryption::StartTls;
}

/// The password alone, with or without a line's end.
Result<std::string> smtp_password(const Configuration& configuration, const content::SmtpDef& smtp) {
  if (smtp.password_file.empty()) return from_environment("THRONG_SMTP_PASSWORD");
  const std::filesystem::path file = std::filesystem::path(configuration.config_dir) / smtp.password_file;
  Result<std::string> text = read_file(file.string(), kSecretBytesMax);
  if (!text) return fail(fmt::format("accounts.json: $.mail.smtp.password_file: {}", text.error().message));
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  return text;
}

}  // namespace

Result<std::unique_ptr<services::MailTransport>> open_mail_transport(const Configuration& configuration) {
  const content::MailDef& mail = configuration.accounts.mail;
  if (!mail.smtp)
    return services::open_outbox((std::filesystem::path(configuration.data_dir) / "outbox").string(), mail.from);
  services::SmtpSettings settings;
  settings.host = mail.smtp->host;
  settings.port = mail.smtp->port;
  settings.encryption = encryption_of(mail.smtp->security);
  settings.from = mail.from;
  settings.user = mail.smtp->user.empty() ? from_environment("THRONG_SMTP_USER") : mail.smtp->user;
  THRONG_TRY(settings.password, smtp_password(configuration, *mail.smtp));
  if (!settings.user.empty() && settings.password.empty())
    return fail("accounts.json: $.mail.smtp.user: a password is missing; set THRONG_SMTP_PASSWORD, or password_file");
  return services::make_smtp_transport(std::move(settings));
}

std::string public_url_of(const Configuration& configuration) {
  if (!configuration.accounts.public_url.empty()) return configuration.accounts.public_url;
  return fmt::format("{}://localhost:{}", configuration.server.tls ? "https" : "http", configuration.server.port);
}

Result<std::unique_ptr<services::Accounts>> open_accounts(const Configuration& configuration, services::Store& store) {
  THRONG_TRY(std::unique_ptr<services::MailTransport> transport, open_mail_transport(configuration));
  if (configuration.accounts.mail.smtp && configuration.accounts.public_url.empty())
    log_warning("mails have links to localhost: set public_url in accounts.json");
  return std::make_unique<services::Accounts>(configuration.accounts, store, std::move(transport),
                                              public_url_of(configuration));
}

}  // namespace throng::app
