#include "services/accounts/auth_pages.h"

#include <fmt/format.h>

#include "base/random_id.h"

namespace throng::services {
namespace {

constexpr std::string_view kPageStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1rem;color:#222}"
    "input,button{font:inherit;display:block;width:100%;box-sizing:border-box;margin:.3rem 0 1rem;padding:.5rem}"
    ".problem{color:#a00}";

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

/// Tokens are in the address of these pages: it goes to nobody, and nothing keeps the page.
net::HttpResponse html_page(int status, std::string_view title, std::string_view body, std::string_view script_policy) {
  net::HttpResponse response;
  response.status = status;
  response.headers = {
      {"Content-Type", "text/html; charset=utf-8"},
      {"Cache-Control", "no-store"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy",
       fmt::format("default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
                   "frame-ancestors 'none'{}",
                   script_policy)},
  };
  response.body = fmt::format(
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width\"><title>{0}</title><style>{1}</style><h1>{0}</h1>{2}</html>\n",
      html_text(title), kPageStyle, body);
  return response;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// What is no escape stays as it is.
std::string form_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (escape) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

net::HttpResponse reset_form(std::string_view token, std::string_view problem) {
  const std::string said = problem.empty() ? "" : fmt::format("<p class=\"problem\">{}</p>", html_text(problem));
  return html_page(
      problem.empty() ? 200 : 400, "A new password",
      fmt::format("{}<form method=\"post\" action=\"?\"><input type=\"hidden\" name=\"token\" value=\"{}\">"
                  "<label>New password<input type=\"password\" name=\"password\" autocomplete=\"new-password\" "
                  "required autofocus></label><label>Once more<input type=\"password\" name=\"again\" "
                  "autocomplete=\"new-password\" required></label><button>Save it</button></form>",
                  said, html_text(token)),
      "");
}

net::HttpResponse message_page(int status, std::string_view title, std::string_view text) {
  return html_page(status, title, fmt::format("<p>{}</p>", html_text(text)), "");
}

net::HttpResponse no_provider_page() {
  const std::string nonce = random_id(kTokenLength);
  return html_page(501, "Not available",
                   fmt::format("<p>This server has no sign-in by other providers. You can close this window.</p>"
                               "<script nonce=\"{}\">if(window.opener)window.opener.postMessage({{error:"
                               "\"provider_not_supported\",user:null,token:null}},\"*\");</script>",
                               nonce),
                   fmt::format("; script-src 'nonce-{}'", nonce));
}

std::string form_value(std::string_view form, std::string_view key) {
  while (!form.empty()) {
    const std::size_t end = form.find('&');
    const std::string_view pair = form.substr(0, end);
    if (pair.size() > key.size() && pair.substr(0, key.size()) == key && pair[key.size()] == '=')
      return form_decoded(pair.substr(key.size() + 1));
    form = end == std::string_view::npos ? std::string_view() : form.substr(end + 1);
  }
  return {};
}

}  // namespace throng::services
