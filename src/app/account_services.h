#pragma once
// Accounts as the configuration wants them.

#include <memory>
#include <string>

#include "app/configuration.h"
#include "base/result.h"
#include "services/accounts/accounts.h"

namespace throng::app {

/// What takes our mail: SMTP, or files in data_dir/outbox. The error says which secret is missing where.
Result<std::unique_ptr<services::MailTransport>> open_mail_transport(const Configuration& configuration);

/// What links in mails begin with.
std::string public_url_of(const Configuration& configuration);

/// The store outlives what they do: see services::Accounts for the order of ending.
Result<std::unique_ptr<services::Accounts>> open_accounts(const Configuration& configuration, services::Store& store);

}  // namespace throng::app
