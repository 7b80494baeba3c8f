#pragma once
// For development: every mail is a file that a person can open.

#include <cstddef>
#include <memory>
#include <string>

#include "services/mailer/mailer.h"

namespace throng::services {

/// Files kept in the folder; the oldest go for new ones.
inline constexpr std::size_t kOutboxFilesMax = 500;

/// `folder`/<time>-<number>.eml, for our user alone. The folder is made when it is not there.
std::unique_ptr<MailTransport> open_outbox(const std::string& folder, const std::string& from);

/// Takes away what lies there for an address, as normalise_email gives it. A folder that is not there has none.
/// @return how many
Result<std::size_t> remove_mails_to(const std::string& folder, const std::string& address);

}  // namespace throng::services
