// What strangers write about themselves: names, addresses, passwords, forms. Whatever is taken has its form.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/assert.h"
#include "services/accounts/account.h"
#include "services/accounts/auth_pages.h"
#include "services/accounts/names.h"
#include "services/accounts/passwords.h"
#include "services/mailer/email_text.h"

using namespace throng::services;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const NameVerdict verdict = normalise_name(text);
  if (const Name* const name = std::get_if<Name>(&verdict)) {
    THRONG_ASSERT(name->shown.size() <= kNameBytesMax, "a name fits into its place");
    const NameVerdict again = normalise_name(name->shown);
    const Name* const same = std::get_if<Name>(&again);
    THRONG_ASSERT(same != nullptr && same->shown == name->shown && same->key == name->key, "a name stays as it is");
  }
  if (const auto email = normalise_email(text)) {
    THRONG_ASSERT(normalise_email(*email) == email, "an address stays as it is");
    THRONG_ASSERT(email->find_first_of("\r\n ") == std::string::npos, "an address is one word");
    const std::string mail = rfc5322_text({*email, std::string(text), std::string(text)}, "a@b.c", 0, "1@b.c");
    THRONG_ASSERT(mail.find("\r\n\r\n") != std::string::npos, "a mail has a head");
  }
  (void)refuse_password(text, {}, text, text);
  (void)form_value(text, "token");
  (void)reset_form(text, text);
  return 0;
}
