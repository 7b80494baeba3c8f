#include "app/ask_secret.h"

#include <cstdio>
#include <optional>

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

namespace throng::app {
namespace {

constexpr std::size_t kLineBytesMax = 4096;

/// The terminal does not show what is typed, as long as this lives.
class HiddenTyping {
 public:
  HiddenTyping() : changed_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!changed_) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenTyping() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios before_{};
  const bool changed_;
};

/// Without its end; nothing at the end of the input.
std::optional<std::string> read_line() {
  std::string line;
  for (int c = std::getchar(); c != EOF; c = std::getchar()) {
    if (c == '\n') return line;
    if (line.size() >= kLineBytesMax) return std::nullopt;
    line += static_cast<char>(c);
  }
  if (line.empty()) return std::nullopt;
  return line;
}

std::optional<std::string> ask_hidden(const std::string& prompt) {
  fmt::print(stderr, "{}: ", prompt);
  std::optional<std::string> line;
  {
    const HiddenTyping hidden;
    line = read_line();
  }
  fmt::print(stderr, "\n");
  return line;
}

}  // namespace

Result<std::string> ask_password(const std::string& prompt) {
  if (isatty(STDIN_FILENO) == 0) {
    std::optional<std::string> line = read_line();
    if (!line) return fail("no password: it is the first line of standard input");
    return *std::move(line);
  }
  std::optional<std::string> first = ask_hidden(prompt);
  const std::optional<std::string> again = ask_hidden("once more");
  if (!first || first != again) return fail("the two are not the same; nothing was changed");
  return *std::move(first);
}

bool ask_for_word(const std::string& prompt, const std::string& word) {
  if (isatty(STDIN_FILENO) == 0) return false;
  fmt::print(stderr, "{}\nType {} to go on: ", prompt, word);
  return read_line() == word;
}

}  // namespace throng::app
