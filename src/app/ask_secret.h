#pragma once
// What a person types at the terminal, or a script hands over on standard input.

#include <string>

#include "base/result.h"

namespace throng::app {

/// A password: on a terminal asked for twice and not shown, else the first line of standard input.
Result<std::string> ask_password(const std::string& prompt);

/// Whether the person at the terminal types `word`. Without a terminal: no.
bool ask_for_word(const std::string& prompt, const std::string& word);

}  // namespace throng::app
