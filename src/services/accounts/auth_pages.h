#pragma once
// The pages that links in mails open. No script, nothing from elsewhere.

#include <string>
#include <string_view>

#include "net/http/message.h"

namespace throng::services {

/// A form for a new password. @param problem  what was wrong with the one before; empty: nothing
net::HttpResponse reset_form(std::string_view token, std::string_view problem);
/// @param status  of HTTP
net::HttpResponse message_page(int status, std::string_view title, std::string_view text);
/// What a sign-in window of another provider is told: that there is none. Closes by the SDK.
net::HttpResponse no_provider_page();

/// The value of a field of application/x-www-form-urlencoded text, decoded; empty when there is none.
std::string form_value(std::string_view form, std::string_view key);

}  // namespace throng::services
