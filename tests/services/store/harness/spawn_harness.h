#pragma once
// The harness as a process of its own, that ends itself at a failpoint or is ended.

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace throng::services {

struct HarnessEnd {
  int status = 0;
  bool killed() const { return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL; }
  bool ended_well() const { return WIFEXITED(status) && WEXITSTATUS(status) == 0; }
};

/// @param program    where the build has put it
/// @param failpoint  as THRONG_FAILPOINT has it; empty: none
/// @param line       hears each line that it writes, and its process; blocks until it ends
inline HarnessEnd spawn_harness(const char* program, const std::vector<std::string>& arguments,
                                const std::string& failpoint,
                                const std::function<void(const char*, pid_t)>& line = {}) {
  int ends[2];
  EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  const std::string armed = "THRONG_FAILPOINT=" + failpoint;
  std::vector<char*> environment{const_cast<char*>(armed.c_str())};
  for (char** each = environ; *each != nullptr; ++each) environment.push_back(*each);
  environment.push_back(nullptr);
  std::vector<const char*> words{program};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  words.push_back(nullptr);
  pid_t child = -1;
  EXPECT_EQ(posix_spawn(&child, program, &actions, nullptr, const_cast<char**>(words.data()), environment.data()), 0);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  FILE* const lines = fdopen(ends[0], "r");
  char text[256];
  while (std::fgets(text, sizeof text, lines) != nullptr) {
    if (line) line(text, child);
  }
  fclose(lines);
  HarnessEnd end;
  waitpid(child, &end.status, 0);
  return end;
}

}  // namespace throng::services
