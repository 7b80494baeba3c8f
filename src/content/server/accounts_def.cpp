#include "content/server/accounts_def.h"

#include "content/description.h"

namespace throng::content {
namespace {

const Description<AttemptLimitDef>& attempt_limit_description() {
  using A = AttemptLimitDef;
  static const Description<A> description{
      .help = "How often something may be tried; then one waits, twice as long each time",
      .fields = {field("free", &A::free, {.min = 1, .max = 1'000'000, .help = "Tries before the first wait"}),
                 field("wait_s", &A::wait_s, {.min = 1, .max = 86'400, .help = "The first wait"}),
                 field("wait_max_s", &A::wait_max_s, {.min = 1, .max = 86'400, .help = "The longest wait"}),
                 field("forget_s", &A::forget_s,
                       {.min = 1, .max = 604'800, .help = "So long after the last try all is forgotten"})},
      .check = [](JsonObject& object, A& limit) {
        if (limit.wait_max_s < limit.wait_s)
          object.value().report("found \"wait_max_s\" below \"wait_s\", expected at least as much");
      }};
  return description;
}

const Description<PasswordDef>& password_description() {
  using P = PasswordDef;
  static const Description<P> description{
      .help = "Passwords, kept as Argon2id hashes",
      .fields = {field("length_min", &P::length_min, {.min = 8, .max = 64, .help = "Shortest, in characters"}),
                 field("length_max", &P::length_max, {.min = 64, .max = 128, .help = "Longest, in characters"}),
                 field("refuse_common", &P::refuse_common, {.help = "Refuse the passwords that everybody tries first"}),
                 field("memory_kib", &P::memory_kib,
                       {.min = 8, .max = 1 << 20, .help = "Memory of one computation; OWASP asks for 19456"}),
                 field("passes", &P::passes, {.min = 1, .max = 16, .help = "Passes over it; OWASP asks for 2"}),
                 field("threads", &P::threads, {.min = 1, .max = 64, .help = "Computations at a time"}),
                 field("waiting_max", &P::waiting_max,
                       {.min = 1, .max = 4096, .help = "Logins and registrations that wait; more are answered 503"})},
      .check = {}};
  return description;
}

const Description<CharactersDef>& characters_description() {
  using C = CharactersDef;
  static const Description<C> description{
      .help = "Characters of an account",
      .fields = {field("per_account", &C::per_account, {.min = 1, .max = 64, .help = "How many one account has"}),
                 field("deletion_grace_h", &C::deletion_grace_h,
                       {.min = 0, .max = 8760, .help = "Hours in which a deleted one can be had back"}),
                 field("rename_cooldown_h", &C::rename_cooldown_h,
                       {.min = 0,
                        .max = 8760,
                        .help = "Hours between two renames, in which nobody else can take the old name"}),
                 field("party_forgotten_h", &C::party_forgotten_h,
                       {.min = 1, .max = 8760, .help = "Hours in which nobody of a party plays, until it ends"})},
      .check = {}};
  return description;
}

const Description<SmtpDef>& smtp_description() {
  using S = SmtpDef;
  static const Description<S> description{
      .help = "The server that takes our mail; without it mails are files in data_dir/outbox",
      .fields = {field("host", &S::host, {.bytes_min = 1, .bytes_max = 255, .required = true, .help = "Its name"}),
                 field("port", &S::port, {.min = 1, .max = 65'535, .help = "Its port"}),
                 choice_field("security", &S::security,
                              ChoiceField<SmtpSecurity>{.names = {{"starttls", SmtpSecurity::StartTls},
                                                                  {"tls", SmtpSecurity::Tls},
                                                                  {"none", SmtpSecurity::None}},
                                                        .required = false,
                                                        .help = "starttls and tls refuse a server without; none is for "
                                                                "one on this machine"}),
                 field("user", &S::user,
                       {.bytes_max = 255, .help = "To log in with; empty: THRONG_SMTP_USER, or no login"}),
                 field("password_file", &S::password_file,
                       {.bytes_max = 4096,
                        .help = "File with the password alone, from the configuration folder; empty: "
                                "THRONG_SMTP_PASSWORD"})},
      .check = {}};
  return description;
}

/// What would begin a header of its own.
void refuse_line_ends(JsonObject& object, std::string_view key, const std::string& text) {
  if (text.find_first_of("\r\n") != std::string::npos)
    object.value().report("found a line's end in " + json_quoted(key) + ", expected one line");
}

const Description<MailDef>& mail_description() {
  using M = MailDef;
  static const Description<M> description{
      .help = "Mails to players: confirming an address, a new password",
      .fields = {field("from", &M::from, {.bytes_min = 3, .bytes_max = 255, .help = "Sender: name <address>"}),
                 object_field("smtp", &M::smtp, smtp_description())},
      .check = [](JsonObject& object, M& mail) { refuse_line_ends(object, "from", mail.from); }};
  return description;
}

void check_public_url(JsonObject& object, AccountsDef& accounts) {
  std::string& url = accounts.public_url;
  if (url.empty()) return;
  const bool web = url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
  if (!web || url.find_first_of(" \r\n\t\"<>?#") != std::string::npos)
    object.value().report("found \"public_url\" " + json_quoted(url) + ", expected https://host or https://host/path");
  while (!url.empty() && url.back() == '/') url.pop_back();
}

std::vector<Field<AccountsDef>> attempt_fields() {
  using A = AccountsDef;
  const Description<AttemptLimitDef>& limit = attempt_limit_description();
  return {object_field("logins_per_account", &A::logins_per_account, limit),
          object_field("logins_per_address", &A::logins_per_address, limit),
          object_field("new_accounts_per_address", &A::new_accounts_per_address, limit),
          object_field("mails_per_account", &A::mails_per_account, limit)};
}

std::vector<Field<AccountsDef>> account_fields() {
  using A = AccountsDef;
  std::vector<Field<A>> fields{
      schema_reference_field<A>(),
      version_field<A>(),
      field("guests_allowed", &A::guests_allowed,
            {.help = "Play without an account, and anonymous accounts; false: only who has registered may play"}),
      field("registration_open", &A::registration_open,
            {.help = "Anybody may register; false: accounts are made by `throngd account create`"}),
      field("public_url", &A::public_url,
            {.bytes_max = 1024, .help = "What links in mails begin with; empty: http://localhost and our port"}),
      field("session_days", &A::session_days,
            {.min = 1, .max = 3650, .help = "How long a login lasts after its last use"}),
      field("sessions_per_account", &A::sessions_per_account,
            {.min = 1, .max = 1000, .help = "Logins at a time; the oldest ends for a new one"}),
      field("reset_minutes", &A::reset_minutes,
            {.min = 5, .max = 10'080, .help = "How long a link to a new password is good"}),
      field("confirm_hours", &A::confirm_hours,
            {.min = 1, .max = 8760, .help = "How long a link that confirms an address is good"}),
      object_field("passwords", &A::passwords, password_description()),
      object_field("characters", &A::characters, characters_description()),
      object_field("mail", &A::mail, mail_description())};
  for (Field<A>& one : attempt_fields()) fields.push_back(std::move(one));
  return fields;
}

const Description<AccountsDef>& accounts_description() {
  static const Description<AccountsDef> description{
      .help = "Throng: accounts", .fields = account_fields(), .check = check_public_url};
  return description;
}

}  // namespace

Result<AccountsDef> parse_accounts(std::string_view text, std::string_view file) {
  return parse_described(text, file, accounts_description());
}

std::string json_schema_for_accounts() { return schema_of(accounts_description()); }

}  // namespace throng::content
