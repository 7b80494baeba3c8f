#include "services/mailer/smtp.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <curl/curl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/random_id.h"
#include "services/http_client/http_client.h"

namespace throng::services {
namespace {

/// What is left to read of a mail.
std::size_t read_mail(char* buffer, std::size_t size, std::size_t count, void* rest) {
  auto& left = *static_cast<std::string_view*>(rest);
  const std::size_t taken = std::min(size * count, left.size());
  std::memcpy(buffer, left.data(), taken);
  left.remove_prefix(taken);
  return taken;
}

int is_mail_cancelled(void* cancelled, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(cancelled)->load() ? 1 : 0;
}

class SmtpTransport final : public MailTransport {
 public:
  explicit SmtpTransport(SmtpSettings settings) : settings_(std::move(settings)) { start_curl(); }

  Result<void> deliver(const EmailMessage& message, const std::atomic<bool>& cancelled) override {
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
    if (curl == nullptr) return fail("libcurl does not start");
    const std::string from = address_in(settings_.from);
    const std::string id = random_id(20) + "@" + from.substr(std::min(from.find('@') + 1, from.size()));
    const std::string text = rfc5322_text(message, settings_.from, system_clock().unix_milliseconds(), id);
    std::string_view rest = text;
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients(
        curl_slist_append(nullptr, ("<" + address_in(message.to) + ">").c_str()), curl_slist_free_all);
    set_server(curl.get());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, ("<" + from + ">").c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, read_mail);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &rest);
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    set_end(curl.get(), cancelled);
    const CURLcode done = curl_easy_perform(curl.get());
    hear_no_more(curl.get());
    if (done == CURLE_OK) return {};
    long code = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &code);
    return fail(fmt::format("{}:{} did not take a mail: {} (SMTP code {})", settings_.host, settings_.port,
                            curl_easy_strerror(done), code));
  }

 private:
  void set_server(CURL* curl) const {
    const bool tls = settings_.encryption == SmtpEncryption::Tls;
    const std::string url = fmt::format("{}://{}:{}", tls ? "smtps" : "smtp", settings_.host, settings_.port);
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     settings_.encryption == SmtpEncryption::None ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    if (settings_.user.empty()) return;
    curl_easy_setopt(curl, CURLOPT_USERNAME, settings_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, settings_.password.c_str());
  }

  /// It asks is_mail_cancelled about once a second, and does not wait for a name server that is mute.
  void set_end(CURL* curl, const std::atomic<bool>& cancelled) const {
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, settings_.timeout_s);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_mail_cancelled);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &cancelled);
    curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
  }

  /// The server is told QUIT; for its answer libcurl would wait two minutes, whatever the timeout.
  static void hear_no_more(CURL* curl) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket);
    if (socket != CURL_SOCKET_BAD) shutdown(socket, SHUT_RD);
  }

  const SmtpSettings settings_;
};

}  // namespace

std::unique_ptr<MailTransport> make_smtp_transport(SmtpSettings settings) {
  return std::make_unique<SmtpTransport>(std::move(settings));
}

}  // namespace throng::services
