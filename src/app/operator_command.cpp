#include "app/operator_command.h"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/configuration.h"
#include "app/exit_codes.h"
#include "services/control/control_socket.h"

namespace throng::app {
namespace {

using AnswerJson = nlohmann::json;

/// What the server answers; the error is its own, or that there is none.
Result<AnswerJson> ask_running_server(const std::string& data_dir, const AnswerJson& request) {
  THRONG_TRY(const std::string text, services::ask_control_socket(data_dir, request.dump()));
  AnswerJson answer = AnswerJson::parse(text, nullptr, false);
  if (!answer.is_object()) return fail("the server answered with something that is not JSON");
  if (!answer.value("ok", false)) return fail(answer.value("error", "the server gave no reason"));
  return answer;
}

Result<AnswerJson> wait_for_profile(const std::string& data_dir, int seconds) {
  constexpr std::chrono::milliseconds kAskInterval{100};
  constexpr std::chrono::seconds kLookUpTime{60};  // names of functions, on a machine that has much to do
  THRONG_CHECK(ask_running_server(data_dir, {{"command", "profile"}, {"seconds", seconds}}));
  const auto give_up_at = std::chrono::steady_clock::now() + std::chrono::seconds(seconds) + kLookUpTime;
  while (std::chrono::steady_clock::now() < give_up_at) {
    std::this_thread::sleep_for(kAskInterval);
    THRONG_TRY(AnswerJson answer, ask_running_server(data_dir, {{"command", "profile_result"}}));
    if (answer.value("done", false)) return answer;
  }
  return fail("the server did not come to an end with the profile");
}

Result<void> show_or_set_level(const std::string& data_dir, const OperatorOptions& wanted) {
  AnswerJson request{{"command", "log_level"}};
  if (!wanted.level.empty()) request["level"] = wanted.level;
  THRONG_TRY(const AnswerJson answer, ask_running_server(data_dir, request));
  fmt::print("{}\n", answer.value("level", ""));
  return {};
}

Result<void> take_profile(const std::string& data_dir, const OperatorOptions& wanted) {
  THRONG_TRY(const AnswerJson answer, wait_for_profile(data_dir, wanted.seconds));
  const std::string folded = answer.value("folded", "");
  if (wanted.output.empty()) {
    fmt::print("{}", folded);
    return {};
  }
  std::ofstream out(wanted.output, std::ios::binary);
  out << folded;
  out.close();
  if (!out) return fail(fmt::format("{} cannot be written", wanted.output));
  fmt::print("{} samples are in {}; {} were lost\n", answer.value("samples", 0), wanted.output,
             answer.value("lost", 0));
  return {};
}

int run_operator_command(const Options& options,
                         Result<void> (*command)(const std::string& data_dir, const OperatorOptions& wanted)) {
  const Result<content::ServerDef> server = load_server(options);
  if (!server) {
    fmt::print(stderr, "throngd: {}\n", server.error().message);
    return kExitConfiguration;
  }
  Result<void> done;
  try {
    done = command(server->data_dir, options.operators);
  } catch (const nlohmann::json::exception& problem) {  // an answer of another version of the program
    done = fail(fmt::format("the server's answer was not understood: {}", problem.what()));
  }
  std::fflush(stdout);
  if (done) return kExitOk;
  fmt::print(stderr, "throngd: {}\n", done.error().message);
  return kExitFailed;
}

}  // namespace

int run_log_level_command(const Options& options) { return run_operator_command(options, show_or_set_level); }
int run_profile_command(const Options& options) { return run_operator_command(options, take_profile); }

}  // namespace throng::app
