#include "services/profile/process_threads.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

namespace throng::services {

std::vector<ThreadEntry> process_threads() {
  std::vector<ThreadEntry> threads;
  std::error_code error;
  for (std::filesystem::directory_iterator at("/proc/self/task", error), end; !error && at != end;
       at.increment(error)) {
    const std::string number = at->path().filename().string();
    ThreadEntry entry;
    std::from_chars(number.data(), number.data() + number.size(), entry.id);
    std::ifstream comm(at->path() / "comm");
    std::getline(comm, entry.name);
    if (entry.id != 0) threads.push_back(std::move(entry));
    if (threads.size() >= kThreadsMax) break;
  }
  std::sort(threads.begin(), threads.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return threads;
}

}  // namespace throng::services
